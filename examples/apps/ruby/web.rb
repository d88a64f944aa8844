# frozen_string_literal: true

require "webrick"

server = WEBrick::HTTPServer.new(Port: ENV.fetch("PORT").to_i, AccessLog: [])

server.mount_proc "/" do |_request, response|
  response.content_type = "text/plain"
  response.body = "#{ENV.fetch("GREETING", "hello")} from Ruby in #{ENV.fetch("DYNO")}\n"
end

trap("TERM") { server.shutdown }
server.start

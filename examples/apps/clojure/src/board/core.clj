(ns board.core
  (:import (com.sun.net.httpserver HttpHandler HttpServer)
           (java.net InetSocketAddress))
  (:gen-class))

(defn- greeting []
  (str (or (System/getenv "GREETING") "hello") " from Clojure in " (System/getenv "DYNO") "\n"))

(def ^:private greeter
  (reify HttpHandler
    (handle [_ exchange]
      (let [body (.getBytes ^String (greeting) "UTF-8")]
        (.sendResponseHeaders exchange 200 (count body))
        (with-open [out (.getResponseBody exchange)]
          (.write out body))))))

(defn -main [& _]
  (doto (HttpServer/create (InetSocketAddress. (Integer/parseInt (System/getenv "PORT"))) 0)
    (.createContext "/" greeter)
    (.start)))

'use strict';

const http = require('node:http');
const ms = require('ms');

const started = Date.now();
const greeting = process.env.GREETING || 'hello';

const server = http.createServer((request, response) => {
  console.log(`${request.method} ${request.url}`);
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end(`${greeting} from ${process.env.DYNO}, up for ${ms(Date.now() - started)}\n`);
});

server.listen(process.env.PORT, () => {
  console.log(`says "${greeting}" on port ${process.env.PORT}`);
});

process.on('SIGTERM', () => {
  console.log('finishing what is in flight');
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});

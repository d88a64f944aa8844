'use strict';

const fs = require('node:fs');
const fastify = require('fastify')();

const about = fs.readFileSync('dist/about.html', 'utf8');

fastify.get('/', async () => `${process.env.GREETING || 'hello'} from Fastify in ${process.env.DYNO}\n`);

fastify.get('/about', async (request, reply) => reply.type('text/html; charset=utf-8').send(about));

fastify.listen({ port: Number(process.env.PORT), host: '0.0.0.0' })
  .then((address) => console.log(`listening on ${address}`));

process.on('SIGTERM', () => fastify.close().then(() => process.exit(0)));

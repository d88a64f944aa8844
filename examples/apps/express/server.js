'use strict';

const express = require('express');
const about = require('./dist/about.json');

const app = express();
const entries = [];

app.use(express.json());

app.get('/', (request, response) => {
  response.type('text').send(`${process.env.GREETING || 'hello'} from Express in ${process.env.DYNO}\n`);
});

app.get('/about', (request, response) => {
  response.set('Cache-Control', `max-age=${about.cacheFor / 1000}`).json(about);
});

app.route('/entries')
  .get((request, response) => response.json(entries))
  .post((request, response) => {
    entries.push(request.body);
    response.status(201).json(request.body);
  });

const server = app.listen(process.env.PORT, () => console.log(`listening on ${process.env.PORT}`));

process.on('SIGTERM', () => server.close(() => process.exit(0)));

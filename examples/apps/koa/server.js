'use strict';

const fs = require('node:fs');
const Koa = require('koa');

const about = fs.readFileSync('dist/about.html', 'utf8');
const app = new Koa();

app.use(async (context) => {
  context.body = context.path === '/about'
    ? about
    : `${process.env.GREETING || 'hello'} from Koa in ${process.env.DYNO}\n`;
});

const server = app.listen(process.env.PORT, () => console.log(`listening on ${process.env.PORT}`));

process.on('SIGTERM', () => server.close(() => process.exit(0)));

'use strict';

const ms = require('ms');

const pause = ms('500ms');
let jobs = 0;

const timer = setInterval(() => {
  jobs += 1;
  console.log(`job ${jobs} done, next in ${ms(pause)}`);
}, pause);

console.log('waiting for work');

process.on('SIGTERM', () => {
  clearInterval(timer);
  console.log(`stopping after ${jobs} jobs`);
});

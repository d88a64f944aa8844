'use strict';

const ms = require('ms');

const timer = setInterval(() => console.log(`tick at ${new Date().toISOString()}`), ms('1s'));

process.on('SIGTERM', () => clearInterval(timer));

'use strict';

// Run at build time, where the development dependencies are there.
const fs = require('node:fs');
const ms = require('ms');

fs.mkdirSync('dist', { recursive: true });
fs.writeFileSync('dist/about.json', JSON.stringify({ app: 'guestbook', cacheFor: ms('1m') }));

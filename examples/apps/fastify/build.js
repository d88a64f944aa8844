'use strict';

// Run at build time, where the development dependencies are there.
const fs = require('node:fs');
const mustache = require('mustache');

fs.mkdirSync('dist', { recursive: true });
fs.writeFileSync('dist/about.html', mustache.render('<h1>About {{name}}</h1>\n', require('./package.json')));

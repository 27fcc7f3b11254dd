#!/usr/bin/env node
/** The command line. On a fresh clone it prepares first; the program itself is hub/cli.ts. */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const cli = join(__dirname, '..', 'dist', 'hub', 'cli.js');
if (!existsSync(cli)) {
  const { prepare } = require('../scripts/prepare');
  require('../scripts/steps').main(() => prepare());
}
require(cli);

/**
 * Makes a fresh clone ready to run: Node's version, packages, the Temporal server, the build. Plain Node without
 * dependencies, since it runs before they are there. What is up to date is skipped. Called by start, test and check.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { build, buildPages } = require('./build');
const { installPackages } = require('./packages');
const { StepError, main, root, step } = require('./steps');
const { installTemporal } = require('./temporal');

const OLDEST_NODE = [20, 19]; // Vite 8 and oxlint ask for it

/** Without pages for tests that never open one: a page in the making must not stop them. */
function prepare({ pages = true } = {}) {
  checkNode();
  step('packages', () => installPackages(root));
  step('temporal server', installTemporal);
  build();
  const dashboards = join(root, 'dashboards');
  if (!pages || !existsSync(join(dashboards, 'package-lock.json'))) return;
  step('packages of dashboards', () => installPackages(dashboards));
  buildPages();
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new StepError(
    'node_too_old',
    `Millrace needs Node.js ${OLDEST_NODE.join('.')} or newer, this is ${process.versions.node}`,
    process.execPath,
    'Install Node.js 20 or newer (https://nodejs.org, or: nvm install 20), then run the command again',
  );
}

module.exports = { prepare };

if (require.main === module) main(() => prepare());

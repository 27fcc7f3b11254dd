/** Runs `npm ci` in a folder whose installed packages are not those of its lock file. */
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { run } = require('./steps');

function installPackages(folder) {
  if (isInstalled(folder)) return 'up to date';
  const [program, ...args] = npm();
  run(program, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
    folder,
    code: 'packages_missing',
    todo: 'Read the lines above; is the npm registry reachable (npm ping)? Then run the command again',
  });
  return 'installed';
}

/** npm keeps in node_modules/.package-lock.json what it installed; optional packages of other platforms are not there. */
function isInstalled(folder) {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const { packages: actual } = JSON.parse(readFileSync(installed, 'utf8'));
  const { packages: wanted } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || actual[path]?.version === entry.version,
  );
}

/** Under `npm run` npm says where it is; that also works on Windows, where npm is no program but a batch file. */
function npm() {
  const script = process.env.npm_execpath;
  return script?.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm'];
}

module.exports = { installPackages, npm };

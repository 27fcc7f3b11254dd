/**
 * npm run check: types, format, lint, arrows between rooms, unused code, and the pages' own check. Runs all of them
 * even if one fails, so that one run shows everything. With names (`npm run check -- lint arrows`) only those.
 */
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { installPackages, npm } = require('./packages');
const { main, root, step } = require('./steps');

const ROOMS = [
  'connectors',
  'identity',
  'warehouse',
  'matching',
  'forecast',
  'workflows',
  'cube',
  'hub',
  'demo',
  'test',
  'scripts',
  'bin',
];
const dashboards = join(root, 'dashboards');
const hasPages = existsSync(join(dashboards, 'package-lock.json'));

main(() => {
  step('packages', () => installPackages(root));
  if (hasPages) step('packages of dashboards', () => installPackages(dashboards));
  const asked = process.argv.slice(2);
  const failed = checks()
    .filter(({ name }) => asked.length === 0 || asked.includes(name))
    .filter(fails);
  if (failed.length === 0) return;
  console.error(`\nnot in order: ${failed.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
});

function checks() {
  const rooms = ROOMS.filter((room) => existsSync(join(root, room)));
  const list = [
    { name: 'types', command: tool('typescript/bin/tsc', '--noEmit') },
    { name: 'format', command: tool('@biomejs/biome/bin/biome', 'format') },
    { name: 'lint', command: tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings') },
    {
      name: 'arrows',
      command: tool('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '--', ...rooms),
    },
    { name: 'unused', command: tool('knip/bin/knip.js') },
  ];
  const pages = { name: 'dashboards', folder: dashboards, command: [...npm(), 'run', '--silent', 'check'] };
  return hasPages ? [...list, pages] : list;
}

function tool(path, ...args) {
  return [process.execPath, join(root, 'node_modules', path), ...args];
}

function fails({ name, folder = root, command: [program, ...args] }) {
  let isBroken = false;
  step(name, () => {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
    isBroken = status !== 0;
    if (isBroken) console.error(`${stdout}${stderr}`);
    return isBroken ? 'NOT IN ORDER' : 'ok';
  });
  return isBroken;
}

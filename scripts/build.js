/**
 * TypeScript and its data files → dist/, workflow code → one bundle, pages → dashboards/dist. A hash of what goes in
 * stands in .stamp beside what comes out; equal means nothing to do. Types are checked by `npm run check`, not here.
 */
const { createHash } = require('node:crypto');
const {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { main, root, run, step } = require('./steps');

const ROOMS = [
  'connectors',
  'identity',
  'warehouse',
  'models',
  'matching',
  'forecast',
  'workflows',
  'cube',
  'hub',
  'demo',
  'test',
  'scripts',
];
const SETTINGS = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.js'];
const dist = join(root, 'dist');
const dashboards = join(root, 'dashboards');

function build() {
  step('build', () => unlessStamped(dist, hash(root, [...SETTINGS, ...inputs()]), compile));
}

function buildPages() {
  const pages = hash(dashboards, filesIn(dashboards));
  step('build of dashboards', () => unlessStamped(join(dashboards, 'dist'), pages, bundlePages));
}

function unlessStamped(folder, wanted, work) {
  const stamp = join(folder, '.stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 'up to date';
  rmSync(stamp, { force: true }); // a build that fails half way must not look finished
  work();
  mkdirSync(folder, { recursive: true });
  writeFileSync(stamp, wanted);
  return 'built';
}

function compile() {
  const files = inputs();
  removeOrphans(new Set(files));
  if (files.some((file) => isCompiled(file))) {
    run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
      code: 'build_failed',
      todo: 'Correct the TypeScript named above; npm run check shows all of it',
    });
  }
  for (const file of files.filter((path) => !isTypeScript(path))) copy(file);
  const bundler = join(dist, 'workflows', 'bundle.js');
  if (!existsSync(bundler)) return;
  run(process.execPath, [bundler], {
    code: 'bundle_failed',
    todo: 'Workflow code may import only the Temporal SDK, its neighbours and types; see workflows/README.md',
  });
}

function bundlePages() {
  run(process.execPath, [join(dashboards, 'node_modules/vite/bin/vite.js'), 'build'], {
    folder: dashboards,
    code: 'build_failed',
    todo: 'Correct the page named above; npm run check shows all of it',
  });
}

/** Everything a room needs when it runs: its TypeScript, and data files (SQL, YAML, JSON, JavaScript) as they are. */
function inputs() {
  return ROOMS.flatMap((room) => filesIn(join(root, room)).map((file) => join(room, file))).filter(
    (file) => !file.endsWith('.md') && !(file.startsWith('scripts') && !isTypeScript(file)),
  );
}

function isTypeScript(file) {
  return file.endsWith('.ts');
}

function isCompiled(file) {
  return isTypeScript(file) && !file.endsWith('.test.ts') && !file.endsWith('.d.ts');
}

function copy(file) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  copyFileSync(join(root, file), join(dist, file));
}

/** A model or connector that was deleted must not live on in dist. Bundles are no file's copy and stay. */
function removeOrphans(sources) {
  for (const file of filesIn(dist)) {
    const source = file.replace(/\.js(\.map)?$/, '.ts');
    if (!sources.has(file) && !sources.has(source) && !file.endsWith('.bundle.js')) rmSync(join(dist, file));
  }
}

function hash(folder, files) {
  const sum = createHash('sha256');
  for (const file of files)
    sum
      .update(file)
      .update('\0')
      .update(readFileSync(join(folder, file)))
      .update('\0');
  return sum.digest('hex');
}

/** Paths relative to `folder`, sorted; what is installed, built or hidden is left out. */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  const skipped = new Set(['node_modules', 'dist', 'coverage', 'shots']);
  const walk = (path) =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      if (entry.name.startsWith('.') || skipped.has(entry.name)) return [];
      return entry.isDirectory() ? walk(join(path, entry.name)) : [relative(folder, join(path, entry.name))];
    });
  return walk(folder).sort();
}

module.exports = { build, buildPages };

if (require.main === module) {
  main(() => {
    build();
    if (existsSync(join(dashboards, 'node_modules'))) buildPages();
  });
}

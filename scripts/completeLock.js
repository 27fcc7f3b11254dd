/**
 * Completes a package-lock.json after `npm install`: node scripts/completeLock.js [folder]
 *
 * A registry mirror may lack the binaries of other platforms. npm then leaves them out of the lock file, and `npm ci`
 * refuses that file everywhere ("Missing: … from lock file"). We add what npm would have written, save the hash, which
 * only a registry that has the file could give.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = [
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
  'arm',
];

function completeLock(lock) {
  const added = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (!platform || isLocked(lock.packages, path, name)) continue;
      const { cpu, libc, os } = platform; // in npm's own order, so that the next `npm install` changes nothing
      const dev = entry.dev && { dev: true };
      lock.packages[`node_modules/${name}`] = {
        version,
        cpu,
        ...dev,
        ...(libc && { libc }),
        optional: true,
        os,
      };
      added.push(name);
    }
  }
  const sorted = Object.entries(lock.packages).sort(([one], [other]) => one.localeCompare(other, 'en'));
  lock.packages = Object.fromEntries(sorted);
  return added;
}

/** Node's own search: the package's node_modules, then every folder above it. */
function isLocked(packages, path, name) {
  for (
    let folder = path;
    folder;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))
  ) {
    if (packages[`${folder}/node_modules/${name}`]) return true;
  }
  return packages[`node_modules/${name}`] !== undefined;
}

/** '@swc/core-win32-x64-msvc' → { cpu: ['x64'], os: ['win32'] }; undefined when the name tells no platform. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu =
    PROCESSORS.find((processor) => words.includes(processor)) ??
    (words.includes('gnueabihf') ? 'arm' : undefined);
  if (!os || !cpu) return undefined;
  const isMusl = words.some((word) => word.startsWith('musl'));
  const isGlibc = words.some((word) => word.startsWith('gnu'));
  const libc = os === 'linux' && (isMusl || isGlibc) ? [isMusl ? 'musl' : 'glibc'] : undefined;
  return { cpu: [cpu], libc, os: [os] };
}

const path = join(resolve(process.argv[2] ?? '.'), 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const added = completeLock(lock);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${path}: ${added.length} packages of other platforms added`);

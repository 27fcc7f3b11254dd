import { isRunning } from '../../warehouse';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { projectFolder } from '../../warehouse';

/** Long-term-support series of Tryton that the connector speaks to. */
export type Series = '7.0' | '8.0';

export interface Installed {
  /** .tryton/<series>: the virtual environment, the seeded databases and their truth. */
  folder: string;
  python: string;
  trytond: string;
}

const recipe = join(projectFolder, 'test/tryton');
const WAIT_MS = 500;
const EMPTY_MS = 10_000;
const LAST_LINES = 15;

/**
 * A real Tryton with seeded databases in .tryton/, made once for each state of the recipe: about a minute of CPU, and pip.
 * Errors: `not_found` (python3 or its venv module is missing), `internal` (pip or the seed failed, with its last lines).
 */
export async function setUpTryton(
  series: Series,
  folder = join(projectFolder, '.tryton', series),
): Promise<Installed> {
  mkdirSync(folder, { recursive: true });
  const release = await lock(join(folder, 'lock'));
  try {
    await install(folder, series);
    await seed(folder);
  } finally {
    release();
  }
  return installed(folder);
}

const installed = (folder: string): Installed => ({
  folder,
  python: join(folder, 'venv/bin/python'),
  trytond: join(folder, 'venv/bin/trytond'),
});

async function install(folder: string, series: Series): Promise<void> {
  const requirements = join(recipe, `requirements-${series}.txt`);
  const wanted = hashOf([requirements]);
  const stamp = join(folder, 'venv/stamp');
  if (readIf(stamp) === wanted) return;
  rmSync(join(folder, 'venv'), { recursive: true, force: true });
  await run(
    'python3',
    ['-m', 'venv', join(folder, 'venv')],
    {},
    {
      what: 'A virtual environment for Tryton cannot be made',
      todo: 'Install python3 (3.10 or newer) with its venv module; on Debian: apt-get install python3-venv',
    },
  );
  await run(
    installed(folder).python,
    ['-m', 'pip', 'install', '--quiet', '--requirement', requirements],
    {},
    {
      what: 'Tryton could not be installed from PyPI',
      todo: 'Check that pip reaches its index and has wheels for this Python, then run the test again',
    },
  );
  writeFileSync(stamp, wanted);
}

async function seed(folder: string): Promise<void> {
  const scripts = readdirSync(recipe)
    .filter((name) => name.endsWith('.py'))
    .sort();
  const wanted = hashOf([join(folder, 'venv/stamp'), ...scripts.map((name) => join(recipe, name))]);
  const stamp = join(folder, 'seeded/stamp');
  if (readIf(stamp) === wanted) return;
  const seeded = join(folder, 'seeded');
  rmSync(seeded, { recursive: true, force: true });
  mkdirSync(seeded);
  writeFileSync(join(seeded, 'millrace.sqlite'), ''); // trytond makes tables only in a file that is there
  const config = join(seeded, 'trytond.conf');
  writeFileSync(config, `[database]\nuri = sqlite://\npath = ${seeded}\n`);
  await run(
    installed(folder).python,
    ['-B', join(recipe, 'seed.py'), seeded],
    { TRYTOND_CONFIG: config },
    {
      what: 'The Tryton database could not be seeded',
      todo: 'Read the lines above; test/tryton/README.md says what the seed does',
    },
  );
  writeFileSync(stamp, wanted);
}

/** Runs a program to its end; its last lines are the error's cause. */
async function run(
  program: string,
  parameters: readonly string[],
  env: Record<string, string>,
  failure: { what: string; todo: string },
): Promise<void> {
  const child = spawn(program, parameters, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => void (said += data.toString()));
  const ended = await new Promise<number | string>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    child.once('close', (code) => resolve(code ?? 1));
  });
  if (ended === 0) return;
  const isMissing = ended === 'ENOENT';
  const lines = said.trim().split('\n').slice(-LAST_LINES).join('\n');
  throw new MillraceError(isMissing || parameters.includes('venv') ? 'not_found' : 'internal', {
    what: isMissing
      ? `${failure.what}: there is no ${program}`
      : `${failure.what}: it ended with ${String(ended)}`,
    where: lines
      ? `command ${program} ${parameters[0] ?? ''} ${parameters[1] ?? ''}\n${lines}`
      : `command ${program}`,
    todo: failure.todo,
  });
}

/** One at a time over processes: test files run side by side. A lock whose owner is gone is taken over. */
async function lock(file: string): Promise<() => void> {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isLeft(file)) rmSync(file, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}

function isLeft(file: string): boolean {
  const pid = Number(readIf(file) ?? 0);
  if (pid) return !isRunning(pid);
  return existsSync(file) && Date.now() - statSync(file).mtimeMs > EMPTY_MS; // its owner died before it wrote its id
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

function readIf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import axios from 'axios';

/** The day of the demo company in tests. */
export const TODAY = '2026-07-15';
const CLI = join(__dirname, '..', '..', 'dist', 'hub', 'cli.js');

export interface HubProcess {
  url: string;
  /** Everything it printed. */
  output(): string;
  /** The sign-in link it printed. */
  link(): string;
  /** SIGINT to the group, as Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** kill -9 of the whole group; the Temporal server has a group of its own and lives on, as after a crash. */
  kill(): Promise<void>;
  health(): Promise<Health>;
}

interface Health {
  status: string;
  steps: { name: { zh: string; en: string }; state: string; detail: unknown }[];
  message: string | null;
}

export interface HubProcessOptions {
  /** A config file instead of the demo company. */
  config?: string;
  env?: Record<string, string>;
}

/** Runs the compiled program as `npm start` does, on a free port, over a data folder. Does not wait until it is ready. */
export async function startHubProcess(
  dataFolder: string,
  { config, env }: HubProcessOptions = {},
): Promise<HubProcess> {
  if (!existsSync(CLI)) throw new Error('dist/ is not built: run npm run build first (npm test does)');
  let output = '';
  const what = config ? ['--config', config] : ['--demo', '--today', TODAY];
  const child = spawn(process.execPath, [CLI, 'start', ...what, '--data', dataFolder, '--port', '0'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  const url = await until(`the hub's address`, 60_000, () => {
    if (child.exitCode !== null) throw new Error(`the hub ended:\n${output}`);
    return /listening on (http:\S+)/.exec(output)?.[1];
  });
  return {
    url,
    output: () => output,
    link: () => /(http:\S+\/login\?token=\S+)/.exec(output)?.[1] ?? '',
    stop: () => end(child, 'SIGINT'),
    kill: async () => void (await end(child, 'SIGKILL')),
    health: () => healthOf(url),
  };
}

/** A busy start may drop a kept connection; the next ask answers. */
async function healthOf(url: string): Promise<Health> {
  const agent = new Agent({ keepAlive: false });
  return until('an answer of /healthz', 30_000, () =>
    axios.get<Health>(`${url}/healthz`, { proxy: false, httpAgent: agent }).then(
      ({ data }) => data,
      () => undefined,
    ),
  );
}

export async function untilReady(hub: HubProcess): Promise<void> {
  await until('a hub that is ready', 600_000, async () => {
    const { status, message } = await hub.health();
    if (status === 'failed') throw new Error(`the start failed: ${message ?? ''}\n${hub.output()}`);
    return status === 'ready' || undefined;
  });
}

/** Asks until there is an answer; an error of `ask` ends it at once. */
export async function until<T>(
  what: string,
  limitMs: number,
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  for (const deadline = Date.now() + limitMs; ; ) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${limitMs / 1_000} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function end(child: ChildProcess, signal: 'SIGINT' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, signal);
    await exited;
  }
  return child.exitCode;
}

/** One command of the CLI over a data folder; its standard output as JSON. */
export async function millrace<T>(dataFolder: string, ...args: string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [CLI, '--json', '--data', dataFolder, ...args],
    { maxBuffer: 512 * 1024 * 1024, env: process.env },
  );
  return JSON.parse(stdout) as T;
}

/** The command's exit code and what it said on standard error. */
export async function millraceFails(
  dataFolder: string,
  ...args: string[]
): Promise<{ code: number; stderr: string }> {
  const failure = await promisify(execFile)(process.execPath, [CLI, '--data', dataFolder, ...args], {
    env: process.env,
  }).then(
    () => undefined,
    (error: { code: number; stderr: string }) => error,
  );
  if (!failure) throw new Error(`millrace ${args.join(' ')} did not fail`);
  return { code: failure.code, stderr: failure.stderr };
}

/** The last work of a first start: after it nothing runs that would go on in a copy. */
const FORECAST_DONE = "select run_id from meta.run where kind = 'forecast' and status = 'done'";

/**
 * A data folder with the demo company synced, built and frozen, copied for one test file. The first caller of a test run
 * makes it (about a minute); the others wait for it. MILLRACE_TEST_DEMO names a finished one, to save that minute by hand.
 */
export async function demoDataFolder(name: string): Promise<string> {
  const base = process.env.MILLRACE_TEST_FOLDER;
  if (!base) throw new Error('MILLRACE_TEST_FOLDER is not set: run the tests with jest');
  const master = process.env.MILLRACE_TEST_DEMO ?? join(base, 'demo-master');
  const done = join(master, 'done');
  const lock = join(base, 'demo-master.lock');
  await until('the demo company', 1_000_000, async () => {
    if (existsSync(done)) return true;
    if (!tryLock(lock)) return undefined;
    try {
      const hub = await startHubProcess(master);
      try {
        await untilReady(hub);
        await until('the first forecast', 600_000, async () => {
          await new Promise((resolve) => setTimeout(resolve, 2_000)); // each ask is a process
          const rows = await millrace<unknown[]>(master, 'sql', FORECAST_DONE);
          return rows.length > 0 || undefined;
        });
      } finally {
        await hub.stop();
      }
      mkdirSync(done);
      return true;
    } finally {
      rmdirSync(lock);
    }
  });
  const copy = join(base, name);
  cpSync(master, copy, { recursive: true });
  return copy;
}

function tryLock(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

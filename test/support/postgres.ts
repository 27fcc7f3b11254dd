import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { until } from './hubProcess';
import { runner, unpackPostgres } from './postgresFiles';

export interface TestPostgres {
  /** Of the database `postgres`, with the password. */
  url: string;
  /** SIGKILL of the server and all its processes, as a machine that loses its power. */
  kill(): Promise<void>;
  /** Starts it again over the same data. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
  /** A fresh database; gives its address. */
  createDatabase(name?: string): Promise<string>;
}

/** What another process of the test run needs to use or stop a server. */
interface Note {
  url: string;
  folder: string;
}

/** A real Postgres of its own on a free port, for tests that kill it. Others share one: {@link testDatabase}. */
export async function startPostgres(): Promise<TestPostgres> {
  const { url, folder, port, ...started } = await newServer();
  let { server } = started;
  return {
    url,
    async kill() {
      if (server.pid !== undefined) signal(server.pid, 'SIGSTOP'); // or it starts one more while we look
      const pids = processesOf(server);
      for (const pid of pids) signal(pid, 'SIGKILL');
      // Reaped too: the next start takes a process that has ended and still stands in the table for a running server.
      const isReaped = () => server.exitCode !== null || server.signalCode !== null;
      const isOver = () => (isReaped() && pids.every((pid) => !isAlive(pid))) || undefined;
      await until('the end of the server', 20_000, isOver);
    },
    async start() {
      server = await run(folder, port, url);
    },
    stop: () => stopPostgres({ url, folder }),
    createDatabase: (name) => createDatabase(url, name),
  };
}

/** A fresh database on the server that the test run shares; the first caller starts it, globalTeardown stops it. */
export async function testDatabase(name?: string): Promise<string> {
  const base = process.env.MILLRACE_TEST_FOLDER;
  if (!base) throw new Error('MILLRACE_TEST_FOLDER is not set: run the tests with jest');
  const note = join(base, 'postgres.json');
  const lock = join(base, 'postgres.lock');
  const { url } = await until('the shared Postgres', 60_000, async () => {
    if (existsSync(note)) return readNote(note);
    if (!tryLock(lock)) return undefined;
    try {
      const started = await newServer();
      writeFileSync(note, JSON.stringify({ url: started.url, folder: started.folder } satisfies Note));
      return started;
    } finally {
      rmdirSync(lock);
    }
  });
  return createDatabase(url, name);
}

/** Stops the shared server, if a test started it. */
export async function stopSharedPostgres(testFolder: string): Promise<void> {
  const note = join(testFolder, 'postgres.json');
  if (existsSync(note)) await stopPostgres(readNote(note));
}

async function newServer() {
  const folder = unpackPostgres();
  const password = randomBytes(9).toString('hex');
  await initialise(folder, password);
  const port = await freePort();
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  return { url, folder, port, server: await run(folder, port, url) };
}

const readNote = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Note;

async function stopPostgres({ folder }: Note): Promise<void> {
  const pidFile = join(folder, 'data', 'postmaster.pid');
  if (existsSync(pidFile)) {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    if (isServerOf(pid, folder)) {
      signal(pid, 'SIGQUIT'); // at once: the data goes with it
      await until('the end of the server', 20_000, () => !isAlive(pid) || undefined);
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function initialise(folder: string, password: string): Promise<void> {
  const secret = join(folder, 'password');
  writeFileSync(secret, password, { mode: 0o644 }); // read by the runner; the cluster lives as long as the test
  const flags = ['--locale=C', '--encoding=UTF8', '--auth=scram-sha-256', '--no-sync', '-U', 'postgres'];
  await promisify(execFile)(
    join(folder, 'bin', 'initdb'),
    ['-D', join(folder, 'data'), `--pwfile=${secret}`, ...flags],
    { cwd: folder, env: { ...process.env, LC_ALL: 'C' }, ...runner() },
  );
}

/** Starts the server over its data and waits until it answers. */
async function run(folder: string, port: number, url: string): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off', // a killed process loses nothing by it, only a lost machine would
    shared_buffers: '64MB',
    max_connections: 100,
    log_destination: 'stderr',
    logging_collector: 'on',
    log_directory: folder,
    log_filename: 'server.log',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(folder, 'bin', 'postgres'), ['-D', join(folder, 'data'), ...flags], {
    cwd: folder,
    detached: true, // Ctrl-C of a test run ends it through globalTeardown
    stdio: 'ignore',
    env: { ...process.env, LC_ALL: 'C' },
    ...runner(),
  });
  server.unref();
  stopWhenGone(server, folder);
  await until('Postgres to answer', 30_000, async () => {
    if (server.exitCode !== null) {
      const log = readFileSync(join(folder, 'server.log'), 'utf8').split('\n').slice(-12).join('\n');
      throw new Error(`Postgres ended:\n${log}`);
    }
    return query(url, 'select 1').then(
      () => true,
      () => undefined,
    );
  });
  return server;
}

/** A test run that was killed stops nothing any more; a shell that outlives it does, and removes the data. */
function stopWhenGone({ pid }: ChildProcess, folder: string): void {
  const owner = process.env.MILLRACE_TEST_PID ?? String(process.pid);
  const script = `while kill -0 "$0" && kill -0 "$1"; do sleep 2; done 2>/dev/null
    kill -0 "$0" 2>/dev/null || { kill -QUIT "$1" 2>/dev/null; sleep 2; rm -rf "$2"; }`;
  const args = ['-c', script, owner, String(pid), folder];
  spawn('sh', args, { detached: true, stdio: 'ignore', cwd: '/' }).unref();
}

async function createDatabase(url: string, name = `test_${randomBytes(6).toString('hex')}`): Promise<string> {
  await query(url, `create database "${name}"`);
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.toString();
}

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // the server may end while we ask
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The server and its processes: each is a session of its own, so that no signal to a group reaches them all. */
function processesOf({ pid }: ChildProcess): number[] {
  if (pid === undefined) return [];
  const pairs = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return [pid, ...pairs.filter(([, parent]) => parent === pid).map(([child]) => Number(child))];
}

/** A killed server leaves its number, which another process may have by now. */
function isServerOf(pid: number, folder: string): boolean {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes(folder);
  } catch {
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it has ended by itself
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function tryLock(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => void server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

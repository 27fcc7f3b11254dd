import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import axios from 'axios';
import { MillraceError } from '../../connectors/kit';
import { type Installed, type Series, setUpTryton } from './setup';
import { readTruth, type TruthOf } from './truth';

export interface TrytonOptions<Phase extends keyof TruthOf = keyof TruthOf> {
  /** base: the first sync. late: the same database some changes later. */
  phase: Phase;
  series?: Series;
  /** A session not used for so long is gone. */
  sessionSeconds?: number;
}

export interface TrytonServer<Phase extends keyof TruthOf = keyof TruthOf> {
  baseUrl: string;
  database: string;
  users: Record<'reader' | 'limited' | 'admin', { user: string; password: string }>;
  truth: TruthOf[Phase];
  stop(): Promise<void>;
}

const DATABASE = 'millrace';
const START_MS = 60_000;
const STOP_MS = 5_000;

const userOf = (user: string) => ({ user, password: `${user}-secret-1` });

/** A real Tryton on a free loopback port over a copy of the seeded database; installs and seeds it when need be. */
export async function startTryton<Phase extends keyof TruthOf>({
  phase,
  series = '8.0',
  sessionSeconds = 3_600,
}: TrytonOptions<Phase>): Promise<TrytonServer<Phase>> {
  const tryton = await setUpTryton(series);
  mkdirSync(join(tryton.folder, 'runs'), { recursive: true });
  const run = mkdtempSync(join(tryton.folder, 'runs', `${phase}-`));
  copyFileSync(join(tryton.folder, 'seeded', `${phase}.sqlite`), join(run, `${DATABASE}.sqlite`));
  const port = await freePort();
  writeFileSync(join(run, 'trytond.conf'), configOf(run, port, sessionSeconds));
  const server = launch(tryton, run);
  const remove = () => rmSync(run, { recursive: true, force: true });
  const stop = () => stopChild(server).finally(remove);
  const baseUrl = `http://127.0.0.1:${port}`;
  try {
    await answering(baseUrl, server, run);
  } catch (error) {
    await stop();
    throw error;
  }
  const users = { reader: userOf('reader'), limited: userOf('limited'), admin: userOf('admin') };
  return { baseUrl, database: DATABASE, users, truth: readTruth(tryton.folder, phase), stop };
}

const configOf = (run: string, port: number, sessionSeconds: number) => `[database]
uri = sqlite://
path = ${run}
list = true
[web]
listen = 127.0.0.1:${port}
[session]
max_age = ${sessionSeconds}
`;

function launch({ trytond }: Installed, run: string): ChildProcess {
  const log = openSync(join(run, 'log'), 'w');
  const child = spawn(trytond, ['-c', join(run, 'trytond.conf'), '-d', DATABASE], {
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill); // a test run that is cut short leaves no server behind
  child.once('exit', () => process.removeListener('exit', kill));
  return child;
}

async function answering(baseUrl: string, server: ChildProcess, run: string): Promise<void> {
  const body = { id: 0, method: 'common.server.version', params: [] };
  for (const until = Date.now() + START_MS; Date.now() < until; ) {
    if (server.exitCode !== null) break;
    for (const root of ['/rpc/', '/']) {
      const answer = await axios
        .post(baseUrl + root, body, { validateStatus: () => true, proxy: false })
        .catch(() => undefined);
      if (answer?.status === 200) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new MillraceError('internal', {
    what: 'The Tryton server of the tests did not start',
    where: readFileSync(join(run, 'log'), 'utf8').trim().split('\n').slice(-5).join('\n'),
    todo: 'Remove .tryton and run the test again: it is made anew',
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

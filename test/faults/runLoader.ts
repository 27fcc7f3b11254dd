import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from '../../warehouse';
import type { LoaderOptions, Outcome } from './loader';

const ARGS = ['-r', join(projectFolder, 'scripts', 'fromSources.js'), join(__dirname, 'loader.ts')];

export interface Limits {
  /** No file may grow beyond so many KiB: what a full disk or a quota is to a program. Needs no rights. */
  fileKiB?: number;
}

/** Runs the loader in a process of its own and gives what it printed. */
export function runLoader(options: LoaderOptions, { fileKiB }: Limits = {}): Promise<Outcome> {
  const node = [process.execPath, ...ARGS, JSON.stringify(options)];
  // The signal that comes with a file grown too large would end the process; ignored, a write fails as on a full disk.
  const [program = '', ...args] =
    fileKiB === undefined
      ? node
      : ['bash', '-c', `trap '' XFSZ; ulimit -f ${fileKiB}; exec "$@"`, 'bash', ...node];
  return new Promise((resolve, reject) => {
    execFile(program, args, (error, stdout, stderr) => {
      if (error || stdout === '') reject(new Error(`the loader failed: ${error?.message ?? ''}\n${stderr}`));
      else resolve(JSON.parse(stdout) as Outcome);
    });
  });
}

/** A loader that has loaded and keeps the warehouse open. */
export async function holdingLoader(options: LoaderOptions): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...ARGS, JSON.stringify({ ...options, isHolding: true })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error('the loader ended')));
  });
  return child;
}

export async function killed(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

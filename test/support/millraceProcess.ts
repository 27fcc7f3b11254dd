import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import axios from 'axios';
import { until } from './hubProcess';

const CLI = join(__dirname, '..', '..', 'dist', 'hub', 'cli.js');

export interface MillraceProcess {
  pid: number;
  /** Where it listens. */
  url: string;
  /** Everything it printed. */
  output(): string;
  /** GET /healthz. */
  health(): Promise<Record<string, unknown>>;
  /** SIGTERM, as a container gets it; resolves with the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** `millrace server` or `millrace worker` of the compiled program, on a free port. Does not wait until it is ready. */
export async function startMillrace(
  args: readonly string[],
  env: Record<string, string>,
): Promise<MillraceProcess> {
  if (!existsSync(CLI)) throw new Error('dist/ is not built: run npm run build first (npm test does)');
  let output = '';
  const child = spawn(process.execPath, [CLI, ...args, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  const url = await until(`the address of millrace ${args[0]}`, 60_000, () => {
    if (child.exitCode !== null) throw new Error(`millrace ${args[0]} ended:\n${output}`);
    return /listening on (http:\/\/[^\s/]+)/.exec(output)?.[1];
  });
  return {
    pid: child.pid ?? 0,
    url,
    output: () => output,
    health: () =>
      until(`the health of millrace ${args[0]}`, 30_000, () => {
        if (child.exitCode !== null) throw new Error(`millrace ${args[0]} ended:\n${output}`);
        const httpAgent = new Agent({ keepAlive: false }); // a busy process may drop a kept connection
        return axios
          .get<Record<string, unknown>>(`${url}/healthz`, { proxy: false, httpAgent, timeout: 10_000 })
          .then(
            ({ data }) => data,
            () => undefined,
          );
      }),
    stop: () => end(child, 'SIGTERM'),
    kill: async () => void (await end(child, 'SIGKILL')),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}

import { MillraceError, messageOf } from '../../connectors/kit';
import type { StreamProgress } from '../../workflows';

export interface Step {
  name: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  seconds: number | null;
  detail: string | null;
}

/** The steps of a start, as the terminal prints them and GET /healthz shows them. */
export class Progress {
  status: 'starting' | 'ready' | 'failed' = 'starting';
  message: string | null = null;
  readonly steps: Step[] = [];
  private readonly print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.print = print;
  }

  async step<T>(name: string, work: () => Promise<T>, detailOf: (result: T) => string = () => ''): Promise<T> {
    const step: Step = { name, state: 'running', seconds: null, detail: null };
    this.steps.push(step);
    const started = Date.now();
    const end = (state: Step['state'], detail: string) => {
      step.state = state;
      step.seconds = (Date.now() - started) / 1_000;
      step.detail = detail;
      this.print(`${state === 'done' ? '✓' : '✗'} ${name.padEnd(34)} ${step.seconds.toFixed(1).padStart(6)} s  ${detail}`);
    };
    try {
      const result = await work();
      end('done', detailOf(result));
      return result;
    } catch (error) {
      end('failed', error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** An error that does not end the start. */
  tell(error: unknown): void {
    this.print(error instanceof MillraceError ? error.describe() : messageOf(error));
  }

  /** What GET /healthz answers. */
  health(): { status: string; steps: readonly Step[]; message: string | null } {
    return { status: this.status, steps: this.steps, message: this.message };
  }

  /** One line when a stream is done; in between the running step's detail tells how far it is. */
  stream({ connection, stream, progress, seconds, isDone }: StreamProgress): void {
    if (this.status !== 'starting') return; // later syncs are seen in `millrace runs`
    const rate = seconds > 0 ? Math.round(progress.read / seconds) : 0;
    const quarantined = progress.quarantined > 0 ? `, ${progress.quarantined} in quarantine` : '';
    const text = `${connection}.${stream}`.padEnd(34);
    const line = `${text} ${number(progress.read).padStart(9)} rows  ${number(rate).padStart(7)}/s${quarantined}`;
    if (isDone) this.print(`    ${line}`);
    const running = this.steps.find(({ state }) => state === 'running');
    if (running) running.detail = line.replace(/ +/g, ' ');
  }
}

const number = (value: number) => value.toLocaleString('en-US');

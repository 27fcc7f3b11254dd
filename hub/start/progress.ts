import { MillraceError, messageOf } from '../../connectors/kit';
import type { StreamProgress } from '../../workflows';
import type { Text } from '../metrics';
import { startWords } from '../words/start';

export interface Step {
  name: Text;
  state: 'running' | 'done' | 'failed';
  seconds: number | null;
  detail: Text | string | null;
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

  async step<T>(name: Text, work: () => Promise<T>, detailOf?: (result: T) => Text): Promise<T> {
    const step: Step = { name, state: 'running', seconds: null, detail: null };
    this.steps.push(step);
    const started = Date.now();
    const end = (state: Step['state'], detail: Text | string | null) => {
      step.state = state;
      step.seconds = (Date.now() - started) / 1_000;
      step.detail = detail;
      const seconds = step.seconds.toFixed(1).padStart(6);
      const said = typeof detail === 'string' ? detail : (detail?.en ?? '');
      this.print(`${state === 'done' ? '✓' : '✗'} ${name.en.padEnd(34)} ${seconds} s  ${said}`);
    };
    try {
      const result = await work();
      end('done', detailOf?.(result) ?? null);
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
    const name = `${connection}.${stream}`;
    const quarantined = progress.quarantined > 0 ? `, ${progress.quarantined} in quarantine` : '';
    if (isDone) {
      this.print(
        `    ${name.padEnd(34)} ${figure(progress.read).padStart(9)} rows  ${figure(rate).padStart(7)}/s${quarantined}`,
      );
    }
    const running = this.steps.find(({ state }) => state === 'running');
    if (running) running.detail = startWords.stream(name, progress.read, rate, progress.quarantined);
  }
}

const figure = (value: number) => value.toLocaleString('en-US');

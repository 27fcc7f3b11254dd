import { MillraceError, messageOf } from '../../connectors/kit';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;

export interface UntilThereOptions {
  /** What is waited for, with its address: "Temporal at temporal:7233". */
  what: string;
  limitMs: number;
  /** Told at the first failure and then every half minute. */
  tell(line: string): void;
  /** What a person does when the wait has ended without it. */
  todo: string;
  /** False: trying again cannot help, for example a wrong password. */
  isPassing?(error: unknown): boolean;
}

/** Tries until it works: services of one machine start in any order. Errors: `network` after `limitMs`; what is not passing at once. */
export async function untilThere<T>(options: UntilThereOptions, attempt: () => Promise<T>): Promise<T> {
  const { what, limitMs, tell, todo, isPassing = () => true } = options;
  const started = Date.now();
  let toldAt = 0;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      const waited = Date.now() - started;
      if (waited + wait > limitMs) {
        throw new MillraceError('network', {
          what: `${what} did not answer within ${Math.round(limitMs / 1_000)} s: ${reasonOf(error)}`,
          where: what,
          todo,
          cause: error,
        });
      }
      if (Date.now() - toldAt > 30_000) {
        toldAt = Date.now();
        tell(`  waiting for ${what}: ${reasonOf(error)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** A connection error often has its reason one level below. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return messageOf(error) || messageOf(cause) || 'no answer';
}

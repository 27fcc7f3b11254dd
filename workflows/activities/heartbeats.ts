import { cancellationSignal, heartbeat } from '@temporalio/activity';

const EVERY_MS = 5_000;

/** Runs work that may be silent for long, with a heartbeat from a timer and the activity's cancellation signal. */
export async function withHeartbeats<T>(
  details: () => unknown,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => heartbeat(details()), EVERY_MS);
  try {
    heartbeat(details());
    return await work(cancellationSignal());
  } finally {
    clearInterval(timer);
  }
}

import { ApplicationFailure } from '@temporalio/common';
import { MillraceError } from '../../connectors/kit';
import type { Problem } from '../messages';

const SHOWN_CHARS = 2_000; // history is no place for long texts

/** The only way an error leaves an activity: our code as its type, only `retry` is retried, texts redacted and cut. */
export function toFailure(error: unknown, redact: (text: string) => string = (text) => text): unknown {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'CancelledFailure'))
    return error;
  const known = error instanceof MillraceError ? error : undefined;
  const text = (value: string) => redact(value).slice(0, SHOWN_CHARS);
  const problem: Problem = {
    code: known?.code ?? 'internal',
    what: text(known?.what ?? (error instanceof Error ? error.message : String(error))),
    where: text(known?.where ?? ''),
    todo: text(known?.todo ?? ''),
  };
  const failure = ApplicationFailure.create({
    type: problem.code,
    message: `${problem.what} (${problem.code})`,
    nonRetryable: known?.actor !== 'retry' || known.code === 'budget_exhausted',
    details: [problem],
    ...(known?.retryAfterMs !== undefined && { nextRetryDelay: known.retryAfterMs }),
  });
  failure.stack = failure.message; // a stack may quote what the message hides
  return failure;
}

import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import type { Problem } from './messages';

/** The cause of a failed activity or child, in our words. Safe inside workflows: it decides by types alone. */
export function problemOf(error: unknown): Problem {
  const cause = rootOf(error);
  if (cause instanceof ApplicationFailure) {
    const [details] = (cause.details ?? []) as [Partial<Problem> | undefined];
    return {
      code: cause.type ?? 'internal',
      what: details?.what ?? cause.message,
      where: details?.where ?? '',
      todo: details?.todo ?? '',
    };
  }
  if (cause instanceof TimeoutFailure) {
    return {
      code: 'timeout',
      what: 'A worker stopped answering',
      where: '',
      todo: 'The next run goes on where it was',
    };
  }
  return {
    code: 'internal',
    what: cause instanceof Error ? cause.message : String(cause),
    where: '',
    todo: '',
  };
}

function rootOf(error: unknown): unknown {
  if (error instanceof ApplicationFailure || error instanceof TimeoutFailure) return error;
  if (error instanceof ActivityFailure || (error instanceof Error && error.cause !== undefined))
    return rootOf(error.cause);
  return error;
}

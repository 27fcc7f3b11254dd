import type { ActivityOptions } from '@temporalio/common';

/**
 * Every time-out and retry rule. Errors that a person or we must fix are marked non-retryable by `toFailure`;
 * what is retried here is a vendor that is busy or a worker that died.
 */
const RETRY = {
  initialInterval: '2 seconds',
  backoffCoefficient: 2,
  maximumInterval: '2 minutes',
  maximumAttempts: 8,
} as const;

/** Bookkeeping in the warehouse: quick, and must not be lost. */
export const bookkeeping: ActivityOptions = { startToCloseTimeout: '2 minutes', retry: RETRY };

/** A login or a look at one stream. */
export const checking: ActivityOptions = {
  startToCloseTimeout: '3 minutes',
  retry: { ...RETRY, maximumAttempts: 3 },
};

/**
 * One stream of one connection. A dead worker is noticed after the heartbeat time-out: short enough for a person who waits
 * at an embedded hub, long enough for a batch of 500,000 rows to commit on a busy machine (heartbeats come from a timer).
 * A cancelled sync is over only when its activity has stopped, so that the next never runs beside it.
 */
export const syncing: ActivityOptions = {
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '30 seconds',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: RETRY,
};

/** One generation of models, or a freeze: one transaction, so a retry starts anew. */
export const building: ActivityOptions = {
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '30 seconds',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { ...RETRY, maximumAttempts: 3 },
};

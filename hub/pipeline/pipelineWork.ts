import type { Row } from '../../warehouse';

export interface StallFilter {
  region?: string;
  owner?: string;
  /** Id or name. */
  customer?: string;
  businessLine?: string;
  /** Also those that are snoozed. */
  all?: boolean;
}

export interface SnoozeInput {
  /** Who asks names it, so that a retry adds nothing. */
  id?: string;
  /** Id of a stall or of its opportunity, or the opportunity's name where it is the only one. */
  stall: string;
  /** Last day on which it stays away, at most 30 days from today. */
  until: string;
  reason: string;
}

export interface Snoozed {
  snoozeId: string;
  stallId: string;
  opportunityName: string;
  until: string;
  /** Snoozes of this stall that are left. */
  left: number;
}

/** Stalls as people deal with them (METRICS FUN-10). Each act is an event; lists show it at once. `by` is a user's id. */
export interface PipelineWork {
  /** Stalls of today within the person's rows, the largest first. */
  stalls(filter: StallFilter, by: string): Promise<Row[]>;
  /**
   * Errors: `not_found` for a stall that is not on the person's list, `bad_request` without a reason or with a day that is not within
   * 30 days, `not_allowed` for the third snooze of a stall.
   */
  snooze(input: SnoozeInput, by: string): Promise<Snoozed>;
  /** Takes the latest snooze of a stall back. Errors: `not_found`, `not_allowed` when it is not snoozed. */
  wake(stall: string, by: string): Promise<void>;
}

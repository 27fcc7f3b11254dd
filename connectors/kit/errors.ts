/** Who acts on an error: the kit tries again, a person fixes something, the row steps aside, or we have a bug. */
export type Actor = 'retry' | 'fix' | 'quarantine' | 'bug';

const ACTORS = {
  network: 'retry',
  timeout: 'retry',
  interrupted: 'retry', // the run was lost with its workflow
  spool_damaged: 'retry', // it is read again
  vendor_busy: 'retry',
  rate_limited: 'retry',
  session_lost: 'retry',
  contract_changed: 'retry', // a column was accepted while its stream was being read
  truncated_answer: 'retry',
  warehouse_lost: 'retry', // the database server restarts, or two transactions met
  budget_exhausted: 'retry', // tomorrow: the host decides when
  login_refused: 'fix',
  permission_refused: 'fix',
  quota_exhausted: 'fix',
  not_found: 'fix',
  bad_request: 'fix',
  config_invalid: 'fix',
  file_unreadable: 'fix',
  warehouse_unusable: 'fix',
  disk_full: 'fix',
  folder_unwritable: 'fix',
  temporal_unusable: 'fix',
  backup_failed: 'fix',
  backup_damaged: 'fix',
  contract_broken: 'fix',
  too_many_deletes: 'fix',
  full_refresh_needed: 'fix',
  read_nothing: 'fix',
  values_do_not_fit: 'fix',
  model_failed: 'fix',
  test_failed: 'fix',
  event_chain_broken: 'fix',
  not_allowed: 'fix',
  statement_refused: 'fix',
  bad_row: 'quarantine',
  bad_answer: 'bug',
  internal: 'bug',
} as const satisfies Record<string, Actor>;

export type ErrorCode = keyof typeof ACTORS;

export interface ErrorParts {
  /** One sentence: who refused or failed to do what. */
  what: string;
  /** Connection, stream, request or file and line; never a secret, never row content. */
  where?: string;
  /** What the reader does now. */
  todo?: string;
  cause?: unknown;
  /** Milliseconds after which a retry makes sense (`Retry-After`). */
  retryAfterMs?: number;
}

/** The one error class: its code is stable, screens translate by it and `actor` says who acts. */
export class MillraceError extends Error {
  readonly code: ErrorCode;
  readonly what: string;
  readonly where: string;
  readonly todo: string;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, parts: ErrorParts) {
    super(`${parts.what} (${code})`, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'MillraceError';
    this.code = code;
    this.what = parts.what;
    this.where = parts.where ?? '';
    this.todo = parts.todo ?? '';
    this.retryAfterMs = parts.retryAfterMs;
  }

  static isCode(text: string): text is ErrorCode {
    return Object.hasOwn(ACTORS, text);
  }

  get actor(): Actor {
    return ACTORS[this.code];
  }

  /** The three lines that a terminal shows. */
  describe(): string {
    const lines = [this.message];
    if (this.where) lines.push(`  where  ${this.where}`);
    if (this.todo) lines.push(`  do     ${this.todo}`);
    return lines.join('\n');
  }

  /** The same error with more of its place known; an outer layer knows connection and stream. */
  at(where: string): MillraceError {
    const place = this.where ? `${where}, ${this.where}` : where;
    return new MillraceError(this.code, {
      what: this.what,
      where: place,
      todo: this.todo,
      cause: this.cause,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
    });
  }
}

/** Text of any thrown value, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

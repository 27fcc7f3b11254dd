import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type ErrorCode, MillraceError } from '../../connectors/kit';

const STATUS: Partial<Record<ErrorCode, number>> = {
  bad_request: 400,
  config_invalid: 400,
  not_allowed: 403,
  statement_refused: 400,
  file_unreadable: 400,
  permission_refused: 403,
  login_refused: 401,
  not_found: 404,
  contract_broken: 409,
  values_do_not_fit: 409,
  too_many_deletes: 409,
  full_refresh_needed: 409,
  rate_limited: 429,
  vendor_busy: 503,
  warehouse_lost: 503,
  interrupted: 503,
  contract_changed: 503,
  timeout: 504,
  disk_full: 507,
};

/** Passes what an async handler throws to the error handler. */
export const handled =
  (handler: (request: Request, response: Response) => Promise<void>): RequestHandler =>
  (request, response, next) => {
    handler(request, response).catch((error: unknown) => next(error));
  };

/** Every error as {error: {code, what, where, todo, requestId}}; one that is a bug is logged here and told without its text. */
export function errorHandler(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const requestId = randomUUID();
  const known = error instanceof MillraceError ? error : parserError(error);
  if (!known) console.error(`[hub] request ${requestId} failed:`, error);
  if (known?.retryAfterMs !== undefined)
    response.setHeader('retry-after', Math.ceil(known.retryAfterMs / 1_000));
  const { code, what, where, todo } = known ?? {
    code: 'internal' as const,
    what: 'The hub failed to answer',
    where: '',
    todo: `Look into the hub's log for request ${requestId}`,
  };
  response.status(STATUS[code] ?? 500).json({ error: { code, what, where, todo, requestId } });
}

/** express.json's own refusals. */
function parserError(error: unknown): MillraceError | undefined {
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  return new MillraceError('bad_request', { what: 'The request body is no JSON, or too large' });
}

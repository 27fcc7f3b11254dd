import type { Answer, ErrorCode, Explanation } from '../kit';

/** What the vendor calls a query that ran too long; `pages.ts` then asks for a shorter span of time. */
export const QUERY_TIMEOUT = 'QUERY_TIMEOUT';
/** A locator lives two days at most, and the eleventh of a user replaces the first. */
export const LOST_LOCATOR = 'INVALID_QUERY_LOCATOR';

export const RIGHT =
  'Give the integration user read access (permission set → object and field permissions, API Enabled)';
const ERRORS: Record<string, { code: ErrorCode; todo?: string }> = {
  INVALID_SESSION_ID: { code: 'session_lost' },
  INVALID_AUTH_HEADER: { code: 'session_lost' },
  SERVER_UNAVAILABLE: { code: 'vendor_busy' },
  UNABLE_TO_LOCK_ROW: { code: 'vendor_busy' },
  UNKNOWN_EXCEPTION: { code: 'vendor_busy' },
  API_DISABLED_FOR_ORG: {
    code: 'permission_refused',
    todo: 'The API belongs to editions from Enterprise on',
  },
  API_CURRENTLY_DISABLED: { code: 'permission_refused', todo: RIGHT },
  INSUFFICIENT_ACCESS: { code: 'permission_refused', todo: RIGHT },
  INSUFFICIENT_ACCESS_OR_READONLY: { code: 'permission_refused', todo: RIGHT },
  INVALID_TYPE: { code: 'permission_refused', todo: RIGHT }, // also said of an object that the user may not see
  INVALID_FIELD: { code: 'permission_refused', todo: RIGHT }, // also said of a field that the user may not see
  NOT_FOUND: { code: 'not_found', todo: 'Check baseUrl and apiVersion, and that the user sees the object' },
  QUERY_TIMEOUT: { code: 'bad_request', todo: 'Try again later, or ask the vendor for an index' },
};

/** Errors are a JSON array; a token call answers with an object. The HTTP status alone says too little. */
export function explain(answer: Answer, quotaShare: number): Explanation | undefined {
  const { status, head } = answer;
  const start = head.trimStart();
  if (/^\{\s*"error"\s*:/.test(start)) return ofLogin(start);
  const code = start.startsWith('[') ? memberOf(start, 'errorCode') : undefined;
  if (code !== undefined) return ofError(code, memberOf(start, 'message') ?? '');
  return status === 200 ? overQuota(answer, quotaShare) : undefined;
}

function ofLogin(text: string): Explanation {
  const error = memberOf(text, 'error') ?? '';
  return {
    code: 'login_refused',
    message: `${memberOf(text, 'error_description') ?? ''} (${error})`,
    todo: 'Check baseUrl, clientId, clientSecret and refreshToken, and the run-as user of the app',
  };
}

function ofError(errorCode: string, words: string): Explanation {
  const message = `${words} (${errorCode})`;
  if (errorCode === 'REQUEST_LIMIT_EXCEEDED') {
    // two limits share a code: calls at once, and calls in 24 hours
    return /concurrent/i.test(words)
      ? { code: 'rate_limited', message }
      : {
          code: 'quota_exhausted',
          message,
          todo: 'Wait until calls of the last 24 hours run off, or buy more',
        };
  }
  return { message, ...(ERRORS[errorCode] ?? { code: 'bad_request' }) };
}

/** `Sforce-Limit-Info: api-usage=123/15000`: other programs need calls of the same day, too. */
function overQuota({ headers }: Answer, share: number): Explanation | undefined {
  const [, used, limit] = /api-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '') ?? [];
  if (used === undefined || limit === undefined || Number(used) < Number(limit) * share) return undefined;
  return {
    code: 'quota_exhausted',
    message: `${used} of the ${limit} calls of a day are used, more than the share of ${share}`,
    todo: 'Wait, raise quotaShare, or let this connection sync less often',
  };
}

const memberOf = (text: string, name: string): string | undefined => {
  const [, found] = new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)"`).exec(text) ?? [];
  return found;
};

import { z } from 'zod';
import type { Answer, ErrorCode, Explanation } from '../kit';

/** MsgCode of a ResponseStatus → our words. What is not here is the vendor's refusal of this very request. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  1: 'session_lost',
  2: 'permission_refused',
  6: 'vendor_busy', // the database failed
  7: 'quota_exhausted', // licence
  13: 'vendor_busy', // network control: somebody holds a lock
  14: 'rate_limited',
  15: 'login_refused',
};

const statusShape = z.looseObject({
  IsSuccess: z.union([z.boolean(), z.string()]).optional(),
  MsgCode: z.coerce.number().optional(),
  Errors: z.array(z.looseObject({ Message: z.string().nullish() })).optional(),
});
const errorShape = z.looseObject({ Result: z.looseObject({ ResponseStatus: statusShape }) });
const loginShape = z.looseObject({ LoginResultType: z.number(), Message: z.string().nullish() });

const ERROR_START = /^\s*(\[\s*)*\{\s*"Result"/;
const SESSION_WORDS = '会话信息已丢失';

/**
 * Everything arrives with HTTP 200, errors among the rows: `[[{"Result":{"ResponseStatus":{…}}}]]`, in one list, or bare.
 * An answer that begins with arrays of values is never parsed here.
 */
export function explain(answer: Answer): ErrorCode | Explanation | undefined {
  if (answer.status >= 400) return undefined;
  const { head } = answer;
  if (/^\s*</.test(head)) return 'vendor_busy'; // a page of HTML: the site is updating or restarting
  if (head.includes('"LoginResultType"')) return ofLogin(answer.json());
  return ERROR_START.test(head) ? ofStatus(unwrapped(answer.json())) : undefined;
}

/** 1 is a login; -5 one with a warning (the password is about to expire). */
const LOGGED_IN = new Set([1, -5]);

function ofLogin(body: unknown): Explanation | undefined {
  const { LoginResultType, Message } = loginShape.parse(body);
  if (LOGGED_IN.has(LoginResultType)) return undefined;
  return {
    code: 'login_refused',
    message: Message ?? `LoginResultType ${LoginResultType}`,
    todo: 'Check accountId, user, appId and appSecret of this connection; five wrong tries lock the user',
  };
}

function ofStatus(body: unknown): Explanation | undefined {
  const parsed = errorShape.safeParse(body);
  if (!parsed.success) return undefined;
  const { IsSuccess, MsgCode = 0, Errors = [] } = parsed.data.Result.ResponseStatus;
  if (String(IsSuccess) !== 'false') return undefined;
  const message = Errors.map(({ Message }) => Message ?? '').join('; ');
  if (message.includes(SESSION_WORDS)) return { code: 'session_lost', message };
  const code = codeOf(MsgCode, message);
  return { code, message, ...(TODO[code] && { todo: TODO[code] }) };
}

function codeOf(msgCode: number, message: string): ErrorCode {
  if (message.includes('业务对象不存在')) return 'not_found';
  if (message.includes('权限')) return 'permission_refused'; // some versions give it MsgCode 11
  return CODES[msgCode] ?? 'bad_request';
}

const TODO: Partial<Record<ErrorCode, string>> = {
  permission_refused:
    'Give the integration user the right to view (查看) this form, and the app the form in its allow list',
  quota_exhausted: 'Ask the administrator for a licence for the integration user',
  not_found: 'This tenant does not have the form: leave its stream out',
};

/** Rows come in lists of lists; the error is the first thing that is no list. */
function unwrapped(value: unknown): unknown {
  let inner = value;
  while (Array.isArray(inner)) inner = inner[0] as unknown;
  return inner;
}

import type { Answer, ErrorCode, Explanation } from '../kit';

/** An error inside HTTP 200: the envelope has `error` instead of `result`, right behind the id. */
const ERROR_ENVELOPE = /^\{"id":[^,]*,"error":/;

/** Tryton's answers in our words; what is not named keeps the kit's meaning of its HTTP status. */
export function explain(answer: Answer): ErrorCode | Explanation | undefined {
  const { status, bytes, head } = answer;
  if (status === 200) return ERROR_ENVELOPE.test(head) ? meaningOf(answer.json()) : undefined;
  // the session is unknown or too old: no body at all; a refused password comes with an HTML page
  if (status === 401) {
    return bytes.length === 0
      ? 'session_lost'
      : {
          code: 'login_refused',
          todo: 'Correct user and password of this connection; after five wrong tries Tryton waits longer each time',
        };
  }
  if (status === 404) return { code: 'not_found', todo: 'Check baseUrl and database of this connection' };
  if (status === 403) return { code: 'bad_request', message: 'this method is not open to RPC' };
  return undefined;
}

/** `["UserError",[message,description,null]]`, `["LoginException",[name,message,type]]`, or text and traceback of any other. */
function meaningOf(body: unknown): Explanation {
  const error = (body as { error?: unknown }).error;
  const [kind, details] = Array.isArray(error) ? (error as unknown[]) : [error];
  const [first, second] = Array.isArray(details) ? (details as unknown[]) : [];
  const name = typeof kind === 'string' ? kind : '';
  // a read knows no other user error than a missing right or a record that is gone
  if (name === 'UserError') return { code: 'permission_refused', message: wordsOf(first) };
  if (name === 'LoginException') {
    return {
      code: 'login_refused',
      message: `the login also asks for: ${wordsOf(second)}`,
      todo: 'Give this connection a user who logs in with a password alone',
    };
  }
  if (name === 'UserWarning') return { code: 'bad_request', message: wordsOf(second) };
  if (name === 'ConcurrencyException' || /locked|could not serialize|deadlock/i.test(name))
    return { code: 'vendor_busy', message: name };
  return {
    code: 'bad_request',
    message: name.slice(0, 200),
    todo: 'A name in quotes is a field or model that this Tryton does not have: activate its module (README.md lists them)',
  };
}

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : '').slice(0, 200);

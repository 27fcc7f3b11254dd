import type { Request, RequestHandler, Response } from 'express';
import { MillraceError } from '../../connectors/kit';
import { isEqual, type Tokens } from '../access/tokens';
import { ADMIN, type Person } from '../access/users';

const COOKIE = 'millrace_session';
const SESSION_SECONDS = 30 * 24 * 3600;

export interface Auth {
  tokens: Tokens;
  /** Opens the API to the command line on this machine. */
  adminToken: string;
  personOf(id: string): Promise<Person>;
}

/** Lets only people in whom the hub knows; what follows asks {@link personOf}. Error: `login_refused`. */
export function signedIn(auth: Auth): RequestHandler {
  return (request, response, next) => {
    authenticate(auth, request).then(
      (person) => {
        response.locals.person = person;
        next();
      },
      (error: unknown) => next(error),
    );
  };
}

/** Who asks. */
export const personOf = (response: Response): Person => response.locals.person as Person;

/** Who acts. The command line is the administrator and tells who sits at it; anybody else is who they are, whatever they tell. */
export function whoActs(response: Response, told: string | undefined): string {
  const { id } = personOf(response);
  return id === ADMIN.id && told !== undefined ? told : id;
}

/** The admin token of the command line, or a session cookie of somebody who is still there. */
async function authenticate(auth: Auth, request: Request): Promise<Person> {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined && isEqual(bearer, auth.adminToken)) return ADMIN;
  const id = auth.tokens.verify('session', cookieOf(request));
  const person = id === undefined ? undefined : await knownPerson(auth, id);
  if (person) return person;
  throw new MillraceError('login_refused', {
    what: 'You are not signed in',
    todo: 'Open the link that npm start printed; each start prints a new one',
  });
}

/** Undefined: who signed in once is no user and no employee any more. */
function knownPerson(auth: Auth, id: string): Promise<Person | undefined> {
  return auth.personOf(id).catch((error: unknown) => {
    if (error instanceof MillraceError && error.code === 'not_found') return undefined;
    throw error;
  });
}

function cookieOf(request: Request): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  return cookies.find((part) => part.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

/** GET /login?token=…: the one-time link. */
export function login({ tokens }: Auth, publicUrl?: string): RequestHandler {
  const secure = publicUrl?.startsWith('https:') ? '; Secure' : '';
  return (request, response) => {
    const token = typeof request.query.token === 'string' ? request.query.token : '';
    if (!tokens.useOnce(token)) {
      response.status(401).type('html').send(USED_LINK);
      return;
    }
    const session = tokens.sign('session', ADMIN.id, SESSION_SECONDS);
    response.setHeader(
      'set-cookie',
      `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_SECONDS}${secure}`,
    );
    response.type('html').send(ENTER); // not a redirect: SameSite=Strict cookies do not follow one from another site
  };
}

const page = (body: string) =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Millrace</title><body style="font:16px/1.6 sans-serif;max-width:36em;margin:4em auto"><main>${body}</main></body></html>`;
const ENTER = page('<meta http-equiv="refresh" content="0;url=/"><p>正在打开… <a href="/">Millrace</a></p>');
const USED_LINK = page(
  '<h1>链接已失效</h1><p>登录链接只能使用一次。请使用 npm start 最新打印的链接，或重新启动以获取新链接。</p><p lang="en">This sign-in link was used already. Open the newest link that npm start printed, or start again.</p>',
);

/**
 * Loopback, and the address that people use where a proxy stands before the hub: a name that points here from elsewhere (DNS
 * rebinding) and a form of another site are refused.
 */
export function onlyThisSite(publicUrl?: string): RequestHandler {
  const site = publicUrl === undefined ? undefined : new URL(publicUrl);
  return (request, _response, next) => {
    const host = request.headers.host ?? '';
    const isPublic = host === site?.host;
    if (!isPublic && !/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host))
      return next(refusal('The hub answers only under its own address'));
    const { origin } = request.headers;
    if (origin !== undefined && origin !== (isPublic ? site.origin : `http://${host}`))
      return next(refusal('A request of another site is refused'));
    next();
  };
}

const refusal = (what: string) => new MillraceError('not_allowed', { what });

/** Headers that keep the pages ours: no frames, no foreign scripts. */
export const securityHeaders: RequestHandler = (_request, response: Response, next) => {
  response.setHeader(
    'content-security-policy',
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  );
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  next();
};

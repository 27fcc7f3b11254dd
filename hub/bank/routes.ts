import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { MillraceError } from '../../connectors/kit';
import { personOf } from '../http/auth';
import { parsed } from '../http/body';
import { handled } from '../http/errors';
import type { Work } from '../work/work';
import type { HandedFile } from './bankWork';

const MAX_BYTES = 25 * 1024 * 1024; // a year of a busy account has some MB

const query = z.strictObject({
  name: z.string().min(1).max(500).optional(),
  connection: z.string().min(1).max(200).optional(),
  account: z
    .string()
    .regex(/^\d{4,25}$/, 'digits of the account')
    .optional(),
});

/** Routes for bank files (A5): the file is the body as it is, with ?name=, or the one file of a form. Finance and administrators. */
export function bankRoutes(work: Pick<Work, 'bank' | 'sync'>): Router {
  const router = Router();
  const body: RequestHandler = express.raw({ type: () => true, limit: MAX_BYTES });
  router.post(
    '/bank/preview',
    onlyFinance,
    body,
    tooLarge,
    handled(async (request, response) => {
      response.json(await work.bank.preview(await fileOf(request)));
    }),
  );
  router.post(
    '/bank/files',
    onlyFinance,
    body,
    tooLarge,
    handled(async (request, response) => {
      const added = await work.bank.add(await fileOf(request));
      work.sync({ connection: added.connection }).catch(() => undefined); // its run tells
      response.status(201).json({ ...added, isSyncing: true });
    }),
  );
  return router;
}

const onlyFinance: RequestHandler = (_request, response, next) => {
  if (['admin', 'finance'].includes(personOf(response).role)) next();
  else
    next(new MillraceError('not_allowed', { what: 'Only finance or an administrator may load bank files' }));
};

/** What express.raw says of a body beyond the limit, in our words. */
function tooLarge(
  error: unknown,
  _request: Request,
  _response: Response,
  next: (error?: unknown) => void,
): void {
  const isLarge = (error as { type?: unknown } | null)?.type === 'entity.too.large';
  next(
    isLarge
      ? new MillraceError('bad_request', {
          what: `The file is larger than ${MAX_BYTES / 1024 / 1024} MB`,
          todo: "Export a shorter period, or copy the file into the connection's folder",
        })
      : error,
  );
}

async function fileOf(request: Request): Promise<HandedFile> {
  const { name, connection, account } = parsed(query, request.query);
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const type = request.headers['content-type'] ?? '';
  const sent = type.startsWith('multipart/form-data')
    ? await fileInForm(bytes, type)
    : { name, content: bytes };
  const named = name ?? sent.name;
  if (named === undefined) throw new MillraceError('bad_request', { what: 'name: the file has no name' });
  return { name: named, content: sent.content, connection, account };
}

/** Node's own reading of a form; the first file counts. */
async function fileInForm(bytes: Buffer, type: string): Promise<{ name: string; content: Buffer }> {
  const form = await new globalThis.Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch((cause: unknown) => {
      throw new MillraceError('bad_request', { what: 'The form is not understood', cause });
    });
  for (const [, value] of form)
    if (typeof value !== 'string')
      return { name: value.name, content: Buffer.from(await value.arrayBuffer()) };
  throw new MillraceError('bad_request', { what: 'The form has no file' });
}

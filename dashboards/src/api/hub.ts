import * as z from 'zod/mini';

const failure = z.object({
  error: z.object({
    code: z.string(),
    what: z.string(),
    where: z.nullish(z.string()),
    todo: z.nullish(z.string()),
    requestId: z.nullish(z.string()),
  }),
});

type Details = {
  code: string;
  where?: string | undefined;
  todo?: string | undefined;
  requestId?: string | undefined;
};

/** A refusal of the hub in its own words: what, where, what to do, and the id under which its log has the rest. */
export class HubError extends Error {
  override name = 'HubError';
  readonly status: number;
  readonly details: Details;

  constructor(status: number, what: string, details: Details) {
    super(what);
    this.status = status;
    this.details = details;
  }
}

export const isLoginNeeded = (error: unknown) => error instanceof HubError && error.status === 401;

/** JSON of the hub, checked against its schema: a changed answer is an error with a name, not an empty page. */
export async function getJson<S extends z.ZodMiniType>(
  path: string,
  schema: S,
  signal: AbortSignal,
): Promise<z.infer<S>> {
  const response = await answered(path, signal);
  const body: unknown = await response.json().catch(() => null);
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const first = result.error.issues[0];
  throw new HubError(response.status, `${path}: ${first?.path.join('.')} ${first?.message}`, {
    code: 'unexpected_answer',
  });
}

export async function getText(path: string): Promise<string> {
  return (await answered(path)).text();
}

async function answered(path: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, { ...(signal && { signal }), headers: { Accept: 'application/json' } });
  if (response.ok) return response;
  const body: unknown = await response.json().catch(() => null);
  throw toHubError(response.status, body, `${path}: HTTP ${response.status}`);
}

/** The hub's own shape, or what stands in for it (a proxy's page, Cube's `{error}`). */
export function toHubError(status: number, body: unknown, otherwise: string): HubError {
  const said = failure.safeParse(body);
  if (!said.success) return new HubError(status, otherwise, { code: 'no_answer' });
  const { code, what, where, todo, requestId } = said.data.error;
  return new HubError(status, what, {
    code,
    where: where ?? undefined,
    todo: todo ?? undefined,
    requestId: requestId ?? undefined,
  });
}

import { randomUUID } from 'node:crypto';
import type { ApiGateway } from '@cubejs-backend/api-gateway';
import { z } from 'zod';
import { MillraceError } from '../../connectors/kit';
import type { SecurityContext } from './securityContext';

/** A row as REST gives it: members by name, numbers as exact text, times as ISO text without a zone. */
export type CubeRow = Record<string, string | number | boolean | null>;

const rowsSchema = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])));
const answerSchema = z.looseObject({ data: rowsSchema.optional(), error: z.string().optional() });
type Answer = z.infer<typeof answerSchema>;

const CONTINUE_WAIT = 'Continue wait'; // Cube's word for "still running, ask again"

/**
 * One Cube query (the JSON of /v1/load) with the rights of `context`, without HTTP. Errors: `bad_request` with Cube's own
 * text for a query that it refuses.
 */
export async function loadInProcess(
  gateway: ApiGateway,
  query: object,
  context: SecurityContext,
): Promise<CubeRow[]> {
  const requestId = randomUUID();
  for (;;) {
    const { data, error } = await askOnce(gateway, query, context, requestId);
    if (data) return data;
    if (error !== CONTINUE_WAIT) {
      throw new MillraceError('bad_request', {
        what: `Cube refused the query: ${(error ?? 'no answer').replace(/^(User)?Error: /, '')}`,
        where: 'the query',
        todo: 'Names and forms are in GET /cubejs-api/v1/meta and cube/model/views',
      });
    }
  }
}

async function askOnce(
  gateway: ApiGateway,
  query: object,
  securityContext: SecurityContext,
  requestId: string,
): Promise<Answer> {
  let answer: unknown;
  await gateway.load({
    query: structuredClone(query) as Parameters<ApiGateway['load']>[0]['query'],
    context: { securityContext, requestId },
    res: async (message: unknown) => {
      answer = isResult(message)
        ? JSON.parse(Buffer.from(await message.getFinalResult()).toString('utf8'))
        : message;
    },
    apiType: 'rest',
  });
  return answerSchema.parse(answer);
}

interface Result {
  getFinalResult(): Promise<Uint8Array>;
}

function isResult(message: unknown): message is Result {
  return typeof message === 'object' && message !== null && 'isWrapper' in message;
}

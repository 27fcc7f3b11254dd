import type { LoadRequest } from '../loadRequest';
import type { Warehouse } from '../warehouse';
import { effectiveStream } from './effectiveStream';

/** A load that also fills the accepted columns. The connector goes on to see its own stream: it knows no other. */
export async function withAccepted(warehouse: Warehouse, request: LoadRequest): Promise<LoadRequest> {
  const { source, stream: own } = request;
  const stream = await effectiveStream(warehouse, request.connection, own);
  if (stream === own) return request;
  const read: LoadRequest['source']['read'] = (_stream, state, asked) => source.read(own, state, asked);
  return { ...request, stream, source: { ...source, read } };
}

import { type Drift, MillraceError, type Stream } from '../../connectors/kit';
import { effectiveStream, type ModelConnection, type Warehouse } from '../../warehouse';
import type { Connection } from './host';

interface Configured {
  options: { connections: readonly Connection[] };
}

/** A stream's own contract, without opening its source. Error: `not_found` with those that there are. */
export function contractOf(host: Configured, connection: string, stream: string): Stream {
  const found = host.options.connections.find(({ name }) => name === connection);
  if (!found) {
    throw new MillraceError('not_found', {
      what: `There is no connection ${connection} in the config`,
      todo: `Connections: ${host.options.connections.map(({ name }) => name).join(', ')}`,
    });
  }
  const { streams } = found.connector;
  const contract = streams.find(({ name }) => name === stream);
  if (contract) return contract;
  throw new MillraceError('not_found', {
    what: `There is no stream ${stream}`,
    where: `connection ${connection}`,
    todo: `Streams: ${streams.map(({ name }) => name).join(', ')}`,
  });
}

/** The contract with the columns that people accepted. */
export const contractNow = (
  host: Configured & { warehouse: Warehouse },
  connection: string,
  stream: string,
): Promise<Stream> => effectiveStream(host.warehouse, connection, contractOf(host, connection, stream));

/** What becomes of unknown fields: as the config says for the stream, for the connection, as the connector says, or `propose`. */
export function driftOf(host: Configured, connection: string, stream: Stream): Drift {
  const found = host.options.connections.find(({ name }) => name === connection);
  return found?.driftOf?.[stream.name] ?? found?.drift ?? stream.drift ?? 'propose';
}

/** All connections with the streams that models may read, with their accepted columns. */
export function modelConnections(host: Configured & { warehouse: Warehouse }): Promise<ModelConnection[]> {
  return Promise.all(
    host.options.connections.map(async ({ name, connector }) => ({
      name,
      connector: connector.name,
      streams: await Promise.all(
        connector.streams.map((stream) => effectiveStream(host.warehouse, name, stream)),
      ),
    })),
  );
}

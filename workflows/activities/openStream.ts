import { MillraceError, type OpenSource, type Stream } from '../../connectors/kit';
import type { Host, PaidRun } from './host';

/** Opens a connection for one piece of work with one of its streams, and closes it whatever happens. */
export async function withStream<T>(
  host: Host,
  {
    connection,
    stream: name,
    signal,
    run,
  }: { connection: string; stream: string; signal?: AbortSignal; run?: PaidRun },
  work: (source: OpenSource, stream: Stream) => Promise<T>,
): Promise<T> {
  const opened = (source: OpenSource) => {
    const stream = host.streamsOf(source, host.connection(connection)).find((one) => one.name === name);
    if (!stream)
      throw new MillraceError('not_found', {
        what: `There is no stream ${name}`,
        where: `connection ${connection}`,
      });
    return work(source, stream);
  };
  return withSource(host, connection, signal, opened, run);
}

export async function withSource<T>(
  host: Host,
  connection: string,
  signal: AbortSignal | undefined,
  work: (source: OpenSource) => Promise<T>,
  run?: PaidRun,
): Promise<T> {
  const source = await host.open(connection, signal, run);
  try {
    return await work(source);
  } finally {
    await source.close?.();
  }
}

/** The streams that are asked for, or all of the connection; one that is not there is named with those that are. */
export function chosenStreams(
  host: Host,
  source: OpenSource,
  connection: string,
  asked: readonly string[] | undefined,
): readonly Stream[] {
  const streams = host.streamsOf(source, host.connection(connection));
  const unknown = (asked ?? []).filter((name) => !streams.some((stream) => stream.name === name));
  if (unknown.length > 0) {
    throw new MillraceError('not_found', {
      what: `There is no stream ${unknown.join(', ')}`,
      where: `connection ${connection}`,
      todo: `Streams: ${streams.map(({ name }) => name).join(', ')}`,
    });
  }
  return asked ? streams.filter(({ name }) => asked.includes(name)) : streams;
}

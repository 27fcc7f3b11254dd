import { MillraceError, messageOf } from '../../connectors/kit';
import type { Host } from '../../workflows';
import type { CheckLine } from './work';

/** Every login and every stream of one or all connections: what is wrong, and what to do. */
export async function checkConnections(
  host: Pick<Host, 'open' | 'options' | 'redact'>,
  only?: string,
): Promise<CheckLine[]> {
  const names = host.options.connections.map(({ name }) => name);
  if (only !== undefined && !names.includes(only)) {
    throw new MillraceError('not_found', {
      what: `There is no connection ${only}`,
      todo: `Connections: ${names.join(', ')}`,
    });
  }
  const lines: CheckLine[] = [];
  for (const connection of only === undefined ? names : [only])
    lines.push(...(await checkOne(host, connection)));
  return lines;
}

async function checkOne(
  host: Pick<Host, 'open' | 'options' | 'redact'>,
  connection: string,
): Promise<CheckLine[]> {
  const line = (stream: string | null, error?: unknown): CheckLine => ({
    connection,
    stream,
    isOk: error === undefined,
    problem:
      error === undefined
        ? null
        : host.redact(connection, error instanceof MillraceError ? error.describe() : messageOf(error)),
  });
  try {
    const source = await host.open(connection);
    try {
      await source.check();
      const lines = [line(null)];
      for (const stream of source.streams) {
        lines.push(
          await source.check(stream).then(
            () => line(stream.name),
            (error: unknown) => line(stream.name, error),
          ),
        );
      }
      return lines;
    } finally {
      await source.close?.();
    }
  } catch (error) {
    return [line(null, error)];
  }
}

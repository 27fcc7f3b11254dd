import { z } from 'zod';
import { type Http, type ListQuery, MillraceError, type RawRecords, type Stream } from '../kit';
import { servicePath } from './services';

interface BillQuery {
  fields: readonly string[];
  filter: string;
  order: string;
  limit: number;
}

/** ExecuteBillQuery for streams: by keyset, with the fields that the tenant has. */
export class BillQueries {
  private readonly http: Http;
  /** Keys of the contracts that this tenant does not know, by stream; learnt from its own error. */
  private readonly missing = new Map<string, Set<string>>();

  constructor(http: Http) {
    this.http = http;
  }

  list(stream: Stream, { from, after, to, limit }: ListQuery): Promise<RawRecords> {
    const { field, tie } = cursorOf(stream);
    const conditions: string[] = [];
    if (after) {
      const at = quoted(after.cursor);
      conditions.push(
        `${field}>=${at}`,
        `(${field}>${at} or (${field}=${at} and ${tie}>${digits(after.tie)}))`,
      );
    } else if (from !== undefined) conditions.push(`${field}>=${quoted(from)}`);
    if (to !== undefined) conditions.push(`${field}<=${quoted(to)}`);
    return this.rows(stream, (fields) => ({
      fields,
      filter: conditions.join(' and '),
      order: `${field} ASC,${tie} ASC`,
      limit,
    }));
  }

  /** All ids, in pages behind the last one: an offset would skip the neighbour of a record deleted meanwhile. */
  async *keys(stream: Stream, limit: number): AsyncGenerator<string[][]> {
    const [id = ''] = stream.key;
    for (let last: string | undefined; ; ) {
      const filter = last === undefined ? '' : `${id}>${digits(last)}`;
      const { lines, count } = await this.send(stream, { fields: [id], filter, order: `${id} ASC`, limit });
      if (count === 0) return;
      const rows = lines.toString('utf8').trimEnd().split('\n');
      const page = rows.map((line) => [String((JSON.parse(line) as Record<string, unknown>)[id])]);
      yield page;
      last = page.at(-1)?.[0];
    }
  }

  /**
   * May we read this form? Newer versions answer a missing right with an empty list, so that an empty form is asked
   * for its description as well: that is refused with words.
   */
  async probe(stream: Stream): Promise<void> {
    const { count } = await this.list(stream, { limit: 1 });
    if (count > 0) return;
    const data = JSON.stringify({ FormId: stream.vendorName });
    await this.http.post(servicePath('form'), { body: { parameters: [data] } });
  }

  /** Asks again without a key that the tenant does not have, if the contract can do without it. */
  private async rows(stream: Stream, query: (fields: readonly string[]) => BillQuery): Promise<RawRecords> {
    const missing = this.missing.get(stream.name) ?? new Set<string>();
    this.missing.set(stream.name, missing);
    for (;;) {
      const asked = stream.fields.map(({ name }) => name).filter((name) => !missing.has(name));
      try {
        return await this.send(stream, query(asked));
      } catch (error) {
        const unknown = unknownField(error, asked);
        if (unknown === undefined) throw error;
        if (stream.fields.find(({ name }) => name === unknown)?.isRequired)
          throw cannotDoWithout(stream, unknown, error);
        missing.add(unknown);
      }
    }
  }

  private send(stream: Stream, { fields, filter, order, limit }: BillQuery): Promise<RawRecords> {
    const data = {
      FormId: stream.vendorName,
      FieldKeys: fields.join(','),
      FilterString: filter,
      OrderString: order,
      TopRowCount: 0, // anything else is an end row, not a count
      StartRow: 0,
      Limit: limit,
      SubSystemId: '',
    };
    const body = { parameters: [JSON.stringify(data)] };
    return this.http.records('POST', servicePath('rows'), { path: [], keys: fields }, { body });
  }
}

function cursorOf(stream: Stream) {
  if (!stream.cursor) throw new Error(`stream ${stream.name} has no cursor`);
  return stream.cursor;
}

/** Text in a FilterString; cursors come from the vendor or from a user's dates, so a quote is refused, not escaped. */
function quoted(text: string): string {
  if (!/^[\d :.T-]+$/.test(text)) throw new MillraceError('bad_request', { what: `Not a time: ${text}` });
  return `'${text}'`;
}

function digits(text: string): string {
  if (!z.string().regex(/^\d+$/).safeParse(text).success) {
    throw new MillraceError('bad_answer', { what: `An internal id that is no number: ${text}` });
  }
  return text;
}

/** Which of our keys the vendor says it does not have. It names the key without what stands behind the first point. */
function unknownField(error: unknown, asked: readonly string[]): string | undefined {
  if (!(error instanceof MillraceError) || error.code !== 'bad_request') return undefined;
  const named = /标识为\s*["“']?([\w.]+?)["”']?\s*的字段不存在/.exec(error.what)?.[1]?.toLowerCase();
  if (named === undefined) return undefined;
  return asked.find((name) => [name, name.split('.')[0]].some((each) => each?.toLowerCase() === named));
}

function cannotDoWithout(stream: Stream, field: string, cause: unknown): MillraceError {
  return new MillraceError('bad_request', {
    what: `This tenant's form ${stream.vendorName} has no field ${field}, which stream ${stream.name} needs`,
    where: `stream ${stream.name}`,
    todo: 'Ask the administrator which field replaces it (BOS designer), and change the contract in streams.ts',
    cause,
  });
}

import { z } from 'zod';
import type { Http, ListQuery, Row } from '../kit';
import type { TrytonModel } from './model';
import type { Session } from './session';
import { type Domain, instant, plain } from './values';

/** The two kinds of records: never changed since they were made (write_date is null), and changed. */
export const BRANCHES = ['create_date', 'write_date'] as const;
export type Branch = (typeof BRANCHES)[number];

const KEYS_PER_PAGE_ROW = 10; // a key is a tenth of a record, or less
const rows = z.array(z.looseObject({ id: z.number() }));
const ids = z.array(z.number());
const companies = z.array(z.looseObject({ 'currency.': z.looseObject({ code: z.string() }) }));

/** Lists and searches of one server. */
export class Records {
  private readonly http: Http;
  private readonly session: Session;
  readonly pageRows: number;

  constructor(http: Http, session: Session, pageRows: number) {
    this.http = http;
    this.session = session;
    this.pageRows = pageRows;
  }

  /** One page of a branch by (time, id): all rows of a transaction bear one time, to the microsecond. */
  async list(model: TrytonModel, branch: Branch, query: ListQuery): Promise<Row[]> {
    const domain = [
      model.domain,
      ...(branch === 'create_date' ? [['write_date', '=', null]] : [['write_date', '!=', null]]),
      ...range(branch, query),
    ];
    const order = [
      [branch, 'ASC'],
      ['id', 'ASC'],
    ];
    const found = rows.parse(await this.search(model, domain, query.limit, order));
    return found.flatMap((row) => recordsOf(model, row));
  }

  /** Reads nothing but whether it may be read. */
  async probe(model: TrytonModel): Promise<void> {
    await this.search(model, model.domain, 1, [['id', 'ASC']]);
  }

  async *keys(model: TrytonModel): AsyncGenerator<string[][]> {
    const limit = this.pageRows * KEYS_PER_PAGE_ROW;
    for (let last = 0; ; ) {
      const domain = [model.domain, ['id', '>', last]];
      if (model.expand) {
        const found = rows.parse(await this.search(model, domain, limit, [['id', 'ASC']]));
        last = found.at(-1)?.id ?? last;
        if (found.length === 0) return;
        yield found
          .flatMap((row) => recordsOf(model, row))
          .map((row) => model.stream.key.map((field) => String(row[field])));
        continue;
      }
      const found = ids.parse(await this.call(model, 'search', domain, 0, limit, [['id', 'ASC']]));
      if (found.length === 0) return;
      last = found.at(-1) ?? last;
      yield found.map((id) => [String(id)]);
    }
  }

  /** ISO code of the currency in which the user's company keeps its books. */
  async currencyOfCompany(): Promise<string> {
    const id = await this.session.company(this.http);
    const [company] = companies.parse(
      await this.session.call(this.http, 'model.company.company.read', [id], ['currency.code']),
    );
    return company?.['currency.'].code ?? '';
  }

  private search(
    model: TrytonModel,
    domain: Domain,
    limit: number,
    order: readonly unknown[],
  ): Promise<unknown> {
    return this.call(model, 'search_read', domain, 0, limit, order, model.fields);
  }

  private call(model: TrytonModel, method: string, ...parameters: unknown[]): Promise<unknown> {
    return this.session.call(this.http, `model.${model.stream.vendorName}.${method}`, ...parameters);
  }
}

function range(branch: Branch, { from, after, to }: ListQuery): Domain {
  const until = to === undefined ? [] : [[branch, '<=', instant(to)]];
  if (after) {
    const at = instant(after.cursor);
    return [
      [
        'OR',
        [[branch, '>', at]],
        [
          [branch, '=', at],
          ['id', '>', Number(after.tie)],
        ],
      ],
      ...until,
    ];
  }
  return from === undefined ? until : [[branch, '>=', instant(from)], ...until];
}

/** The answer's record with plain values; of a model that is spread, one record for each element of its list. */
function recordsOf({ stream, expand }: TrytonModel, row: Record<string, unknown>): Row[] {
  const record: Row = Object.fromEntries(Object.entries(row).map(([field, value]) => [field, plain(value)]));
  record.last_modified_at = record.write_date ?? record.create_date;
  if (!expand) return [record];
  const { [expand.from]: list, id, ...rest } = record;
  const owner = stream.cursor?.tie ?? 'id';
  return (Array.isArray(list) ? list : []).map((element) => ({
    ...rest,
    [owner]: id,
    [expand.to]: element as unknown,
  }));
}

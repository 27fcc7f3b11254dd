import { MillraceError } from '../../connectors/kit';
import { literal, quoted } from '../warehouse';
import type { BuiltModel } from './build';
import { changedRecords, rawOf, recordTable } from './changedRecords';
import { explained, type Generation } from './generation';
import type { Incremental, IncrementalSource } from './header';
import type { Plan, Published } from './plan';
import type { Model, Project } from './project';
import { changedEntities, stagingSelect, type StagingParts } from './staging';
import { functionsCalled } from './sqlTree';

/** How a model was built: what `BuiltModel` adds to its name and size. */
type How = Pick<BuiltModel, 'method' | 'reason' | 'changedKeys'>;

/** Rows of a table that differ between the published generation and this one, old ones and new ones, in a temp table. */
type Difference = { table: string; rows: number } | { unsure: string };

/** Above this share of a model's rows, computing all of them is cheaper than finding out which. */
const LARGE_SHARE = 0.25;

/** Above this many rows, looking whether a table is the same costs more than building what reads it. */
const MOST_COMPARED = 50_000;

/** Why a model is built whole this time: an answer, not an error. */
class Unsure extends Error {}

/**
 * Builds models, those with an incremental header only where changes reach: finds the keys of changed source rows, computes the
 * rows of these keys anew over sources narrowed to them, and puts them in the place of the old ones. Whatever makes it unsure
 * which keys are reached (another day or other files, a source without a way to it, SQL of a connector that is not row by row)
 * leads to a full build. That both give the same rows is for the header to promise and for a test to prove.
 */
export class Increments {
  private readonly generation: Generation;
  private readonly models: ReadonlyMap<string, Model>;
  private readonly entities: ReadonlyMap<string, Model>;
  private readonly plan: Plan;
  /** Undefined where staging holds tables of a test, whose changes nobody records. */
  private readonly parts: StagingParts | undefined;
  private readonly differences = new Map<string, Difference>();
  private readonly temporary: string[] = [];

  constructor(
    generation: Generation,
    { models, entities }: Project,
    plan: Plan,
    parts: StagingParts | undefined,
  ) {
    this.generation = generation;
    this.models = new Map(models.map((model) => [model.name, model]));
    this.entities = new Map(entities.map((entity) => [entity.name, entity]));
    this.plan = plan;
    this.parts = parts;
  }

  async build(model: Model): Promise<How> {
    const { incremental } = model.header;
    if (!incremental) {
      await this.generation.build(model);
      return { method: 'full', reason: null, changedKeys: null };
    }
    try {
      const keys = await this.changedKeys(model, incremental);
      await explained(model, () => this.merge(model, incremental, keys));
      return { method: 'incremental', reason: null, changedKeys: keys.rows };
    } catch (error) {
      if (!(error instanceof Unsure)) throw error;
      await this.generation.build(model);
      return { method: 'full', reason: error.message, changedKeys: null };
    }
  }

  /** Whether a model just built has the very rows that are published. Of a large one it is not asked. */
  async isSame(model: Model): Promise<boolean> {
    const { session, tableOf } = this.generation;
    const known = this.differences.get(model.name);
    if (known) return 'rows' in known && known.rows === 0;
    if (!this.generation.isNext(model.name) || !this.plan.published.has(model.name)) return false;
    const [count] = await session.rows(`select count(*) as n from ${tableOf(model.name)}`);
    if (Number(count?.n) > MOST_COMPARED) return false;
    const difference = await this.compare(model, model.name, tableOf(model.name));
    this.differences.set(model.name, difference);
    return 'rows' in difference && difference.rows === 0;
  }

  /** Takes away the temp tables; on Postgres they would stay with the connection. */
  async close(): Promise<void> {
    for (const table of this.temporary.splice(0))
      await this.generation.session.run(`drop table if exists ${table}`);
  }

  /** A temp table with the keys that changes reach. Throws Unsure. */
  private async changedKeys(
    model: Model,
    { key, sources }: Incremental,
  ): Promise<{ table: string; rows: number }> {
    const own = this.plan.published.get(model.name);
    if (this.plan.isFull || !own) throw new Unsure(this.plan.reason || 'never built');
    const selects: string[] = [];
    for (const name of model.reads) {
      const select = await this.changesOf(name, own, sources, key);
      if (select !== undefined) selects.push(select);
    }
    const list = key.map(quoted).join(', ');
    const none = `select ${list} from ${model.name} where false`;
    const table = await this.createTemporary(
      `changed_${model.name.replace('.', '_')}`,
      `select distinct ${list} from (${[none, ...selects].join('\nunion all\n')}\n) as changed`,
    );
    const [counts] = await this.generation.session.rows(
      `select (select count(*) from ${table}) as keys, (select count(*) from ${model.name}) as rows,
         (select count(*) from ${table} where ${key.map((column) => `${quoted(column)} is null`).join(' or ')}) as nulls`,
    );
    if (Number(counts?.nulls) > 0) throw new Unsure('a changed row has no key');
    if (Number(counts?.keys) > Number(counts?.rows) * LARGE_SHARE) throw new Unsure('a large part changed');
    return { table, rows: Number(counts?.keys) };
  }

  /** A SELECT of the keys that changes of one source reach; undefined when it did not change. Throws Unsure. */
  private async changesOf(
    name: string,
    own: Published,
    sources: readonly IncrementalSource[],
    key: readonly string[],
  ): Promise<string | undefined> {
    const difference = name.startsWith('staging.')
      ? await this.recordsOf(name, own)
      : await this.differenceOf(name, own);
    if (difference === undefined || ('rows' in difference && difference.rows === 0)) return undefined;
    if ('unsure' in difference) throw new Unsure(difference.unsure);
    const source = sources.find(({ table }) => table === name);
    if (!source) throw new Unsure(`${name} changed`);
    const list = key.map(quoted).join(', ');
    if (source.via === undefined) return `select ${list} from ${difference.table}`;
    const [records] = sources;
    const via = quoted(source.via);
    return `select ${key.map((column) => `record.${quoted(column)}`).join(', ')}
      from ${this.generation.tableOf(records?.table ?? '')} as record
      join (select distinct connection, source_id from ${difference.table}) as reached
        on reached.connection = record.connection and reached.source_id = record.${via}`;
  }

  /** Records of a staging entity that may have other rows: (connection, source_id). */
  private async recordsOf(entity: string, own: Published): Promise<Difference | undefined> {
    if (!this.parts) return { unsure: 'staging holds tables' };
    const changed = this.plan.changedSince(own.knownAt);
    if (!changedEntities(this.parts, new Set(changed.keys())).has(entity)) return undefined;
    const known = `${entity} since ${own.knownAt}`;
    const found = this.differences.get(known);
    if (found) return found;
    const { session } = this.generation;
    const records = await changedRecords(session, this.parts.get(entity) ?? [], changed, own.knownAt);
    const difference =
      'unsure' in records ? records : await this.kept(`records_${this.differences.size}`, records.select);
    this.differences.set(known, difference);
    return difference;
  }

  /** What differs in a table of this build; undefined when it was not built and has not been built since. */
  private async differenceOf(name: string, own: Published): Promise<Difference | undefined> {
    const model = this.models.get(name);
    if (!model) return name.startsWith('seeds.') ? undefined : { unsure: `it reads ${name}` };
    const published = this.plan.published.get(name);
    if (!published || published.generation > own.generation) return { unsure: `${name} was built alone` };
    if (!this.plan.wanted.has(name)) return undefined;
    const found = this.differences.get(name);
    if (found) return found;
    const difference = await this.compare(model, name, this.generation.tableOf(name));
    this.differences.set(name, difference);
    return difference;
  }

  private async compare(model: Model, before: string, after: string): Promise<Difference> {
    const { session, dialect } = this.generation;
    const columns = await dialect.columnsOf(session, `select * from ${after}`);
    if (columns.some(({ type }) => type.toLowerCase() === 'json'))
      return { unsure: `${model.name} cannot be compared` };
    const except = model.header.key.length > 0 ? 'except' : 'except all'; // a key: no row is there twice
    return this.kept(
      `differs_${model.name.replace('.', '_')}`,
      `(select * from ${before} ${except} select * from ${after}) union all (select * from ${after} ${except} select * from ${before})`,
    );
  }

  /** Computes the rows of the keys anew and puts them in the place of the old ones. */
  private async merge(
    model: Model,
    { key, sources }: Incremental,
    keys: { table: string; rows: number },
  ): Promise<void> {
    const { session } = this.generation;
    if (keys.rows === 0) {
      this.differences.set(model.name, { table: model.name, rows: 0 });
      return;
    }
    const isReached = `(${key.map(quoted).join(', ')}) in (select ${key.map(quoted).join(', ')} from ${keys.table})`;
    const narrowed = new Map<string, string>();
    for (const { table } of sources.filter(({ via }) => via === undefined)) {
      const whole = `(select * from ${this.generation.tableOf(table)} where ${isReached})`;
      narrowed.set(table, (await this.narrowedStaging(table, keys.table)) ?? whole);
    }
    const suffix = model.name.replace('.', '_');
    const before = await this.createTemporary(
      `before_${suffix}`,
      `select * from ${model.name} where ${isReached}`,
    );
    const after = await this.createTemporary(`after_${suffix}`, this.generation.sqlOf(model, narrowed));
    await session.run(`delete from ${model.name} where ${isReached}`);
    await session.run(`insert into ${model.name} select * from ${after}`);
    this.differences.set(model.name, await this.compare(model, before, after));
  }

  /** A staging entity's rows of some records, the raw tables narrowed: a filter over the view would compute all rows first. */
  private async narrowedStaging(name: string, keys: string): Promise<string | undefined> {
    const entity = this.entities.get(name);
    const parts = this.parts?.get(name) ?? [];
    if (!entity || parts.length === 0 || parts.some((part) => recordTable(part) === undefined))
      return undefined;
    const { session, dialect } = this.generation;
    const select = await stagingSelect(session, dialect, entity, parts, (part) => {
      const record = recordTable(part) ?? '';
      const ofConnection = `select source_id from ${keys} where connection = ${literal(part.connection.name)}`;
      return new Map([
        [record, `(select * from ${rawOf(part, record)} where _source_id in (${ofConnection}))`],
      ]);
    });
    return `(${select})`;
  }

  private async kept(name: string, select: string): Promise<Difference> {
    const table = await this.createTemporary(name, select);
    const [count] = await this.generation.session.rows(`select count(*) as n from ${table}`);
    return { table, rows: Number(count?.n) };
  }

  private async createTemporary(name: string, select: string): Promise<string> {
    const { session, dialect } = this.generation;
    await session.run(`create temp table ${name} as ${select}`);
    if (dialect.engine === 'postgres') await session.run(`analyze ${name}`);
    this.temporary.push(name);
    return name;
  }
}

/** Refuses an incremental header that cannot be kept. Errors: `model_failed`. */
export function checkIncremental({ file, reads, header, parsed }: Model): void {
  if (!header.incremental) return;
  const { key, sources } = header.incremental;
  const unread = sources.filter(({ table }) => !reads.includes(table)).map(({ table }) => table);
  const [first] = sources;
  const staged = sources.filter(({ table, via }) => via === undefined && table.startsWith('staging.'));
  const problem =
    unread.length > 0
      ? `it does not read ${unread.join(', ')}`
      : functionsCalled(parsed).has('known_at')
        ? 'it calls known_at(), which is another one in each generation'
        : first?.via !== undefined
          ? 'the first source must carry the key; the others are found through it'
          : staged.length > 0 && key.some((column) => column !== 'connection' && column !== 'source_id')
            ? 'records of a staging entity are told apart by connection and source_id only'
            : undefined;
  if (problem === undefined) return;
  throw new MillraceError('model_failed', {
    what: `The model cannot be incremental: ${problem}`,
    where: `file ${file}`,
    todo: 'Correct the incremental line, or take it away: docs/models.md',
  });
}

import { MillraceError, messageOf } from '../../connectors/kit';
import { type Dialect, literal, quoted, type Session } from '../warehouse';
import { computedOf, fillComputed } from './computed';
import { ensureFrozenCopy } from './frozenCopies';
import type { Model } from './project';
import { withTables } from './sqlTree';

/**
 * The tables of a generation while it is built. A table built anew stands as <schema>.<name>__next until the swap: DROP and
 * CREATE of the published name would make readers on Postgres wait from then to the commit. Everything happens in the
 * caller's transaction, so a build that fails leaves nothing.
 */
export class Generation {
  readonly session: Session;
  readonly dialect: Dialect;
  /** Names whose new table stands beside the published one. */
  private readonly next = new Set<string>();

  constructor(session: Session, dialect: Dialect) {
    this.session = session;
    this.dialect = dialect;
  }

  /** Where a table stands for the rest of this build. */
  readonly tableOf = (name: string): string => (this.next.has(name) ? `${name}__next` : name);

  isNext(name: string): boolean {
    return this.next.has(name);
  }

  /** Makes a new table under its name of the meantime. */
  async create(name: string, fill: (table: string) => Promise<void>): Promise<void> {
    await fill(`${name}__next`);
    this.next.add(name);
  }

  /** A model's SELECT over the tables as they stand in this build; `others` stand for some of them. */
  sqlOf({ parsed, reads }: Model, others: ReadonlyMap<string, string> = new Map()): string {
    const tables = reads.map((table) => [table, others.get(table) ?? this.tableOf(table)] as const);
    return withTables(parsed, new Map(tables.filter(([table, stands]) => table !== stands)));
  }

  /** Builds a model anew, whole. Errors: `model_failed`. */
  async build(model: Model): Promise<void> {
    await explained(model, () =>
      this.create(model.name, async (table) => {
        const computed = computedOf(model);
        if (computed) await fillComputed(this.session, this.dialect, table, computed, this.sqlOf(model));
        else await this.session.run(`create table ${table} as ${this.sqlOf(model)}`);
        await index(this.session, this.dialect, model, table);
        await analyze(this.session, this.dialect, table);
      }),
    );
    await comment(this.session, model, this.tableOf(model.name));
    await ensureFrozenCopy(this.session, this.dialect, model.name, this.tableOf(model.name));
  }

  /** Keeps the published table: the new one, if there is one, has the same rows. */
  async discard(name: string): Promise<void> {
    if (this.next.delete(name)) await this.session.run(`drop table ${name}__next`);
  }

  /** The new tables take the published names. Short: on Postgres readers of these tables wait from here to the commit. */
  async swap(): Promise<void> {
    for (const name of this.next) {
      await this.session.run(`drop table if exists ${name}`);
      await this.session.run(`alter table ${name}__next rename to ${name.slice(name.indexOf('.') + 1)}`);
    }
    this.next.clear();
  }
}

/** An engine's refusal of a model's SQL, with the file it stands in. */
export async function explained<T>({ file }: Model, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof MillraceError) throw cause;
    throw new MillraceError('model_failed', {
      what: `A model could not be built: ${messageOf(cause)}`,
      where: `file ${file}`,
      todo: 'Correct the SQL; the published tables are unchanged',
      cause,
    });
  }
}

/** Indexes have names of Postgres's own making, so that those of the table they replace are not in the way. */
async function index(session: Session, { engine }: Dialect, { header }: Model, table: string): Promise<void> {
  if (engine !== 'postgres') return;
  for (const column of header.indexes) await session.run(`create index on ${table} (${quoted(column)})`);
}

/** Postgres plans the next models by what it knows of this table, and its own look at tables comes after the commit. */
async function analyze(session: Session, { engine }: Dialect, table: string): Promise<void> {
  if (engine === 'postgres') await session.run(`analyze ${table}`);
}

async function comment(session: Session, { header }: Model, table: string): Promise<void> {
  const lines = [...header.columns].map(
    ([column, meaning]) => `comment on column ${table}.${quoted(column)} is ${literal(meaning)}`,
  );
  const grain = header.grain === '' ? '' : ` Grain: ${header.grain}`;
  await session.run(
    [`comment on table ${table} is ${literal(`${header.what}${grain}`)}`, ...lines].join(';\n'),
  );
}

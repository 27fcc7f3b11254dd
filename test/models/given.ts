import { buildModels, DuckDbWarehouse, type Row, type Session, type Warehouse } from '../../warehouse';
import { modelFiles } from '../../warehouse/models/modelFile';

/** What a case says about one record: contract columns of its staging entity (models/staging/<entity>.sql). */
export type Given = Record<string, string | number | boolean | null>;

export interface Case {
  /** The as-of day, `YYYY-MM-DD`: business_today(). */
  today: string;
  /** Records per staging entity; what a record does not say is filled by {@link defaultOf}. */
  entities: Record<string, Given[]>;
  /** Rows of tables of our own that models read: `ops.calendar_override`. */
  tables?: Record<string, Given[]>;
  /** Another folder of models; default all of them. */
  folder?: string;
  /** What people did in the hub, in this order. */
  events?: GivenEvent[];
}

/** A row of ops.event; the chain of hashes is not the business of models. */
export interface GivenEvent {
  id: string;
  kind: string;
  actor: string;
  subject?: string;
  body: Record<string, unknown>;
  reason?: string;
  /** `YYYY-MM-DD HH:MM:SS`, UTC. */
  happenedAt: string;
}

export interface BuiltCase {
  /** For what reads the built tables in its own way (Cube). */
  warehouse: Warehouse;
  /** Decimals and dates come back as exact text. */
  rows(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** An empty warehouse of the engine that a test asks for. */
export type OpenEngine = () => Promise<Warehouse>;
const inMemory: OpenEngine = () => DuckDbWarehouse.open({ file: ':memory:' });

/** A warehouse (in memory) with these staging records, all models built by the real runner and all model tests passed. */
export async function given(
  { today, entities, tables = {}, events = [], folder }: Case,
  open = inMemory,
): Promise<BuiltCase> {
  const warehouse = await open();
  try {
    await warehouse.transaction(async (session) => {
      for (const contract of modelFiles('staging')) {
        await session.run(`create table ${contract.name} as ${contract.sql}`);
        const columns = (await warehouse.dialect.columnsOf(session, contract.sql)).map(({ name }) => name);
        for (const record of entities[contract.name.replace('staging.', '')] ?? []) {
          const unknown = Object.keys(record).filter((name) => !columns.includes(name));
          if (unknown.length > 0) throw new Error(`${contract.name} has no column ${unknown.join(', ')}`);
          const values = columns.map((name) => (name in record ? (record[name] ?? null) : defaultOf(name)));
          await session.run(
            `insert into ${contract.name} values (${columns.map(() => '?').join(', ')})`,
            values,
          );
        }
      }
      for (const [table, records] of Object.entries(tables)) {
        for (const record of records) {
          const columns = Object.keys(record);
          await session.run(
            `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
            Object.values(record),
          );
        }
      }
      for (const [number, event] of events.entries()) await insertEvent(session, number + 1, event);
    });
    await buildModels(warehouse, {
      runId: 'test',
      connections: [],
      asOfDate: today,
      keepStaging: true,
      ...(folder !== undefined && { folder }),
    });
  } catch (error) {
    await warehouse.close();
    throw error;
  }
  return { warehouse, rows: (sql) => warehouse.rows(sql), close: () => warehouse.close() };
}

/** {@link given}, built before the tests of the `describe` it stands in and closed after them. */
export function givenOnce(once: Case): BuiltCase['rows'] {
  let built: BuiltCase | undefined;
  beforeAll(async () => {
    built = await given(once);
  });
  afterAll(() => built?.close());
  return async (sql) => (await built?.rows(sql)) ?? [];
}

const insertEvent = (session: Session, sequence: number, event: GivenEvent) =>
  session.run(
    `insert into ops.event (event_id, sequence, kind, actor, subject, body, reason, happened_at, hash)
     values (?, ?, ?, ?, ?, cast(? as json), ?, cast(? as timestamp), 'not chained')`,
    [
      event.id,
      sequence,
      event.kind,
      event.actor,
      event.subject ?? event.id,
      JSON.stringify(event.body),
      event.reason ?? null,
      event.happenedAt,
    ],
  );

function defaultOf(column: string): Given[string] {
  if (column === 'connection') return 'erp';
  if (column === 'kind') return 'erp';
  if (column === 'is_counted') return true;
  if (column.startsWith('is_')) return false;
  if (column === 'recorded_at' || column === 'source_updated_at') return '2024-01-01 00:00:00';
  return null;
}

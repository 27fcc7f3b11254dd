import { z } from 'zod';
import { noteWritten, type Session, type Value, type Warehouse } from '../../warehouse';

const text = z.string().trim().min(1);

/** A stage as the CRM knows it, by its key or by its name. The order of the list is the order of the pipeline. */
const stageSchema = z.preprocess(
  (value) => (typeof value === 'string' ? { stage: value } : value),
  z.strictObject({
    stage: text,
    /** Keys or names it had before: a move of old times into one of them is a move into this stage. */
    formerly: z.array(text).default([]),
    outcome: z.enum(['won', 'lost'], 'write won or lost, or leave it out').optional(),
    /** What must be there before an opportunity leaves the stage, for example 规格书已确认. */
    gate: text.optional(),
  }),
);

const pipelineSchema = z
  .strictObject({
    connection: text,
    /** Opportunities of this business line; without it those of all lines that have no pipeline of their own. */
    businessLine: text.optional(),
    stages: z.array(stageSchema).min(2, 'a pipeline has at least a first stage and the won one'),
  })
  .superRefine(({ stages }, context) => {
    const seen = new Map<string, number>();
    for (const [at, { stage, formerly }] of stages.entries())
      for (const word of [stage, ...formerly]) {
        const before = seen.get(word);
        if (before !== undefined)
          context.addIssue({
            code: 'custom',
            path: ['stages', at],
            message: `"${word}" already stands for stage ${before + 1} of this pipeline; write it once`,
          });
        else seen.set(word, at);
      }
    const won = stages.flatMap(({ outcome }, at) => (outcome === 'won' ? [at] : []));
    if (won.length > 1)
      context.addIssue({
        code: 'custom',
        path: ['stages', won[1] ?? 0, 'outcome'],
        message: 'a second won stage; a pipeline has one',
      });
    const open = stages.flatMap(({ outcome }, at) => (outcome === undefined ? [at] : []));
    const early = stages.findIndex(({ outcome }, at) => outcome === 'won' && at < (open.at(-1) ?? -1));
    if (early >= 0)
      context.addIssue({
        code: 'custom',
        path: ['stages', early],
        message: 'won comes after the open stages; move it down',
      });
    if (open.length === 0)
      context.addIssue({ code: 'custom', path: ['stages'], message: 'no stage is open; name the first' });
  });

/** `funnel` of millrace.yaml (METRICS 7.1); what it leaves out is as the CRM says. */
export const funnelSchema = z
  .strictObject({
    /** A cohort has this long to reach the next stage (FUN-1). */
    windowDays: z.int('write a number of days').min(1).max(730).default(90),
    /** There and back again within this is a slip of the hand and no move; 0: every move counts. */
    correctionMinutes: z.int('write a number of minutes').min(0).max(10_080).default(60),
    pipelines: z.array(pipelineSchema).default([]),
  })
  .superRefine(({ pipelines }, context) => {
    const seen = new Set<string>();
    for (const [at, { connection, businessLine }] of pipelines.entries()) {
      const name = JSON.stringify([connection, businessLine]);
      if (seen.has(name))
        context.addIssue({
          code: 'custom',
          path: ['pipelines', at],
          message: `a second pipeline of ${connection} for ${businessLine ?? 'all business lines'}; write one, or name its businessLine`,
        });
      seen.add(name);
    }
  })
  .prefault({});

export interface FunnelSettings {
  funnel: z.output<typeof funnelSchema>;
  /** Connections with how often they are asked: "15 minutes". */
  connections: Readonly<Record<string, { every: string }>>;
}

/** Pipelines of connections that are not in the config: where and what, for loadConfig's list of mistakes. */
export function unknownFunnelConnections({
  funnel,
  connections,
}: FunnelSettings): { path: (string | number)[]; what: string }[] {
  const known = Object.keys(connections);
  return funnel.pipelines.flatMap(({ connection }, at) =>
    known.includes(connection)
      ? []
      : [
          {
            path: ['funnel', 'pipelines', at, 'connection'],
            what: `there is no connection "${connection}"; write one of ${known.join(', ')}`,
          },
        ],
  );
}

/** Puts the pipelines and limits into the tables that models read. Writes nothing when they stand there already. */
export async function keepFunnelSettings(warehouse: Warehouse, settings: FunnelSettings): Promise<void> {
  const wanted = tablesOf(settings);
  for (const { table, columns, rows } of wanted) {
    const found = await warehouse.rows(`select ${columns.map(({ name }) => name).join(', ')} from ${table}`);
    const stored = found.map((row) => columns.map(({ name }) => row[name] ?? null));
    if (textOf(stored) === textOf(rows)) continue;
    await warehouse.transaction(async (session) => {
      await rewrite(session, table, columns, rows);
    });
  }
}

interface SettingColumn {
  name: string;
  type: 'varchar' | 'int';
}

const varchar = (name: string): SettingColumn => ({ name, type: 'varchar' });
const int = (name: string): SettingColumn => ({ name, type: 'int' });

function tablesOf({ funnel, connections }: FunnelSettings): {
  table: string;
  columns: SettingColumn[];
  rows: Value[][];
}[] {
  return [
    {
      table: 'ops.funnel_setting',
      columns: [varchar('name'), int('value')],
      // a setting that is the default needs no row: a warehouse without any reads the same
      rows: [
        ...(funnel.windowDays === 90 ? [] : [['window_days', funnel.windowDays]]),
        ...(funnel.correctionMinutes === 60 ? [] : [['correction_minutes', funnel.correctionMinutes]]),
      ],
    },
    {
      table: 'ops.pipeline_stage',
      columns: [
        varchar('connection'),
        varchar('pipeline'),
        varchar('written_as'),
        varchar('stage'),
        int('stage_order'),
        varchar('outcome'),
        varchar('gate'),
      ],
      rows: funnel.pipelines.flatMap(({ connection, businessLine = '', stages }) =>
        stages.flatMap(({ stage, formerly, outcome = null, gate = null }, at) =>
          [stage, ...formerly].map((word) => [connection, businessLine, word, stage, at + 1, outcome, gate]),
        ),
      ),
    },
    {
      table: 'ops.sync_interval',
      columns: [varchar('connection'), int('minutes')],
      rows: Object.entries(connections).map(([name, { every }]) => [name, minutesOf(every)]),
    },
  ];
}

async function rewrite(
  session: Session,
  table: string,
  columns: readonly SettingColumn[],
  rows: readonly Value[][],
): Promise<void> {
  await session.run(`delete from ${table}`);
  const values = columns.map(({ type }) => `cast(? as ${type})`).join(', ');
  for (const row of rows) await session.run(`insert into ${table} values (${values})`, row);
  await noteWritten(session, table);
}

const MINUTES: Readonly<Record<string, number>> = { minutes: 1, hours: 60, days: 1440 };

function minutesOf(every: string): number {
  const [count = '', unit = ''] = every.split(' ');
  return Number(count) * (MINUTES[unit] ?? 1);
}

const textOf = (rows: readonly (readonly unknown[])[]): string =>
  JSON.stringify(rows.map((row) => JSON.stringify(row)).toSorted());

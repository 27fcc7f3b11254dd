import { z } from 'zod';
import { funnelSchema } from './funnelSettings';
import { healthSchema } from './healthSettings';
import { stallSchema } from './pipelineSettings';

const NAME = /^[a-z][a-z0-9_]*$/;
const every = z
  .string()
  .regex(
    /^[1-9]\d* (minutes|hours|days)$/,
    'write a number and minutes, hours or days, for example "15 minutes"',
  );
const amount = z.string().regex(/^\d+(\.\d{1,2})?$/, 'write an amount in CNY as text, for example "200.00"');

/** How often the vendor's keys are compared with ours to find what was deleted: one interval, or one for each stream as well. */
const everyOrNever = z.union([every, z.literal('never')]);
const reconcileSchema = z.preprocess(
  (value) => (typeof value === 'string' ? { every: value } : value),
  z
    .strictObject({
      every: everyOrNever.default('1 days'),
      streams: z.record(z.string(), everyOrNever).default({}),
    })
    .prefault({}),
);

const drift = z.enum(['propose', 'freeze', 'quarantine']);

/** One source. What `config` must hold is its connector's spec. */
const connectionSchema = z.strictObject({
  connector: z.string(),
  every: every.default('15 minutes'),
  streams: z.array(z.string()).min(1).optional(),
  reconcile: reconcileSchema,
  /** Fields that the contract does not name: kept and proposed, or the stream stops, or the record steps aside. */
  drift: drift.optional(),
  driftOf: z.record(z.string(), drift).optional(),
  config: z.record(z.string(), z.unknown()).default({}),
  /** Caps for paid calls; without them a connection that costs money makes no call. */
  budget: z
    .strictObject({
      dayCny: amount,
      monthCny: amount,
      /** Beside the money, numbers of calls. */
      dayCalls: z.int().min(1).optional(),
      monthCalls: z.int().min(1).optional(),
    })
    .optional(),
});

const userSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  role: z.enum(['admin', 'finance', 'manager', 'region_manager', 'sales', 'engineer']),
  regions: z.array(z.string()).default([]),
});

const businessDay = z.iso.date('write a day as YYYY-MM-DD');

/** A day on which the company works or rests other than the public calendar says. */
const ownDaySchema = z.strictObject({ day: businessDay, isWorkday: z.boolean(), reason: z.string().min(1) });

/** A customer that holds back a share of each invoice (质保金) which the ERP does not split. */
const retentionSchema = z.strictObject({
  /** Its name, or its id in the hub. */
  customer: z.string().min(1),
  percent: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/, 'write per cent as text, for example "5" or "2.5"'),
  /** From the invoice's date until it is due. */
  months: z.int().min(1).max(120),
});

const backupSchema = z.strictObject({
  every: every.default('1 days'),
  /** Older ones are removed. */
  keep: z.int().min(1, 'keep at least 1').default(7),
  /** Best on another disk; default `backups` in the data folder. */
  folder: z.string().min(1).optional(),
});

/** millrace.yaml. */
export const configSchema = z.strictObject({
  company: z.string().min(1),
  language: z.enum(['zh', 'en']).default('zh'),
  /** Numbers are as of this day: today, or yesterday where sources deliver once a night. */
  asOf: z.enum(['today', 'yesterday']).default('today'),
  /** DuckDB's own memory. */
  memoryLimit: z
    .string()
    .regex(/^\d+(MB|GB)$/, 'write for example "400MB"')
    .default('400MB'),
  /** Address of a Postgres database; without it the warehouse is DuckDB in the data folder. A secret: loadConfig resolves it. */
  warehouse: z.string().optional(),
  connections: z.preprocess(
    (value) => value ?? {}, // `connections:` with all of its entries commented out
    z.record(
      z
        .string()
        .regex(NAME, 'a connection is named by small letters, digits and _, for example kingdee_main'),
      connectionSchema,
    ),
  ),
  /** The hub makes a backup when the last one is older; without it only `millrace backup` does. */
  backup: backupSchema.optional(),
  users: z.array(userSchema).default([]),
  calendar: z.array(ownDaySchema).default([]),
  retention: z.array(retentionSchema).default([]),
  funnel: funnelSchema,
  /** Weights, curves and limits of customer health; without it those of METRICS. */
  health: healthSchema.optional(),
  stall: stallSchema,
});

export type Config = z.infer<typeof configSchema>;

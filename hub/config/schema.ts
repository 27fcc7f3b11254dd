import { z } from 'zod';

const NAME = /^[a-z][a-z0-9_]*$/;
const every = z
  .string()
  .regex(
    /^[1-9]\d* (minutes|hours|days)$/,
    'write a number and minutes, hours or days, for example "15 minutes"',
  );
const amount = z.string().regex(/^\d+(\.\d{1,2})?$/, 'write an amount in CNY as text, for example "200.00"');

/** One source. What `config` must hold is its connector's spec. */
const connectionSchema = z.strictObject({
  connector: z.string(),
  every: every.default('15 minutes'),
  streams: z.array(z.string()).min(1).optional(),
  config: z.record(z.string(), z.unknown()).default({}),
  /** Caps for paid calls; without them a connection that costs money makes no call. */
  budget: z.strictObject({ dayCny: amount, monthCny: amount }).optional(),
});

const userSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  role: z.enum(['admin', 'finance', 'manager', 'region_manager', 'sales', 'engineer']),
  regions: z.array(z.string()).default([]),
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
    .regex(/^\d+(MB|GB)$/, 'write for example "700MB"')
    .default('700MB'),
  connections: z.preprocess(
    (value) => value ?? {}, // `connections:` with all of its entries commented out
    z.record(
      z
        .string()
        .regex(NAME, 'a connection is named by small letters, digits and _, for example kingdee_main'),
      connectionSchema,
    ),
  ),
  users: z.array(userSchema).default([]),
});

export type Config = z.infer<typeof configSchema>;

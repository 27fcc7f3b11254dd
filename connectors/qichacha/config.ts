import { z } from 'zod';
import { secret } from '../kit';
import { SERVICE_NAMES } from './services';

const price = z.string().regex(/^\d+(\.\d{1,2})?$/, 'a price is decimal text in CNY, for example "0.50"');

export const spec = z.object({
  baseUrl: z.url().default('https://api.qichacha.com'),
  appKey: secret(),
  secretKey: secret(),
  services: z.array(z.enum(SERVICE_NAMES)).min(1).default(SERVICE_NAMES),
  /** What your contract says, per call. Services that are not named keep the prices of terms.ts. */
  pricesCny: z.partialRecord(z.enum(SERVICE_NAMES), price).default({}),
  /** A company is asked about again after so many days; `refreshDays` says otherwise for single services. */
  recheckDays: z.int().positive().default(90),
  refreshDays: z.partialRecord(z.enum(SERVICE_NAMES), z.int().positive()).default({}),
  /** Pages of 20 that one check of a service buys at most; the newest come first. */
  maxPages: z.int().positive().default(5),
  /** Companies that are checked besides the customers the host names, after them. */
  companies: z.array(z.object({ creditCode: z.string().optional(), name: z.string() })).default([]),
  /** First pause before a call is repeated; it doubles. */
  retryPauseMs: z.int().positive().default(1_000),
});

export type Config = z.infer<typeof spec>;

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const memoryShape = z.object({
  seed: z.int(),
  /** The day the company shows. */
  today: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  /** Instant of the first start: live changes are counted from it. */
  anchor: z.int(),
});
export type Memory = z.infer<typeof memoryShape>;

/** What the first start decided and every later start keeps, so that it makes the same company and the same changes again. */
export function remember({ folder, seed, today }: { folder: string; seed: number; today: string }): Memory {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'demo.json');
  const kept = read(path);
  if (kept) return kept;
  const memory = { seed, today, anchor: Date.now() };
  writeFileSync(path, `${JSON.stringify(memory)}\n`);
  return memory;
}

function read(path: string): Memory | undefined {
  try {
    return memoryShape.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined; // not there, or cut off by a crash of the first start: decided anew
  }
}

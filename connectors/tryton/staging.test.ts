import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { streams } from './streams';

const folder = join(__dirname, 'staging');
const files = readdirSync(folder).map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') }));

/** The text of one step of a model. */
function step(name: string, sql: string): string | undefined {
  const from = sql.indexOf(`${name} as (`);
  return from < 0 ? undefined : sql.slice(from, sql.indexOf('\n)', from));
}

test.each(['entry', 'ledger', 'counted', 'rate'])(
  'step "%s" reads the same in every model that has it',
  (name) => {
    const texts = files.map(({ sql }) => step(name, sql)).filter((text) => text !== undefined);
    expect(texts.length).toBeGreaterThan(1);
    expect(new Set(texts).size).toBe(1);
  },
);

test.each(files)('the header of $name names what it reads, and every stream exists', ({ sql }) => {
  const header = /^-- sources +(.*)$/m.exec(sql)?.[1]?.split(', ') ?? [];
  const body = sql.replace(/^--.*\n/gm, '');
  const read = new Set([...body.matchAll(/\braw\.[a-z_]+/g)].map(([table]) => table));
  expect(new Set(header)).toEqual(read);
  for (const table of read) expect(streams.map(({ name }) => `raw.${name}`)).toContain(table);
});

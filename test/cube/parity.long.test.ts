import { company } from './company';
import { type CubeUnderTest, cubeOver, east, engines, everyone, seller } from './cubeOver';

type Rows = Record<string, unknown>[];

/** The same model, the same records, two engines: every member of every view, for three kinds of users. */
describe('Cube over DuckDB and over Postgres', () => {
  const over: CubeUnderTest[] = [];
  beforeAll(async () => {
    for (const { open } of engines) over.push(await cubeOver(company, open));
  });
  afterAll(async () => {
    for (const one of over) await one.close();
  });

  const both = async (query: object, user: object) =>
    Promise.all(
      over.map(async (one) => {
        const { status, rows, error } = await one.ask(query, user);
        expect([status, error]).toEqual([200, undefined]);
        return inOrder(rows);
      }),
    );

  test('a whole view gives the same rows: text and money to the letter, ratios to nine digits', async () => {
    const views = (await over[0]?.views()) ?? [];
    expect(views.length).toBeGreaterThan(10);
    let compared = 0;
    for (const { name, measures, dimensions } of views) {
      const query = {
        measures: measures.map((member) => member.name),
        // when each engine's months were frozen is no figure of the company
        dimensions: dimensions.map((member) => member.name).filter((name) => !name.endsWith('.frozen_at')),
        limit: 50_000,
      };
      const isRounded = new Set(
        measures
          .filter(({ meta }) => meta?.unit !== 'CNY' && meta?.unit !== 'count')
          .map((member) => member.name),
      );
      for (const user of [everyone, east, seller]) {
        const [duckDb = [], postgres = []] = await both(query, user);
        expect([name, postgres.map((row) => rounded(row, isRounded))]).toEqual([
          name,
          duckDb.map((row) => rounded(row, isRounded)),
        ]);
        compared += duckDb.length;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  test('measures in all, and by month', async () => {
    for (const { measures, dimensions } of (await over[0]?.views()) ?? []) {
      const names = measures
        .filter(({ meta }) => meta?.unit === 'CNY' || meta?.unit === 'count')
        .map(({ name }) => name);
      const [postgres, duckDb] = await both({ measures: names }, everyone);
      expect(postgres).toEqual(duckDb);
      const times = dimensions.filter(({ type }) => type === 'time').map(({ name }) => name);
      for (const dimension of times) {
        const [one, other] = await both(
          { measures: names, timeDimensions: [{ dimension, granularity: 'month' }] },
          everyone,
        );
        expect([dimension, one]).toEqual([dimension, other]);
      }
    }
  });
});

/** A query without an order gives rows in any. */
const inOrder = (rows: Rows): Rows =>
  rows
    .map((row) => [JSON.stringify(row), row] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, row]) => row);

function rounded(row: Record<string, unknown>, names: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      names.has(name) && typeof value === 'string' ? Number(value).toPrecision(9) : value,
    ]),
  );
}

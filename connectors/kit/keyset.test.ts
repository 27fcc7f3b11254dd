import { z } from 'zod';
import { defineStream } from './contract';
import { durationMs, type Keyset, keysetPages, type ListQuery, minus } from './keyset';
import type { Row } from './records';

const things = defineStream({
  name: 'things',
  vendorName: 'thing',
  key: ['id'],
  cursor: { field: 'at', tie: 'id', overlap: '5 minutes' },
  contract: z.object({ id: z.string(), at: z.string() }),
});

/** Reads with a vendor that answers these pages, whatever it is asked; gives what was asked and the states. */
async function read(pages: Row[][], state?: unknown, request = {}) {
  const asked: ListQuery[] = [];
  const states: unknown[] = [];
  const list = (query: ListQuery) => {
    asked.push(query);
    return Promise.resolve(pages[asked.length - 1] ?? []);
  };
  for await (const page of keysetPages(things, state, 100, list, request)) states.push(page.state);
  return { asked, states };
}

const row = (at: string, id: string): Row => ({ at, id });
const complete = (cursor: string | null, tie: string | null): Keyset => ({ cursor, tie, isComplete: true });

describe('reading by keyset', () => {
  test('goes on behind the last record until a page is empty, however short a page is', async () => {
    const { asked, states } = await read([[row('10:00', '1'), row('10:00', '2')], [row('10:05', '3')]]);
    expect(asked).toEqual([
      { limit: 100 },
      { limit: 100, after: { cursor: '10:00', tie: '2' } },
      { limit: 100, after: { cursor: '10:05', tie: '3' } },
    ]);
    expect(states).toEqual([
      { cursor: '10:00', tie: '2', isComplete: false },
      { cursor: '10:05', tie: '3', isComplete: false },
      complete('10:05', '3'),
    ]);
  });

  test('a new run begins the overlap earlier; a broken one right behind its last record', async () => {
    const cursor = '2026-01-05 08:00:00';
    expect((await read([], complete(cursor, '7'))).asked).toEqual([
      { limit: 100, from: '2026-01-05 07:55:00' },
    ]);
    const broken = { cursor, tie: '7', isComplete: false };
    expect((await read([], broken)).asked).toEqual([{ limit: 100, after: { cursor, tie: '7' } }]);
  });

  test('an overlap that gives only older records does not move the state back', async () => {
    const state = complete('2026-01-05 08:00:00', '7');
    expect((await read([[row('2026-01-05 07:56:00', '3')]], state)).states.at(-1)).toEqual(state);
    const numbers = complete('1000', '1');
    expect((await read([[row('999', '3')]], numbers)).states.at(-1)).toEqual(numbers); // as text 999 would be the later
  });

  test('an empty account stays without a cursor', async () => {
    expect((await read([])).states).toEqual([complete(null, null)]);
  });

  test('a backfill reads its range and nothing of the state', async () => {
    const state = complete('2026-06-01 00:00:00', '9');
    const { asked } = await read([[row('2026-01-02 00:00:00', '1')]], state, {
      from: '2026-01-01',
      to: '2026-01-31',
    });
    expect(asked).toEqual([
      { limit: 100, from: '2026-01-01', to: '2026-01-31' },
      { limit: 100, after: { cursor: '2026-01-02 00:00:00', tie: '1' }, to: '2026-01-31' },
    ]);
  });

  test('a vendor that gives the same page for ever is stopped', async () => {
    const page = [row('10:00', '1')];
    await expect(read([page, page, page])).rejects.toThrow(/ends where the page before ended/);
  });

  test('a cancelled read asks no more', async () => {
    await expect(read([], undefined, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

test.each([
  ['2026-01-05 00:02:00', '5 minutes', '2026-01-04 23:57:00'],
  ['2026-03-01T00:00:00', '1 days', '2026-02-28T00:00:00'],
  ['2026-01-05T08:00:00.250', '30 seconds', '2026-01-05T07:59:30.250'],
  ['2026-01-05 08:00:00.250125', '2 hours', '2026-01-05 06:00:00.250000'],
  ['2026-01-05T08:00:00Z', '1 minutes', '2026-01-05T07:59:00Z'],
  ['2026-01-05T08:00:00+08:00', '1 minutes', '2026-01-05T07:59:00+08:00'],
  ['1767571200000', '1 seconds', '1767571199000'],
] as const)('%s minus %s is %s', (cursor, overlap, expected) => {
  expect(minus(cursor, overlap)).toBe(expected);
});

test('a cursor that is no time has no overlap', () => {
  expect(() => minus('abc', '1 minutes')).toThrow(/neither a time nor milliseconds/);
  expect(durationMs('2 days')).toBe(172_800_000);
});

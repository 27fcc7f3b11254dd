import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { addForecastCommand } from './forecast';

const folder = mkdtempSync(join(tmpdir(), 'millrace-forecast-'));
const file = join(folder, 'invoices.csv');
const day = (offset: number) => new Date(Date.UTC(2026, 0, 5 + offset)).toISOString().slice(0, 10);
const rows = Array.from(
  { length: 80 },
  (_, at) => `${at},C${at % 4},100.10,${day(2 * at)},${day(2 * at + 14)},${day(2 * at + 16)}`,
);
const lines: string[] = [];

beforeAll(() => {
  writeFileSync(
    file,
    ['id,customer,amount,issued,due,paid', ...rows, 'x,C1,ten,2026-01-05,2026-02-05,'].join('\n'),
  );
});
beforeEach(() => {
  lines.length = 0;
  jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  jest.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]): Promise<string> {
  const program = new Command('millrace').option('--json').exitOverride();
  addForecastCommand(program, () => program.opts());
  await program.parseAsync(['forecast', file, ...words], { from: 'user' });
  return lines.join('\n');
}

const answer = z.object({
  read: z.object({ rows: z.number(), badRows: z.array(z.object({ line: z.number(), reason: z.string() })) }),
  known: z.object({ open: z.number(), leftOut: z.record(z.string(), z.number()) }),
  invoices: z.array(
    z.object({ p10: z.string(), p90: z.string(), never: z.number(), daily: z.array(z.number()) }),
  ),
  cash: z.array(z.object({ open: z.string(), weeks: z.array(z.object({ p50: z.string() })) })),
});

test('--json: every open invoice, thirteen weeks, and what was not used', async () => {
  const { read, known, invoices, cash } = answer.parse(
    JSON.parse(await run('--as-of', '2026-05-10', '--json')),
  );
  // issued every second day from 5 January, paid 16 days later: on 10 May 63 are issued, those of the last 15 days open
  expect(known).toMatchObject({ open: 8, leftOut: { 'issued later': 17 } });
  expect(read).toEqual({
    rows: 81,
    badRows: [{ line: 82, reason: 'amount: "ten" is no amount with at most two decimals' }],
  });
  for (const { daily, never, p10, p90 } of invoices) {
    expect(Math.abs(daily.reduce((sum, share) => sum + share, never) - 1)).toBeLessThan(1e-9);
    expect('2026-05-10' < p10 && p10 <= p90).toBe(true);
  }
  expect(cash.map(({ open, weeks }) => [open, weeks.length])).toEqual([['800.80', 13]]);
  expect(process.exitCode).toBe(1);
});

test('without --json: tables for people, the bad row named', async () => {
  const text = await run('--as-of', '2026-05-10');
  expect(text).toContain('81 rows: 80 invoices, 1 bad rows');
  expect(text).toContain('line 82: amount: "ten" is no amount');
  expect(text).toContain('2026-W20');
});

test('--backtest: the rivals, and too few origins said', async () => {
  expect(await run('--as-of', '2026-07-01', '--backtest')).toContain('not enough history');
  const text = await run(
    '--as-of',
    '2026-07-01',
    '--backtest',
    '--every',
    'week',
    '--origins',
    '6',
    '--follow-up',
    '30',
  );
  expect(text).toContain('customer_mean');
  expect(text).toContain('skill of the hub over each');
});

test('a file that is not there and a wrong mapping say what to do', async () => {
  await expect(run('--as-of', '2026-05-10', '--columns', 'paid=nowhere')).rejects.toThrow(
    'no column "nowhere"',
  );
  const program = new Command('millrace').exitOverride();
  addForecastCommand(program, () => ({}));
  await expect(
    program.parseAsync(['forecast', join(folder, 'none.csv'), '--as-of', '2026-05-10'], { from: 'user' }),
  ).rejects.toThrow('The file cannot be read');
});

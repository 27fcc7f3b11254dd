import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { defineStream, integer, json, localTime, money, type Row } from '../connectors/kit';
import { engines } from '../test/support/engines';
import { Spool } from './spool';
import { tableHash } from './tableHash';
import type { Counts, Value, Warehouse } from './warehouse';

const bills = defineStream({
  name: 'bills',
  vendorName: 'bills',
  key: ['org', 'id'],
  cursor: { field: 'modified', tie: 'id', overlap: '5 minutes' },
  amount: 'amount',
  contract: z.object({
    org: z.string(),
    id: z.string(),
    amount: money(),
    pieces: integer().nullable(),
    status: z.enum(['A', 'C']).nullable(),
    modified: localTime('Asia/Shanghai').nullable(),
    lines: json().nullable(),
    remark: z.string().nullable(),
  }),
});

let folder: string;
let warehouse: Warehouse;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-batches-'));
});
afterEach(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

describe.each(engines)('random batches on $name', (engine) => {
  test.each([1, 2])('end as an oracle says, whatever the cut, seed %i', async (seed) => {
    const records = randomRecords(seed, 30);
    const ends: unknown[] = [];
    for (const size of [1, 7, records.length]) {
      warehouse = await open(engine);
      const oracle = new Oracle();
      const random = randomOf(seed);
      let after = 0;
      for (let from = 0; from < records.length; from += size) {
        const part = records.slice(from, from + size);
        const isKilled = random() < 0.3;
        if (isKilled) await expect(load(part, after + 7)).rejects.toThrow(/already committed/); // all is done when it fails
        expect(await load(part, after++, random() < 0.5)).toEqual(oracle.load(part));
      }
      expect(await storedRows()).toEqual(oracle.rows());
      expect(await quarantined()).toEqual(oracle.quarantined());
      ends.push({ hash: await tableHash(warehouse, 'erp', 'bills'), drift: await drift() });
      if (size !== records.length) await warehouse.close();
    }
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
    expect(ends[0]).toMatchObject({ drift: ['Id', 'new "field', 'vip'] });
  });

  test('a row that is marked as deleted revives when it comes again, also unchanged', async () => {
    warehouse = await open(engine);
    const record = good('1', { modified: '2026-01-05 08:00:00' });
    await load([record], 0);
    await warehouse.run("update raw.erp__bills set _deleted_at = timezone('UTC', now())");
    expect(await load([record], 1)).toMatchObject({ loaded: 1, unchanged: 0 });
    expect(await warehouse.rows('select _deleted_at from raw.erp__bills')).toEqual([{ _deleted_at: null }]);
  });

  test('drift policy quarantine: a record with an unknown field steps aside and says so; null is no field', async () => {
    warehouse = await open(engine);
    const records = [good('1', { vip: 'yes', zone: '3' }), good('2'), good('3', { vip: null })];
    for (const [after, areNamesKnown] of [true, false].entries()) {
      const counts = await load(records, after, areNamesKnown, 'quarantine');
      expect(counts).toMatchObject({ read: 3, loaded: after === 0 ? 2 : 0, quarantined: 1 });
    }
    expect(await warehouse.rows('select source_id, reasons from quarantine.record')).toEqual([
      { source_id: 'cn|1', reasons: 'vip: not in the contract; zone: not in the contract' },
    ]);
  });

  test('drift policy freeze: nothing is loaded, the error names the fields, and null is no field', async () => {
    warehouse = await open(engine);
    const records = [good('1', { vip: 'yes', zone: '3' }), good('2')];
    for (const areNamesKnown of [true, false])
      await expect(load(records, 0, areNamesKnown, 'freeze')).rejects.toMatchObject({
        code: 'contract_broken',
        what: 'The vendor sends fields that the contract does not name: vip, zone',
      });
    expect(await storedRows()).toEqual([]);
    expect(await warehouse.streamState('erp', 'bills')).toMatchObject({ batch: 0 });
    expect(await load([good('1', { vip: null })], 0, true, 'freeze')).toMatchObject({ loaded: 1 });
  });
});

test('of 200,000 records of 100,000 keys, read by several threads, the later ones win and bad lines come as they were', async () => {
  warehouse = await open(engines[0] as (typeof engines)[0]);
  const file = join(folder, 'many.ndjson');
  await warehouse.rows(
    `copy (select 'cn' as org, cast(n % 100000 as varchar) as id,
       case when n = 77777 then 'x' else cast(n as varchar) || '.50' end as amount, repeat('长', 50) as remark
       from range(200000) as numbers(n) order by n) to '${file}' (format json)`,
  );
  const counts = await warehouse.loadBatch({
    connection: 'erp',
    stream: bills,
    syncId: 'run',
    file,
    read: 200_000,
    bytes: 1,
    state: 1,
    after: 0,
    fields: ['org', 'id', 'amount', 'remark'],
    largestPage: 1,
  });
  expect(counts).toEqual({ read: 200_000, loaded: 100_000, unchanged: 99_999, quarantined: 1 });
  const [sum] = await warehouse.rows(
    'select count(*) filter (where amount = cast(id as int) + 100000.5) as later from raw.erp__bills',
  );
  expect(Number(sum?.later)).toBe(100_000);
  const [bad] = await warehouse.rows('select source_id, raw from quarantine.record');
  expect(bad).toMatchObject({ source_id: 'cn|77777' });
  expect(JSON.parse(String(bad?.raw))).toMatchObject({ id: '77777', amount: 'x' });
});

async function open(engine: (typeof engines)[number]): Promise<Warehouse> {
  const opened = await engine.open();
  await opened.prepareStream('erp', bills);
  await opened.run(
    "insert into meta.run_stream values ('run', 'erp', 'bills', 0, 0, 0, 0, 0, 0, 0, timezone('UTC', now()), null, 'running', null, null, null)",
  );
  return opened;
}

async function load(
  rows: readonly Row[],
  after: number,
  areNamesKnown = true,
  drift?: 'freeze' | 'quarantine',
): Promise<Counts> {
  const spool = await Spool.create(folder, 'batch');
  await spool.append(rows);
  await spool.finish();
  const { file, rows: read, bytes, fields, largestPage } = spool;
  return warehouse.loadBatch({
    connection: 'erp',
    stream: bills,
    syncId: 'run',
    file,
    read,
    bytes,
    state: { after },
    after,
    largestPage,
    ...(areNamesKnown && fields && { fields }),
    ...(drift && { drift }),
  });
}

async function storedRows() {
  const rows = await warehouse.rows(
    `select _source_id, cast(amount as varchar) as amount, cast(pieces as varchar) as pieces, status, cast(modified as varchar) as modified,
       lines, remark, _extra from raw.erp__bills order by _source_id`,
  );
  const parsed = (value: Value | undefined) =>
    typeof value === 'string' ? (JSON.parse(value) as unknown) : null;
  return rows.map((row) => ({ ...row, lines: parsed(row.lines), _extra: parsed(row._extra) }));
}

async function quarantined() {
  const rows = await warehouse.rows('select raw, reasons from quarantine.record');
  return rows.map((row) => `${String(row.raw)} ${String(row.reasons)}`).sort();
}

async function drift() {
  const rows = await warehouse.rows('select field from meta.unknown_field');
  return rows.map((row) => String(row.field)).sort();
}

const good = (id: string, changes: Row = {}): Row => ({ org: 'cn', id, amount: '1.00', ...changes });

/** The same numbers for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Few keys, so that there are duplicates and older versions; bad values; unknown fields, one of them under a name but for its capitals. */
function randomRecords(seed: number, count: number): Row[] {
  const random = randomOf(seed);
  const one = <T>(...values: T[]): T => values[Math.floor(random() * values.length)] as T;
  return Array.from({ length: count }, (_, n) => ({
    org: one('cn', 'cn', 'hk'),
    id: String(Math.floor(random() * 8)),
    amount: one(
      '1.00',
      '-20.5',
      `${n}.10`,
      ' 7 ',
      '3.00000',
      ...(random() < 0.2 ? ['1,2', '', '1.005', '1e3'] : []),
    ),
    pieces: one(null, '12', '-3.0', ' ', ...(random() < 0.1 ? ['3.5', 'many'] : [])),
    status: one('A', 'C', null, ...(random() < 0.1 ? ['Z'] : [])),
    modified: one(null, ...Array.from({ length: 6 }, (_, day) => `2026-01-0${1 + day} 08:00:00`)),
    ...one<Row>({}, { lines: null }, { lines: [{ price: '1.10', text: '中"\\' }] }),
    ...one<Row>({}, { remark: ' 两 ' }, { remark: '　' }, { remark: '\t' }),
    ...one<Row>({}, {}, {}, { vip: 'x' }, { vip: null }, { 'new "field': { deep: ['1'] }, Id: 'other' }),
  }));
}

type Stored = { row: Record<string, unknown>; cursor: string | null };

/** What a warehouse must hold, worked out record by record in JavaScript. */
class Oracle {
  private readonly stored = new Map<string, Stored>();
  private readonly bad = new Map<string, string>();

  load(records: readonly Row[]): Counts {
    const counts = { read: records.length, loaded: 0, unchanged: 0, quarantined: 0 };
    const newest = new Map<string, Stored>();
    for (const record of records) {
      const reasons = reasonsOf(record);
      if (reasons.length > 0) {
        counts.quarantined++;
        this.bad.set(JSON.stringify(record), reasons.join('; '));
        continue;
      }
      const version = typed(record);
      const key = String(version.row._source_id);
      const other = newest.get(key);
      if (!other || isNotOlder(version, other)) newest.set(key, version);
    }
    for (const [key, version] of newest) {
      const before = this.stored.get(key);
      if (
        before &&
        (!isNotOlder(version, before) || JSON.stringify(before.row) === JSON.stringify(version.row))
      )
        continue;
      this.stored.set(key, version);
      counts.loaded++;
    }
    counts.unchanged = counts.read - counts.loaded - counts.quarantined;
    return counts;
  }

  rows(): unknown[] {
    return [...this.stored.keys()].sort().map((key) => this.stored.get(key)?.row);
  }

  quarantined(): string[] {
    return [...this.bad].map(([line, reasons]) => `${line} ${reasons}`).sort();
  }
}

const isNotOlder = (one: Stored, other: Stored) =>
  other.cursor === null || (one.cursor !== null && one.cursor >= other.cursor);

const blankAsNull = (value: unknown): string | null =>
  typeof value === 'string' && value.replace(/[ \u3000]/g, '') !== '' ? value : null;

function reasonsOf({ amount, pieces, status }: Row): string[] {
  const reasons: string[] = [];
  const money = blankAsNull(amount)?.trim();
  if (money === undefined) reasons.push('amount: missing');
  else if (!/^-?\d{1,16}(\.\d{1,2}0*)?$/.test(money))
    reasons.push('amount: not an amount with at most two decimals');
  const whole = blankAsNull(pieces)?.trim();
  if (whole !== undefined && !/^-?\d{1,18}(\.0+)?$/.test(whole)) reasons.push('pieces: not a whole number');
  if (status === 'Z') reasons.push('status: not one of A, C');
  return reasons;
}

/** `7`, `7.5`, `7.500` as text with two decimals, digit by digit. */
function centsText(text: string): string {
  const [whole = '', decimals = ''] = text.trim().split('.');
  return `${whole}.${decimals.padEnd(2, '0').slice(0, 2)}`;
}

function typed(record: Row): Stored {
  const { org, id, amount, pieces, status, modified, lines, remark, ...unknown } = record;
  for (const [name, value] of Object.entries(unknown)) if (value === null) delete unknown[name];
  const cursor = typeof modified === 'string' ? modified.replace('08:00', '00:00') : null; // Shanghai is eight hours ahead
  const row = {
    _source_id: `${String(org)}|${String(id)}`,
    amount: centsText(String(amount)),
    pieces: blankAsNull(pieces) === null ? null : String(Number(pieces)),
    status,
    modified: cursor,
    lines: lines ?? null,
    remark: blankAsNull(remark),
    _extra: Object.keys(unknown).length === 0 ? null : unknown,
  };
  return { row, cursor };
}

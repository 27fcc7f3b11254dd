import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  defineStream,
  integer,
  json,
  localTime,
  money,
  type OpenSource,
  type Page,
  type Row,
  splitRecords,
} from '../connectors/kit';
import { engines } from '../test/support/engines';
import { loadStream } from './loadStream';
import { tableHash } from './tableHash';
import type { Warehouse } from './warehouse';

const invoices = defineStream({
  name: 'invoices',
  vendorName: 'Invoice',
  key: ['FID'],
  cursor: { field: 'FModifyDate', tie: 'FID', overlap: '5 minutes' },
  amount: 'FAmount',
  snapshot: ['FStatus'],
  contract: z.object({
    FID: z.string(),
    'FCust.FNumber': z.string(),
    FAmount: money(),
    FCount: integer().nullable(),
    FStatus: z.enum(['open', 'paid']),
    FModifyDate: localTime('Asia/Shanghai'),
    FLines: json().nullable(),
  }),
});

let folder: string;
let warehouse: Warehouse;

const invoice = (FID: string, changes: Row = {}): Row => ({
  FID,
  'FCust.FNumber': 'C1',
  FAmount: '100.00',
  FCount: null,
  FStatus: 'open',
  FModifyDate: '2026-01-05 08:00:00',
  FLines: null,
  ...changes,
});

const sourceOf = (pages: Page[]): OpenSource => ({
  streams: [invoices],
  check: () => Promise.resolve(),
  async *read() {
    yield* pages;
  },
});

async function load(rows: Row[], state: unknown = { cursor: 'x' }) {
  await warehouse.run(
    "insert into meta.run_stream values ('run', 'erp', 'invoices', 0, 0, 0, 0, 0, 0, 0, timezone('UTC', now()), null, 'running', null, null, null) on conflict do nothing",
  );
  return loadStream(warehouse, {
    connection: 'erp',
    stream: invoices,
    syncId: 'run',
    source: sourceOf([{ records: rows, state }]),
    spoolFolder: folder,
  });
}

const stored = () => warehouse.rows('select * from raw.erp__invoices order by fid');

describe.each(engines)('loading a stream on $name', ({ open }) => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-load-'));
    warehouse = await open();
  });
  afterEach(async () => {
    await warehouse.close();
    rmSync(folder, { recursive: true });
  });

  test('rows are typed, blanks are NULL, local times become UTC, and the state is kept', async () => {
    const counts = await load([
      invoice('1', { FAmount: 1234.5, FCount: '3', FLines: [{ a: 1.1 }] }),
      invoice('2', { 'FCust.FNumber': 'x ', FCount: ' ' }),
    ]);
    expect(counts).toMatchObject({ read: 2, loaded: 2, unchanged: 0, quarantined: 0 });
    const rows = await stored();
    expect(rows[0]).toMatchObject({
      fid: '1',
      fcust_fnumber: 'C1',
      famount: '1234.50',
      fcount: '3',
      fmodifydate: '2026-01-05 00:00:00',
      _connection: 'erp',
      _source_id: '1',
    });
    expect(JSON.parse(String(rows[0]?.flines))).toEqual([{ a: '1.1' }]);
    expect(rows[1]).toMatchObject({ fcust_fnumber: 'x ', fcount: null });
    expect(await warehouse.streamState('erp', 'invoices')).toEqual({ state: { cursor: 'x' }, batch: 1 });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('bad rows step aside with every reason and their raw record; the others are loaded', async () => {
    const counts = await load([
      invoice('1'),
      invoice('2', { FAmount: '1,2x0.00', FStatus: 'lost', surprise: 'kept' }),
      invoice('3', { FAmount: null }),
    ]);
    expect(counts).toMatchObject({ read: 3, loaded: 1, quarantined: 2 });
    const kept = await warehouse.rows(
      'select source_id, reasons, raw from quarantine.record order by source_id',
    );
    expect(kept[0]).toMatchObject({
      source_id: '2',
      reasons: 'FAmount: not an amount with at most two decimals; FStatus: not one of open, paid',
    });
    expect(JSON.parse(String(kept[0]?.raw))).toMatchObject({ surprise: 'kept' });
    expect(kept[1]).toMatchObject({ reasons: 'FAmount: missing' });
  });

  test('a record with U+0000 in a text, a nested value or an unknown field steps aside; a backslash before it is text', async () => {
    const counts = await load([
      invoice('1', { 'FCust.FNumber': 'C\u00001' }),
      invoice('2', { FLines: [{ note: 'a\u0000b' }] }),
      invoice('3', { surprise: 'a\u0000' }),
      invoice('4', { FLines: [{ note: 'C:\\u0000' }] }),
      invoice('5\u0000'),
    ]);
    expect(counts).toMatchObject({ read: 5, loaded: 1, quarantined: 4 });
    expect((await stored()).map(({ fid }) => fid)).toEqual(['4']);
    const kept = await warehouse.rows(
      'select source_id, reasons, raw from quarantine.record order by source_id',
    );
    expect(kept.map(({ source_id, reasons }) => [source_id, reasons])).toEqual([
      ['1', 'FCust.FNumber: holds the character U+0000'],
      ['2', 'FLines: holds the character U+0000'],
      ['3', 'a field that is not in the contract: holds the character U+0000'],
      ['5', 'FID: holds the character U+0000'],
    ]);
    expect(JSON.parse(String(kept[3]?.raw))).toMatchObject({ FID: '5\u0000' });
  });

  test('the same rows again are unchanged, a newer one wins, an older one never overwrites it', async () => {
    await load([invoice('1'), invoice('2')]);
    expect(await load([invoice('1'), invoice('2')])).toMatchObject({ read: 2, loaded: 0, unchanged: 2 });
    const newer = invoice('1', { FAmount: '150.00', FModifyDate: '2026-01-06 08:00:00' });
    expect(await load([newer, invoice('1', { FAmount: '120.00' })])).toMatchObject({
      read: 2,
      loaded: 1,
      unchanged: 1,
    });
    expect(await load([invoice('1', { FAmount: '90.00' })])).toMatchObject({ loaded: 0, unchanged: 1 });
    expect((await stored())[0]).toMatchObject({ famount: '150.00' });
  });

  test('a change of a snapshot field is kept with the time it was seen', async () => {
    await load([invoice('1')]);
    await load([invoice('1', { FStatus: 'paid', FModifyDate: '2026-02-01 00:00:00' })]);
    expect(
      (await warehouse.rows('select fstatus from raw.erp__invoices__history order by _seen_at')).map(
        (row) => row.fstatus,
      ),
    ).toEqual(['open', 'paid']);
  });

  test('a field that is watched from now on begins with what it is now', async () => {
    await load([invoice('1'), invoice('2')]);
    await warehouse.prepareStream('erp', { ...invoices, snapshot: ['FStatus', 'FAmount'] });
    await warehouse.prepareStream('erp', { ...invoices, snapshot: ['FStatus', 'FAmount'] });
    const history = await warehouse.rows(
      'select _source_id, fstatus, famount from raw.erp__invoices__history order by _source_id, _seen_at, famount nulls first',
    );
    expect(history.map((row) => Object.values(row))).toEqual([
      ['1', 'open', null],
      ['1', 'open', '100.00'],
      ['2', 'open', null],
      ['2', 'open', '100.00'],
    ]);
  });

  test('pages read before a page fails are kept, with their state', async () => {
    await load([]);
    const source: OpenSource = {
      ...sourceOf([]),
      async *read() {
        yield { records: [invoice('1')], state: { page: 1 } };
        throw new Error('the vendor is gone');
      },
    };
    const request = { connection: 'erp', stream: invoices, syncId: 'run', source, spoolFolder: folder };
    await expect(loadStream(warehouse, request)).rejects.toThrow(/the vendor is gone/);
    expect(await stored()).toHaveLength(1);
    expect(await warehouse.streamState('erp', 'invoices')).toMatchObject({ state: { page: 1 } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a batch number that is taken is refused and changes nothing', async () => {
    await load([invoice('1')]);
    const late = loadStreamAt(0);
    await expect(late).rejects.toThrow(/already committed by another worker/);
    expect(await stored()).toHaveLength(1);
  });

  test('fields that the contract does not know are kept and written down; a change of one is a change of the row', async () => {
    await load([invoice('1', { FNew: { a: '1' } }), invoice('2')]);
    expect(JSON.parse(String((await stored())[0]?._extra))).toEqual({ FNew: { a: '1' } });
    expect((await stored())[1]?._extra).toBeNull();
    expect(await warehouse.rows('select field from meta.unknown_field')).toEqual([{ field: 'FNew' }]);
    expect(await load([invoice('1', { FNew: 'other' })])).toMatchObject({ loaded: 1 });
  });

  test('equal rows give equal hashes, whatever their order and sync', async () => {
    await load([invoice('1'), invoice('2')]);
    const first = await tableHash(warehouse, 'erp', 'invoices');
    await warehouse.run('delete from raw.erp__invoices');
    await load([invoice('2')]);
    await load([invoice('1')]);
    expect(await tableHash(warehouse, 'erp', 'invoices')).toEqual(first);
    expect(first.rows).toBe(2);
  });

  test('bytes cut out of a body load like objects, digits exact', async () => {
    const body = Buffer.from(
      JSON.stringify({ rows: [invoice('1')] }).replace('"100.00"', '9007199254740993.13'),
    );
    await warehouse.run(
      "insert into meta.run_stream values ('run', 'erp', 'invoices', 0, 0, 0, 0, 0, 0, 0, timezone('UTC', now()), null, 'running', null, null, null) on conflict do nothing",
    );
    const records = splitRecords(body, { path: ['rows'] });
    await loadStream(warehouse, {
      connection: 'erp',
      stream: invoices,
      syncId: 'run',
      source: sourceOf([{ records, state: 1 }]),
      spoolFolder: folder,
    });
    expect((await stored())[0]).toMatchObject({ famount: '9007199254740993.13' });
  });
});

async function loadStreamAt(after: number) {
  return warehouse.loadBatch({
    connection: 'erp',
    stream: invoices,
    syncId: 'run',
    file: '/nonexistent',
    read: 0,
    bytes: 0,
    state: 1,
    after,
  });
}

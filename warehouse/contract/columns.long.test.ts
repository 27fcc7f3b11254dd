import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { defineStream, type Drift, localTime, money, type OpenSource, type Row } from '../../connectors/kit';
import { engines } from '../../test/support/engines';
import { killAtStatement } from '../../test/support/killAtStatement';
import { loadStream } from '../loadStream';
import { tableHash } from '../tableHash';
import type { Warehouse } from '../warehouse';
import { acceptColumn } from './acceptColumn';
import { KINDS } from './kinds';
import { profile } from './profile';
import { listProposals, rejectColumn } from './proposals';

const orders = defineStream({
  name: 'orders',
  vendorName: 'Order',
  key: ['id'],
  cursor: { field: 'changed', tie: 'id', overlap: '5 minutes' },
  contract: z.object({ id: z.string(), amount: money(), changed: localTime('Asia/Shanghai') }),
});
const order = (id: string, changes: Row = {}): Row => ({
  id,
  amount: '10.00',
  changed: '2026-01-01 00:00:00.5',
  ...changes,
});

describe.each(engines)('proposed columns on $engine', ({ open }) => {
  let folder: string;
  let warehouse: Warehouse;
  let syncs = 0;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-columns-'));
    warehouse = await open();
  });
  afterEach(async () => {
    await warehouse.close();
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  const sourceOf = (read: OpenSource['read']): OpenSource => ({
    streams: [orders],
    check: () => Promise.resolve(),
    read,
  });
  function load(source: OpenSource, drift?: Drift) {
    const request = { connection: 'erp', stream: orders, syncId: `s${++syncs}`, source, spoolFolder: folder };
    return loadStream(warehouse, { ...request, ...(drift && { drift }) });
  }
  const sync = (rows: Row[], drift?: Drift) =>
    load(
      sourceOf(async function* () {
        yield { records: rows, state: syncs };
      }),
      drift,
    );
  const place = (field: string) => ({ connection: 'erp', stream: 'orders', field });
  const accept = (field: string, as: string, isForced = false, column?: string) =>
    acceptColumn(warehouse, {
      connection: 'erp',
      stream: orders,
      field,
      kind: KINDS[as] ?? { kind: 'text' },
      by: 'anna',
      isForced,
      ...(column !== undefined && { column }),
    });
  const stored = (columns: string) => warehouse.rows(`select ${columns} from raw.erp__orders order by id`);

  describe('drift of a stream', () => {
    test('propose keeps what the contract does not name and proposes it', async () => {
      expect(await sync([order('1', { 备注: 'x' })])).toMatchObject({ loaded: 1, quarantined: 0 });
      expect(await listProposals(warehouse)).toMatchObject([
        { connection: 'erp', stream: 'orders', field: '备注', state: 'proposed', kind: null },
      ]);
    });

    test('freeze stops the stream before anything is committed, and names the field', async () => {
      await sync([order('1')]);
      const state = await warehouse.streamState('erp', 'orders');
      await expect(sync([order('2'), order('3', { 备注: 'x' })], 'freeze')).rejects.toMatchObject({
        code: 'contract_broken',
        what: expect.stringContaining('备注') as string,
      });
      expect(await stored('id')).toHaveLength(1);
      expect(await warehouse.streamState('erp', 'orders')).toEqual(state);
      expect(await listProposals(warehouse)).toEqual([]);
    });

    test('quarantine lets only the records with such a field step aside, with its name as the reason', async () => {
      expect(await sync([order('1'), order('2', { 备注: 'x', more: '1' })], 'quarantine')).toMatchObject({
        loaded: 1,
        quarantined: 1,
      });
      const [kept] = await warehouse.rows('select reasons from quarantine.record');
      expect(String(kept?.reasons).split('; ').sort()).toEqual([
        'more: not in the contract',
        '备注: not in the contract',
      ]);
    });
  });

  describe('a proposal', () => {
    test.each([
      ['money', ['1.50', '20', '-3.00']],
      ['quantity', ['1.505', '20', '3.1']],
      ['integer', ['1', '20', '0']],
      ['flag', ['true', 'false', 'TRUE']],
      ['businessDate', ['2026-01-31', '2026-02-28 00:00:00', '2026-03-01']],
      ['localTime', ['2026-01-31 08:00:00', '2026-02-28 09:30', '2026-03-01 00:00:00']],
      ['utcTime', ['2026-01-31T08:00:00Z', '2026-02-28T09:30:00+08:00', '2026-03-01T00:00:00Z']],
      ['epochMs', ['1767225600000', '1767225600001', '1767225600002']],
      ['json', [{ a: 1 }, [1, 2], { b: '中' }]],
      ['text', ['007', '12', '3x']],
      ['text', ['13800138000', '13800138001', '13800138002']], // telephone numbers are no numbers
    ])('is guessed to be %s from all its values', async (kind, values) => {
      await sync([order('0'), ...values.map((value, index) => order(String(index + 1), { FNew: value }))]);
      const found = await profile(warehouse, place('FNew'));
      expect(found).toMatchObject({ kind, rows: 3, blankRows: 0 });
      expect(found.fits[kind]).toBe(1);
    });

    test('shows samples, lengths, the share that fits, and who has it', async () => {
      const values = ['1.00', '1.00', ' ', '22.50', '4.00', '5.00', '苏州'];
      await sync([
        order('0'),
        ...values.map((value, index) => order(String(index + 1), { 'F."新"': value })),
      ]);
      expect(await profile(warehouse, place('F."新"'))).toMatchObject({
        rows: 7,
        blankRows: 1,
        distinctValues: 6,
        kind: 'text',
        samples: ['1.00', '22.50', '4.00'],
        shortest: 2,
        longest: 5,
      });
      const { fits } = await profile(warehouse, place('F."新"'));
      expect(fits.money).toBeCloseTo(5 / 6, 10);
    });

    test('of a field that nobody sent is refused with those that were', async () => {
      await sync([order('1', { FNew: '1' })]);
      await expect(profile(warehouse, place('FOld'))).rejects.toMatchObject({
        code: 'not_found',
        todo: 'Fields: FNew',
      });
    });

    test('that is rejected is shown no more, but to who asks for all', async () => {
      await sync([order('1', { FNew: '1' })]);
      await rejectColumn(warehouse, { ...place('FNew'), by: 'anna' });
      await sync([order('1', { FNew: '2' })]);
      expect(await listProposals(warehouse, { connection: 'erp' })).toEqual([]);
      expect(await listProposals(warehouse, { all: true })).toMatchObject([
        { state: 'rejected', decided_by: 'anna' },
      ]);
    });
  });

  describe('accepting', () => {
    test('fills history by the rules of the loader; the next sync finds nothing changed, and equals a first load', async () => {
      const rows = [
        order('1', { FNew: '1.50', other: 'x' }),
        order('2', { FNew: '-20' }),
        order('3', { FNew: ' ' }),
        order('4', { other: { deep: [1.5, '中"文\\'] } }),
        order('5'),
      ];
      await sync(rows);
      const accepted = await accept('FNew', 'money');
      expect(accepted).toMatchObject({ column: 'fnew', kind: 'money', filledRows: 2, unfitRows: 0 });
      expect((await stored('fnew, _extra')).map((row) => [row.fnew, row._extra])).toEqual([
        ['1.50', '{"other":"x"}'],
        ['-20.00', null],
        [null, null],
        [null, expect.stringContaining('deep')],
        [null, null],
      ]);
      const before = await tableHash(warehouse, 'erp', 'orders');
      expect(await sync(rows)).toMatchObject({ read: 5, loaded: 0, unchanged: 5 });
      await warehouse.run('delete from raw.erp__orders');
      await sync(rows);
      expect(await tableHash(warehouse, 'erp', 'orders')).toEqual(before);
      expect(await listProposals(warehouse, { all: true })).toMatchObject([
        { field: 'FNew', state: 'accepted', kind: 'money', decided_by: 'anna' },
        { field: 'other', state: 'proposed' },
      ]);
      const [version] = await warehouse.rows(
        'select count(*) as n from meta.stream_contract where version = ?',
        [accepted.contractVersion],
      );
      expect(Number(version?.n)).toBe(1);
    });

    test.each([
      ['text', '苏州\n🏭', '苏州\n🏭'],
      ['json', { 金额: [1.5] }, '{"金额":["1.5"]}'],
      ['localTime', '2026-01-31 08:00:00', '2026-01-31 00:00:00'],
      ['flag', true, true],
      ['integer', 12, '12'],
    ])('as %s gives what the loader gives', async (kind, value, expected) => {
      await sync([order('1', { 'F.新"\\ 1': value })]);
      const { column } = await accept('F.新"\\ 1', kind);
      const before = await stored(`"${column}" as value, _extra, _row_hash`);
      expect(before).toMatchObject([{ value: expected, _extra: null }]);
      expect(await sync([order('1', { 'F.新"\\ 1': value })])).toMatchObject({ unchanged: 1 });
    });

    test('a value that does not fit stops it; forced, it stays in _extra and the column is NULL', async () => {
      const rows = [order('1', { FNew: '1.50' }), order('2', { FNew: 'n/a' })];
      await sync(rows);
      await expect(accept('FNew', 'money')).rejects.toMatchObject({
        code: 'values_do_not_fit',
        what: '1 rows have a FNew that is not an amount with at most two decimals',
      });
      expect(await stored('_extra')).toHaveLength(2);
      expect(await accept('FNew', 'money', true)).toMatchObject({ filledRows: 1, unfitRows: 1 });
      expect(await stored('fnew, _extra')).toEqual([
        { fnew: '1.50', _extra: null },
        { fnew: null, _extra: '{"FNew":"n/a"}' },
      ]);
      expect(await sync(rows)).toMatchObject({ unchanged: 1, quarantined: 1 }); // from now on it is the contract
    });

    test.each([
      ['id', /in the contract already/],
      ['Amount', /which the table has/],
      ['_EXTRA', /which the table has/],
      ['never seen', /No unknown field never seen/],
      ['*', /no name for a column/],
      ['备注', /no name for a column/],
    ])('%s is refused', async (field, message) => {
      await sync([order('1', { Amount: '1', _EXTRA: '1', '*': '1', 备注: '1' })]);
      await expect(accept(field, 'text')).rejects.toThrow(message);
      expect(await warehouse.rows('select * from meta.accepted_column')).toEqual([]);
    });

    test('a Chinese field gets the name that a person gives', async () => {
      await sync([order('1', { 备注: '加急' })]);
      expect(await accept('备注', 'text', false, 'remark')).toMatchObject({
        column: 'remark',
        filledRows: 1,
      });
      expect(await sync([order('1', { 备注: '加急' }), order('2', { 备注: '' })])).toMatchObject({
        unchanged: 1,
        loaded: 1,
      });
      expect(await stored('remark')).toEqual([{ remark: '加急' }, { remark: null }]);
    });

    test('killed at any statement leaves everything as it was', async () => {
      await sync([order('1', { FNew: '1.50', other: 'x' }), order('2')]);
      const look = async () => ({
        rows: await warehouse.rows('select * from raw.erp__orders order by id'),
        accepted: await warehouse.rows('select field from meta.accepted_column'),
        contracts: await warehouse.rows('select count(*) as n from meta.stream_contract'),
      });
      const before = await look();
      let statements = 0;
      for (; ; statements++) {
        const restore = killAtStatement(statements);
        const killed = await accept('FNew', 'money').catch((error: unknown) => error);
        restore();
        if (!(killed instanceof Error)) break;
        expect(killed.message).toBe('killed');
        expect(await look()).toEqual(before);
      }
      expect(statements).toBeGreaterThan(8);
      expect(await stored('fnew, _extra')).toEqual([
        { fnew: '1.50', _extra: '{"other":"x"}' },
        { fnew: null, _extra: null },
      ]);
    });

    test('twice is refused, and changes nothing', async () => {
      await sync([order('1', { FNew: '1' })]);
      await accept('FNew', 'integer');
      await expect(accept('FNew', 'text')).rejects.toThrow(/in the contract already/);
      await expect(rejectColumn(warehouse, { ...place('FNew'), by: 'anna' })).rejects.toThrow(
        /column fnew already/,
      );
      expect(await stored('fnew')).toEqual([{ fnew: '1' }]);
    });

    test('while a sync is under way, its next batch is refused and read again with the column', async () => {
      await sync([order('1', { FNew: '1' })]);
      const source = sourceOf(async function* () {
        await accept('FNew', 'integer');
        yield { records: [order('2', { FNew: '2' })], state: 'later' };
      });
      await expect(load(source)).rejects.toMatchObject({ code: 'contract_changed' });
      expect(await sync([order('2', { FNew: '2' })])).toMatchObject({ loaded: 1 });
      expect(await stored('fnew, _extra')).toEqual([
        { fnew: '1', _extra: null },
        { fnew: '2', _extra: null },
      ]);
    });
  });
});

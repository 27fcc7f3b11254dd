import { z } from 'zod';
import { defineStream, money, utcTime } from '../connectors/kit';
import { engines } from '../test/support/engines';
import { order, orders, ToyLoader } from '../test/support/toyVendor';

describe.each(engines)('a full refresh on $name', ({ open }) => {
  let toys: ToyLoader;
  beforeEach(async () => {
    toys = new ToyLoader(await open());
    toys.vendor.rows = Array.from({ length: 40 }, (_, n) => order(String(100 + n)));
    await toys.load();
  });
  afterEach(() => toys.close());

  const one = async (sql: string) => (await toys.warehouse.rows(sql))[0];
  const row = (id: string) => one(`select * from raw.toys__orders where _source_id = '${id}'`);
  const refresh = () => one('select status, missing_rows from meta.refresh');
  const change = (id: string, changes: Record<string, string>) => {
    toys.vendor.rows = toys.vendor.rows.map((record) =>
      record.id === id ? { ...record, ...changes } : record,
    );
  };
  /** Breaks the vendor at a page; later pages too, until mended. */
  const breakAt = (page: number) => {
    let pages = 0;
    toys.vendor.onPage = () => {
      if (++pages >= page) throw new Error('the vendor is gone');
    };
  };
  const mend = () => void (toys.vendor.onPage = () => undefined);
  /** Leaves what a kill leaves: each page a committed batch, then the end. */
  const cutShort = async (runId: string) => {
    breakAt(8);
    await expect(toys.load({ isFull: true, runId })).rejects.toThrow(/the vendor is gone/);
    mend();
  };

  test('takes what is new and changed, keeps what is not, marks what is gone, counts each', async () => {
    const [kept, first] = [await row('120'), await row('101')];
    change('101', { amount: '11.00', status: 'paid' }); // its cursor did not move: only a full read sees it
    toys.vendor.rows.splice(0, 1);
    toys.vendor.rows.push(order('900'));
    const { runId, ...progress } = await toys.load({ isFull: true });
    expect(progress).toMatchObject({ read: 40, loaded: 2, unchanged: 38, quarantined: 0 });
    expect(await toys.counts(runId)).toEqual({
      read: 40,
      loaded: 2,
      unchanged: 38,
      quarantined: 0,
      deleted: 1,
    });
    expect(await row('120')).toEqual(kept);
    expect(await row('101')).toMatchObject({
      amount: '11.00',
      _sync_id: runId,
      _first_extracted_at: first?._first_extracted_at,
    });
    expect((await row('100'))?._deleted_at).not.toBeNull();
    expect(await refresh()).toEqual({ status: 'swapped', missing_rows: '1' });
    expect(await toys.stored()).toHaveLength(41);
  });

  test('nothing changed: no row is touched, and nothing of the refresh is left behind', async () => {
    const before = await toys.warehouse.rows('select * from raw.toys__orders order by _source_id');
    expect(await toys.load({ isFull: true })).toMatchObject({ read: 40, loaded: 0, unchanged: 40 });
    expect(await toys.warehouse.rows('select * from raw.toys__orders order by _source_id')).toEqual(before);
    const left = await toys.warehouse.rows(
      "select table_name as name from information_schema.tables where table_name like '%refresh' and table_schema = 'raw' union all select stream from meta.stream_state where stream <> 'orders' union all select stream from meta.stream_contract where stream <> 'orders'",
    );
    expect(left).toEqual([]);
    expect(toys.spools()).toEqual([]);
  });

  test('history goes on: a change of a snapshot field is kept once', async () => {
    change('101', { status: 'paid' });
    await toys.load({ isFull: true });
    await toys.load({ isFull: true });
    const history = await toys.warehouse.rows(
      "select status from raw.toys__orders__history where _source_id = '101' order by _seen_at",
    );
    expect(history.map(({ status }) => status)).toEqual(['open', 'paid']);
  });

  test('the next incremental read goes on where the refresh ended', async () => {
    change('139', { changed: '2026-01-09T08:00:00Z' });
    await toys.load({ isFull: true });
    const { state } = await toys.warehouse.streamState('toys', 'orders');
    expect(state).toMatchObject({ cursor: '2026-01-09T08:00:00Z', isComplete: true });
    expect(await toys.load()).toMatchObject({ read: 1, unchanged: 1 });
  });

  test('readers see the old rows until the swap; syncs that go on meanwhile are not undone', async () => {
    const newer = order('101', { amount: '99.00', changed: '2026-01-08T08:00:00Z' });
    const created = order('901', { changed: '2026-01-08T09:00:00Z' });
    const frozen = toys.vendor.rows; // what the refresh reads stays as it was
    let pages = 0;
    toys.vendor.onPage = async () => {
      if (++pages !== 10) return;
      expect((await toys.stored()).every(([, amount, gone]) => amount === '10.00' && gone === false)).toBe(
        true,
      );
      toys.vendor.rows = [newer, created];
      await toys.load();
      toys.vendor.rows = frozen;
    };
    const { read, loaded } = await toys.load({ isFull: true });
    expect([read, loaded]).toEqual([40, 0]);
    expect(await row('101')).toMatchObject({ amount: '99.00', _deleted_at: null });
    expect(await row('901')).toMatchObject({ _deleted_at: null });
  });

  test('too many missing rows stop the swap and keep both; confirmed, it goes on without reading all again', async () => {
    const gone = toys.vendor.rows.splice(0, 5);
    await expect(toys.load({ isFull: true })).rejects.toMatchObject({
      code: 'too_many_deletes',
      what: expect.stringContaining('5 of 40 rows'),
      todo: expect.stringContaining('millrace sync toys --stream orders --full --confirm-deletes'),
    });
    expect(await refresh()).toEqual({ status: 'waiting', missing_rows: '5' });
    expect((await toys.stored()).filter(([, , isGone]) => isGone)).toEqual([]);
    expect(await one('select status, gone_rows, amount_cny from meta.delete_preview')).toEqual({
      status: 'stopped',
      gone_rows: '5',
      amount_cny: '50.00',
    });
    const { runId } = await toys.load({ isFull: true, isConfirmed: true });
    expect((await toys.stored()).filter(([, , isGone]) => isGone).map(([id]) => id)).toEqual(
      gone.map(({ id }) => id),
    );
    const { read, loaded, unchanged, quarantined, deleted } = await toys.counts(runId);
    expect([deleted, loaded]).toEqual([5, 0]);
    expect(read).toBe((unchanged ?? 0) + (quarantined ?? 0));
  });

  test('an empty answer of the vendor never empties a table', async () => {
    toys.vendor.rows = [];
    await expect(toys.load({ isFull: true })).rejects.toMatchObject({ code: 'too_many_deletes' });
    expect((await toys.stored()).filter(([, , isGone]) => isGone)).toEqual([]);
  });

  test('a refresh that was cut short goes on from its committed pages, in a later run too, and counts them', async () => {
    change('100', { amount: '12.00' });
    await cutShort('cut');
    expect((await row('100'))?.amount).toBe('10.00');
    expect(await toys.counts('cut')).toMatchObject({ read: 14, loaded: 0, unchanged: 14 });
    const all = toys.vendor.rows.splice(0);
    await toys.load(); // an incremental sync in between, of a quiet vendor
    toys.vendor.rows = all;
    let pages = 0;
    toys.vendor.onPage = () => void pages++;
    const { runId } = await toys.load({ isFull: true });
    expect(pages).toBe(14); // 13 of the 20 pages, and the empty one
    expect(await toys.counts(runId)).toEqual({
      read: 40,
      loaded: 1,
      unchanged: 39,
      quarantined: 0,
      deleted: 0,
    });
    expect((await row('100'))?.amount).toBe('12.00');
  });

  test('an attempt after the commit of the swap finds it and does nothing', async () => {
    change('100', { amount: '12.00' });
    const { runId, read, loaded } = await toys.load({ isFull: true });
    toys.vendor.onPage = () => {
      throw new Error('it reads again');
    };
    expect(await toys.load({ isFull: true, runId })).toMatchObject({ read, loaded });
  });

  test('bad rows of a refresh wait in the quarantine of the stream', async () => {
    change('100', { amount: 'much' });
    const { runId } = await toys.load({ isFull: true });
    expect(await toys.counts(runId)).toMatchObject({
      read: 40,
      loaded: 0,
      unchanged: 39,
      quarantined: 1,
      deleted: 0,
    });
    expect(await row('100')).toMatchObject({ amount: '10.00', _deleted_at: null }); // the vendor still has it
    expect(await toys.warehouse.rows('select stream, source_id from quarantine.record')).toEqual([
      { stream: 'orders', source_id: '100' },
    ]);
  });

  describe('when the contract no longer fits the table', () => {
    const contract = {
      id: z.string(),
      title: z.string(),
      amount: money(),
      status: z.string(),
      changed: utcTime(),
    };

    test('another key is refused with the command; the refresh takes it', async () => {
      toys.stream = defineStream({ ...orders, key: ['id', 'title'], contract: z.object(contract) });
      await expect(toys.load()).rejects.toMatchObject({
        code: 'full_refresh_needed',
        what: expect.stringContaining('the key was (id) and is (id, title)'),
        todo: 'Run: millrace sync toys --stream orders --full',
      });
      expect(await toys.load({ isFull: true })).toMatchObject({ read: 40, loaded: 40 });
      expect((await row('100|order 100'))?.amount).toBe('10.00');
      expect(await toys.stored()).toHaveLength(40);
      expect(await toys.load()).toMatchObject({ loaded: 0 });
    });

    test('another type is refused with the command; the refresh takes it, and views on the table stand', async () => {
      await toys.warehouse.run('create view staging.orders as select id, status from raw.toys__orders');
      toys.stream = defineStream({
        ...orders,
        contract: z.object({ ...contract, title: z.enum(['a', 'b']), amount: z.string() }),
      });
      toys.vendor.rows = toys.vendor.rows.map((record) => ({ ...record, title: 'a', amount: '12 yuan' }));
      await expect(toys.load()).rejects.toMatchObject({
        code: 'full_refresh_needed',
        what: expect.stringMatching(/amount \S+\(18, ?2\) → (VARCHAR|character varying)/i),
      });
      expect(await toys.load({ isFull: true })).toMatchObject({ loaded: 40 });
      expect((await row('100'))?.amount).toBe('12 yuan');
      expect(await one('select count(*) as n from staging.orders')).toEqual({ n: '40' });
    });
  });
});

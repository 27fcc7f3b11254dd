import { engines } from '../test/support/engines';
import { order, orders, ToyLoader } from '../test/support/toyVendor';

/** What a cursor promises (A8), over real keyset paging; batches are as small as pages where a test says so. */
describe.each(engines)('reading by cursor on $name', ({ open }) => {
  let toys: ToyLoader;
  beforeEach(async () => {
    toys = new ToyLoader(await open());
  });
  afterEach(() => toys.close());

  const at = (minute: number) => `2026-01-05T08:${String(minute).padStart(2, '0')}:00Z`;
  const amounts = async () => Object.fromEntries((await toys.stored()).map(([id, amount]) => [id, amount]));
  /** Ends a read after so many pages, as a kill does: the pages before are committed, the next read goes on. */
  const stopAfter = async (pages: number) => {
    let page = 0;
    toys.vendor.onPage = () => {
      if (page++ >= pages) throw new Error('cut short');
    };
    await expect(toys.load()).rejects.toThrow('cut short');
    toys.vendor.onPage = () => undefined;
  };

  test.each([1, 2, 3])(
    'equal times over pages and batches: all come once, cut short after page %i',
    async (pages) => {
      toys.vendor.rows = Array.from({ length: 9 }, (_, n) => order(String(n), { changed: at(0) }));
      await stopAfter(pages);
      expect(await toys.stored()).toHaveLength(pages * 2);
      expect(await toys.load()).toMatchObject({ read: 9 - pages * 2, loaded: 9 - pages * 2 });
      expect(await toys.stored()).toHaveLength(9);
    },
  );

  test('a record saved with the time of the last one is found by >=, one committed late by the overlap', async () => {
    toys.vendor.rows = [order('2', { changed: at(10) })];
    await toys.load();
    toys.vendor.rows.push(order('1', { changed: at(10) }), order('3', { changed: at(9) }));
    expect(await toys.load()).toMatchObject({ read: 3, loaded: 2, unchanged: 1 });
    toys.vendor.rows.push(order('4', { changed: at(8) })); // later than the overlap of one minute: only a full read finds it
    expect(await toys.load()).toMatchObject({ read: 3, loaded: 0 });
    expect(await toys.load({ isFull: true })).toMatchObject({ read: 4, loaded: 1 });
  });

  test('an update inside of the overlap wins, an older version of it does not come back', async () => {
    toys.vendor.rows = [order('1', { changed: at(9) }), order('2', { changed: at(10) })];
    await toys.load();
    toys.vendor.rows = [order('1', { changed: at(9), amount: '11.00' }), order('2', { changed: at(10) })];
    expect(await toys.load()).toMatchObject({ loaded: 1 });
    expect(await amounts()).toEqual({ 1: '11.00', 2: '10.00' });
    toys.vendor.rows = [order('1', { changed: at(8), amount: '8.00' })];
    expect(await toys.load({ range: { from: at(0), to: at(59) } })).toMatchObject({
      read: 1,
      loaded: 0,
      unchanged: 1,
    });
    expect(await amounts()).toEqual({ 1: '11.00', 2: '10.00' });
  });

  test('of one record twice in a batch the newest by its own time stays; of equal times the one that came last', async () => {
    const rows = [
      order('1', { changed: at(5), amount: '5.00' }),
      order('1', { changed: at(4), amount: '4.00' }),
      order('2', { changed: at(5), amount: '1.00' }),
      order('2', { changed: at(5), amount: '2.00' }),
    ];
    toys.vendor.source = () => ({
      streams: [orders],
      check: () => Promise.resolve(),
      async *read() {
        yield { records: rows, state: null };
      },
    });
    expect(await toys.load()).toMatchObject({ read: 4, loaded: 2, unchanged: 2 });
    expect(await amounts()).toEqual({ 1: '5.00', 2: '2.00' });
  });

  test("a vendor's clock that is ahead, or set back, loses nothing within the overlap and never undoes an update", async () => {
    toys.vendor.rows = [order('1', { changed: at(30) })]; // ahead
    await toys.load();
    toys.vendor.rows.push(order('2', { changed: '2026-01-05T08:29:30Z' })); // back by thirty seconds
    expect(await toys.load()).toMatchObject({ loaded: 1 });
    toys.vendor.rows = [order('1', { changed: '2026-01-05T08:29:40Z', amount: '9.00' })];
    expect(await toys.load()).toMatchObject({ read: 1, loaded: 0, unchanged: 1 });
    expect(await amounts()).toEqual({ 1: '10.00', 2: '10.00' });
  });

  test('a backfill reads its range, ends included, beside the cursor and beside a sync that runs meanwhile', async () => {
    toys.vendor.rows = [1, 2, 3, 4].map((n) => order(String(n), { changed: at(n * 10) }));
    await toys.load();
    const before = await toys.warehouse.streamState('toys', 'orders');
    toys.vendor.rows = toys.vendor.rows.map((row) => ({ ...row, amount: '20.00' }));
    let isDone = false;
    toys.vendor.onPage = async () => {
      if (isDone) return;
      isDone = true;
      await toys.load();
    };
    expect(await toys.load({ range: { from: at(20), to: at(30) } })).toMatchObject({ read: 2, loaded: 2 });
    expect(await amounts()).toEqual({ 1: '10.00', 2: '20.00', 3: '20.00', 4: '20.00' });
    const after = await toys.warehouse.streamState('toys', 'orders');
    expect(after.state).toEqual(before.state);
    expect(
      await toys.warehouse.rows("select stream from meta.stream_state where stream <> 'orders'"),
    ).toEqual([]);
  });

  test('a backfill that fails leaves nothing behind but what it loaded', async () => {
    toys.vendor.rows = [1, 2, 3, 4].map((n) => order(String(n), { changed: at(n * 10) }));
    toys.vendor.onPage = (page) => {
      if (page === 2) throw new Error('the vendor is gone');
    };
    await expect(toys.load({ range: { from: at(0), to: at(59) } })).rejects.toThrow('the vendor is gone');
    expect(await toys.stored()).toHaveLength(2);
    expect(await toys.warehouse.rows('select * from meta.stream_state where state is not null')).toEqual([]);
    expect(
      await toys.warehouse.rows("select stream from meta.stream_state where stream <> 'orders'"),
    ).toEqual([]);
    expect(toys.spools()).toEqual([]);
  });

  test('cancelled: what was committed stays, no half batch, no file', async () => {
    toys.vendor.rows = Array.from({ length: 8 }, (_, n) => order(String(n)));
    const stop = new AbortController();
    let page = 0;
    toys.vendor.onPage = () => void (++page === 3 && stop.abort(new Error('cancelled')));
    await expect(toys.load({ signal: stop.signal })).rejects.toThrow('cancelled');
    expect(await toys.stored()).toEqual([]); // its pages were in a batch that was not due
    expect(toys.spools()).toEqual([]);
    expect(await toys.load()).toMatchObject({ read: 8, loaded: 8 });
  });

  test('a commit that fails: no half batch, no file, the error said; the next sync reads it again', async () => {
    toys.vendor.rows = Array.from({ length: 4 }, (_, n) => order(String(n)));
    const { warehouse } = toys;
    const broken = new Proxy(warehouse, {
      get: (target, name) =>
        name === 'loadBatch'
          ? async () => Promise.reject(new Error('the disk is full'))
          : (Reflect.get(target, name) as unknown),
    });
    await expect(toys.load({ warehouse: broken })).rejects.toThrow('the disk is full');
    expect(await toys.stored()).toEqual([]);
    expect(toys.spools()).toEqual([]);
    expect(await toys.load()).toMatchObject({ read: 4, loaded: 4 });
  });
});

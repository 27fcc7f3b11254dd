import { engines } from '../test/support/engines';
import { order, ToyLoader } from '../test/support/toyVendor';

describe.each(engines)('deletes by comparison of keys on $name', ({ open }) => {
  let toys: ToyLoader;
  beforeEach(async () => {
    toys = new ToyLoader(await open());
    toys.vendor.rows = Array.from({ length: 40 }, (_, n) => order(String(100 + n)));
    await toys.load();
  });
  afterEach(() => toys.close());

  const drop = (count: number) => void toys.vendor.rows.splice(0, count);
  const marked = async () => (await toys.stored()).filter(([, , gone]) => gone).map(([id]) => id);
  const preview = async () =>
    (await toys.warehouse.rows('select * from meta.delete_preview order by run_id desc limit 1'))[0];

  test('a preview shows known, gone, examples and money, and marks nothing', async () => {
    drop(2);
    expect(await toys.reconcile({ isPreview: true })).toMatchObject({
      listed: 38,
      known: 40,
      gone: 2,
      deleted: 0,
      isStopped: false,
    });
    expect(await marked()).toEqual([]);
    const kept = await preview();
    expect(kept).toMatchObject({ status: 'preview', amount_cny: '20.00' });
    expect(JSON.parse(String(kept?.examples))).toMatchObject([
      { source_id: '100', label: 'order 100', amount_cny: '10.00' },
      { source_id: '101', label: 'order 101', amount_cny: '10.00' },
    ]);
  });

  test('few deletes are marked with their time; a record that comes again revives', async () => {
    const [gone] = toys.vendor.rows;
    drop(2);
    expect(await toys.reconcile()).toMatchObject({ gone: 2, deleted: 2, isStopped: false });
    expect(await marked()).toEqual(['100', '101']);
    toys.vendor.rows.push({ ...gone, amount: '11.00', changed: '2026-01-06T08:00:00Z' });
    await toys.load();
    expect(await marked()).toEqual(['101']);
  });

  test('a key that is listed again takes the mark away although its record does not come again', async () => {
    const back = toys.vendor.rows[0];
    drop(1);
    await toys.reconcile();
    const [before] = await toys.warehouse.rows("select _extracted_at from raw.toys__orders where id = '100'");
    toys.vendor.rows.push(back ?? {});
    expect(await toys.reconcile()).toMatchObject({ gone: 0, deleted: 0, revived: 1 });
    expect(await marked()).toEqual([]);
    const [after] = await toys.warehouse.rows("select _extracted_at from raw.toys__orders where id = '100'");
    expect(String(after?._extracted_at) > String(before?._extracted_at)).toBe(true);
  });

  test.each([
    ['more than 5 %', 3],
    ['all of them', 40],
  ])(
    '%s stops before the first mark and keeps the preview; confirmed, they are marked',
    async (_case, count) => {
      drop(count);
      await expect(toys.reconcile()).rejects.toMatchObject({
        code: 'too_many_deletes',
        what: expect.stringContaining(`${count} of 40 rows`),
        todo: expect.stringContaining('millrace reconcile toys --stream orders --apply --confirm-deletes'),
      });
      expect(await marked()).toEqual([]);
      expect(await preview()).toMatchObject({ status: 'stopped', gone_rows: String(count) });
      expect(await toys.reconcile({ isConfirmed: true })).toMatchObject({ deleted: count });
      expect(await marked()).toHaveLength(count);
      expect(toys.spools()).toEqual([]);
    },
  );

  test('a confirmation reaches the rows of the preview: one that is back stays, ones that nobody saw stop it', async () => {
    const first = toys.vendor.rows.slice(0, 3);
    drop(3);
    await expect(toys.reconcile()).rejects.toMatchObject({ code: 'too_many_deletes' });
    toys.vendor.rows.push(first[0] ?? {});
    const unseen = toys.vendor.rows.slice(0, 4);
    drop(4);
    await expect(toys.reconcile({ isConfirmed: true })).rejects.toMatchObject({ code: 'too_many_deletes' });
    expect(await marked()).toEqual([]);
    toys.vendor.rows.push(...unseen);
    await toys.reconcile({ isPreview: true });
    expect(await toys.reconcile({ isConfirmed: true })).toMatchObject({ deleted: 2 });
    expect(await marked()).toEqual(['101', '102']);
  });

  test('a row that came while keys were listed is not marked', async () => {
    const { vendor } = toys;
    const late = order('900', { changed: '2026-01-07T08:00:00Z' });
    let isDone = false;
    vendor.onPage = async () => {
      if (isDone) return;
      isDone = true;
      vendor.rows = [...vendor.rows, late]; // the list that is being read does not have it
      await toys.load();
    };
    expect(await toys.reconcile()).toMatchObject({ listed: 40, known: 41, gone: 0, deleted: 0 });
    expect(await marked()).toEqual([]);
  });

  test.each(['fails', 'is cancelled'])(
    'a listing that %s on its way marks nothing and leaves no file',
    async (how) => {
      drop(1);
      const stop = new AbortController();
      let pages = 0;
      toys.vendor.onPage = () => {
        if (++pages < 3) return;
        if (how === 'fails') throw new Error('the vendor is gone');
        stop.abort(new Error('stopped'));
      };
      await expect(toys.reconcile({ signal: stop.signal })).rejects.toThrow(/gone|stopped/);
      expect(await marked()).toEqual([]);
      expect(toys.spools()).toEqual([]);
    },
  );

  test('a vendor without a list of keys is left alone', async () => {
    toys.vendor.hasKeys = false;
    expect(await toys.reconcile()).toBeUndefined();
  });
});

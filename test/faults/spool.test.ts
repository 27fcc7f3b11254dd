import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { type Row, tableHash, type Warehouse } from '../../warehouse';
import { engines } from '../support/engines';
import { order, ToyLoader } from '../support/toyVendor';

/** What a failing disk makes of a file that stood there a second ago. */
const DAMAGES: Record<string, (file: string) => void> = {
  'cut off in the middle of a record': (file) => truncateSync(file, readFileSync(file).length - 37),
  'cut off behind a record': (file) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${lines.slice(0, -3).join('\n')}\n`);
  },
  'with a line lost in the middle': (file) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    lines.splice(20, 1);
    writeFileSync(file, lines.join('\n'));
  },
  'with garbage in the middle': (file) => {
    const bytes = readFileSync(file);
    bytes.fill(0xff, 900, 1_100);
    writeFileSync(file, bytes);
  },
  'with a block of zeros': (file) => {
    const bytes = readFileSync(file);
    bytes.fill(0, 1_000, 1_500);
    writeFileSync(file, bytes);
  },
  empty: (file) => truncateSync(file, 0),
};

describe.each(engines)('a spool file damaged before it is loaded, on $name', ({ open }) => {
  let toys: ToyLoader;
  beforeEach(async () => {
    toys = new ToyLoader(await open());
    toys.vendor.pageRows = 20;
    toys.vendor.rows = Array.from({ length: 30 }, (_, n) => order(String(100 + n)));
    await toys.load();
    toys.vendor.rows = Array.from({ length: 60 }, (_, n) =>
      order(String(100 + n), { amount: '12.50', changed: '2026-01-06T08:00:00Z' }),
    );
  });
  afterEach(() => toys.close());

  test.each(Object.entries(DAMAGES))(
    '%s: nothing of it is committed, and the next run loads all',
    async (_how, damage) => {
      const before = await contents(toys.warehouse);
      const damaged = damagedBefore(toys.warehouse, damage);
      const failure = await toys.load({ runId: 'run-bad', warehouse: damaged }).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({
        code: 'spool_damaged',
        what: expect.stringMatching(
          /^A spool file (was damaged|holds \d+ records, not the 60 that were written)/,
        ),
        where: expect.stringMatching(/toys__orders__.+\.ndjson/),
        todo: expect.stringContaining('is read again'),
      });
      expect(await contents(toys.warehouse)).toEqual(before);
      expect(toys.spools()).toEqual([]);

      expect(await toys.load()).toMatchObject({ read: 60, loaded: 60, unchanged: 0, quarantined: 0 });
      const sound = new ToyLoader(await open());
      sound.vendor.rows = toys.vendor.rows;
      await sound.load();
      expect(await tableHash(toys.warehouse, 'toys', 'orders')).toEqual(
        await tableHash(sound.warehouse, 'toys', 'orders'),
      );
      await sound.close();
    },
  );
});

/** The same warehouse, but something happens to the file of each batch. */
function damagedBefore(warehouse: Warehouse, damage: (file: string) => void): Warehouse {
  return new Proxy(warehouse, {
    get(target, name) {
      if (name === 'loadBatch') {
        return (...args: Parameters<Warehouse['loadBatch']>) => {
          damage(args[0].file);
          return target.loadBatch(...args);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

async function contents(warehouse: Warehouse): Promise<Row[][]> {
  return [
    await warehouse.rows('select * from raw.toys__orders order by _source_id'),
    await warehouse.rows('select connection, stream, state, batch from meta.stream_state order by stream'),
    await warehouse.rows('select * from quarantine.record'),
    await warehouse.rows(
      "select read_rows, loaded_rows, batches from meta.run_stream where run_id <> 'run-bad'",
    ),
  ];
}

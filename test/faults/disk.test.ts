import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoaderOptions, Outcome } from './loader';
import { runLoader } from './runLoader';

let folder: string;
let expected: Outcome;
beforeAll(async () => {
  const sound = mkdtempSync(join(tmpdir(), 'millrace-sound-'));
  expected = await runLoader(loading(sound, 'run-1'));
  rmSync(sound, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-disk-'));
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

/** 3,000 rows of 2 KB: 6 MB of spool in one batch, or 0.8 MB in each of eight. */
const loading = (own: string, runId: string, batchRows?: number): LoaderOptions => ({
  file: join(own, 'warehouse.duckdb'),
  spoolFolder: join(own, 'spool'),
  rows: 3_000,
  titleChars: 2_000,
  runId,
  ...(batchRows !== undefined && { batchRows }),
});
const spools = () => (existsSync(join(folder, 'spool')) ? readdirSync(join(folder, 'spool')) : []);

describe('a disk without room', () => {
  test('for the spool: told, no file left, and the next run loads all', async () => {
    const { problem } = await runLoader(loading(folder, 'run-1'), { fileKiB: 4_000 });
    expect(problem).toEqual({
      code: 'disk_full',
      what: 'There is no room left for the spool of what is being read',
      where: expect.stringMatching(/^file .+toys__orders__.+\.ndjson$/),
      todo: expect.stringMatching(/^Free space on that disk .* the next run goes on where this one was$/),
    });
    expect(spools()).toEqual([]);
    expect(await runLoader(loading(folder, 'run-2'))).toEqual({ loaded: 3_000, table: expected.table });
  });

  test('for the warehouse: told, what was committed stays, and the next run loads the rest', async () => {
    const { problem } = await runLoader(loading(folder, 'run-1', 400), { fileKiB: 3_500 });
    expect(problem).toEqual({
      code: expect.stringMatching(/^(disk_full|warehouse_unusable)$/),
      what: expect.stringMatching(
        /no room left for the warehouse|closed itself because its file could not be written/,
      ),
      where: `file ${join(folder, 'warehouse.duckdb')}`,
      todo: expect.stringContaining('Free space on'),
    });
    expect(spools()).toEqual([]);
    const next = await runLoader(loading(folder, 'run-2', 400));
    expect(next.table).toEqual(expected.table);
    expect(next.loaded).toBeLessThan(3_000); // what was committed before is not loaded again
    expect(next.loaded).toBeGreaterThan(0);
  });
});

describe('a folder that may not be written', () => {
  test('for the spool: told, nothing loaded, and the next run loads all once it may', async () => {
    chmodSync(folder, 0o777);
    mkdirSync(join(folder, 'spool'), { mode: 0o555 });
    const { problem } = await runLoader({ ...loading(folder, 'run-1'), isNobodyFrom: 'loading' });
    expect(problem).toEqual({
      code: 'folder_unwritable',
      what: 'The spool of what is being read cannot be written',
      where: expect.stringMatching(/^file .+\.ndjson$/),
      todo: expect.stringContaining('Let the user that runs Millrace write there'),
    });
    chmodSync(join(folder, 'spool'), 0o777);
    const next = await runLoader({ ...loading(folder, 'run-2'), isNobodyFrom: 'loading' });
    expect(next).toEqual({ loaded: 3_000, table: expected.table });
  });

  test('for the warehouse: told', async () => {
    chmodSync(folder, 0o555);
    const { problem } = await runLoader({ ...loading(folder, 'run-1'), isNobodyFrom: 'opening' });
    expect(problem).toEqual({
      code: 'warehouse_unusable',
      what: 'The warehouse file cannot be opened',
      where: `file ${join(folder, 'warehouse.duckdb')}`,
      todo: expect.stringContaining('is writable'),
    });
  });

  test('a file where the spool folder should be: told', async () => {
    writeFileSync(join(folder, 'spool'), '');
    const { problem } = await runLoader(loading(folder, 'run-1'));
    expect(problem).toMatchObject({ code: 'folder_unwritable' });
    rmSync(join(folder, 'spool'));
    expect(await runLoader(loading(folder, 'run-2'))).toEqual({ loaded: 3_000, table: expected.table });
  });
});

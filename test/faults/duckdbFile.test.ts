import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoaderOptions } from './loader';
import { holdingLoader, killed, runLoader } from './runLoader';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-file-'));
  file = join(folder, 'warehouse.duckdb');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const loading = (runId: string, rows = 500): LoaderOptions => ({
  file,
  spoolFolder: join(folder, 'spool'),
  rows,
  titleChars: 40,
  runId,
});

describe('a warehouse file', () => {
  test('locked by another process: told, and free again when that one is gone', async () => {
    const holder = await holdingLoader(loading('run-1'));
    const { problem } = await runLoader(loading('run-2'));
    expect(problem).toEqual({
      code: 'warehouse_unusable',
      what: 'The warehouse file is locked by another process',
      where: `file ${file}`,
      todo: expect.stringContaining('stop it, or let it do the work'),
    });
    await killed(holder);
    expect(await runLoader(loading('run-3'))).toMatchObject({ loaded: 0, table: { rows: 500 } });
  });

  test('whose process was killed before its log was written into it: all that was committed is there', async () => {
    const holder = await holdingLoader(loading('run-1'));
    await killed(holder);
    expect(existsSync(`${file}.wal`)).toBe(true);
    mkdirSync(`${file}.tmp`, { recursive: true });
    writeFileSync(join(`${file}.tmp`, 'duckdb_temp_storage_DEFAULT-0.tmp'), 'what it had spilled');
    const next = await runLoader(loading('run-2', 600));
    expect(next).toMatchObject({ loaded: 100, table: { rows: 600 } });
    expect(existsSync(`${file}.wal`)).toBe(false);
    expect(existsSync(`${file}.tmp`)).toBe(false);
  });

  test('whose log was cut off by a crash: whole transactions stay, the cut one is loaded again', async () => {
    const holder = await holdingLoader(loading('run-1'));
    await killed(holder);
    truncateSync(`${file}.wal`, readFileSync(`${file}.wal`).length - 100);
    const next = await runLoader(loading('run-2'));
    expect(next.table?.rows).toBe(500);
    rmSync(file);
    expect((await runLoader(loading('run-1'))).table).toEqual(next.table);
  });

  test('that is damaged: told, left as it is for a restore', async () => {
    await runLoader(loading('run-1', 5_000));
    copyFileSync(file, `${file}.sound`);
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(8_192, 7), 0, 8_192, 0);
    const damaged = readFileSync(file);
    const { problem } = await runLoader(loading('run-2'));
    expect(problem).toEqual({
      code: 'warehouse_unusable',
      what: 'The warehouse file cannot be opened',
      where: `file ${file}`,
      todo: expect.stringContaining('restore the file from a backup'),
    });
    expect(readFileSync(file).equals(damaged)).toBe(true);
    copyFileSync(`${file}.sound`, file);
    expect(await runLoader(loading('run-3', 5_000))).toMatchObject({ loaded: 0, table: { rows: 5_000 } });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { loadConfig } from './loadConfig';

const PASSWORD = 'p@ss:w/rd?';

describe('warehouse in millrace.yaml', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-warehouse-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    for (const name of ['MILLRACE_WAREHOUSE', 'TEST_PASSWORD', 'TEST_PASSWORD_FILE'])
      delete process.env[name];
  });

  const warehouse = (written: string) => {
    const file = join(folder, 'millrace.yaml');
    writeFileSync(file, `company: A\n${written}\n`);
    return loadConfig(file).config.warehouse;
  };
  const mistake = (written: string): string => {
    try {
      warehouse(written);
    } catch (error) {
      if (error instanceof MillraceError) return error.describe();
    }
    throw new Error('it was accepted');
  };

  test('without it there is none: DuckDB in the data folder', () => {
    expect(warehouse('')).toBeUndefined();
  });

  test('a password from the environment may hold any character', () => {
    process.env.TEST_PASSWORD = PASSWORD;
    const found = new URL(warehouse('warehouse: postgres://m:${TEST_PASSWORD}@db:5433/millrace') ?? '');
    expect([decodeURIComponent(found.password), found.host, found.pathname]).toEqual([
      PASSWORD,
      'db:5433',
      '/millrace',
    ]);
  });

  test('or from a file that NAME_FILE names, as containers have their secrets', () => {
    const file = join(folder, 'secret');
    writeFileSync(file, `${PASSWORD}\n`);
    process.env.TEST_PASSWORD_FILE = file;
    const found = new URL(warehouse('warehouse: postgres://m:${TEST_PASSWORD}@db/millrace') ?? '');
    expect(decodeURIComponent(found.password)).toBe(PASSWORD);
  });

  test('the whole address may be a secret too', () => {
    writeFileSync(join(folder, 'address'), 'postgres://m:x@db/one\n');
    expect(warehouse('warehouse: file:address')).toBe('postgres://m:x@db/one');
  });

  test('MILLRACE_WAREHOUSE comes before the file', () => {
    process.env.MILLRACE_WAREHOUSE = 'postgresql://m:x@other/two';
    expect(warehouse('warehouse: postgres://m:x@db/one')).toBe('postgresql://m:x@other/two');
  });

  test.each`
    written                                | said
    ${'mysql://m:secret@db/one'}           | ${'only Postgres can be named here'}
    ${'postgres://m:secret@db'}            | ${'it names no database'}
    ${'postgres:///one'}                   | ${'it names no host'}
    ${'secret in the wrong place'}         | ${'it is no address'}
    ${'postgres://m:${TEST_UNSET}@db/one'} | ${'the environment variable TEST_UNSET is not set'}
    ${'file:nowhere'}                      | ${'the file nowhere cannot be read'}
  `('$written: $said, with its line and what to write, never the secret', ({ written, said }) => {
    const told = mistake(`warehouse: ${written}`);
    expect(told).toContain(`millrace.yaml:2  warehouse: ${said}`);
    expect(told).not.toContain('secret');
  });

  test('a mistake in the environment is named as one', () => {
    process.env.MILLRACE_WAREHOUSE = 'mysql://m:secret@db/one';
    const told = mistake('language: zh');
    expect(told).toContain('MILLRACE_WAREHOUSE: only Postgres can be named here');
    expect(told).not.toContain('secret');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { createKit, MillraceError, type OpenSource, type Row, type Stream } from '../kit';
import { acceptance } from '../kit/acceptance';
import { encodeGb18030 } from '../kit/tables';
import { files } from './connector';
import { FileFolder } from './sandbox';
import { openFolder } from './subject';
import { dayOf, instantOf } from './times';

acceptance(files, openFolder);

describe('what is special about files', () => {
  let folder: FileFolder;
  beforeEach(() => {
    folder = new FileFolder(mkdtempSync(join(tmpdir(), 'millrace-files-')));
  });
  afterEach(() => rmSync(folder.folder, { recursive: true }));

  const activities = (columns: object = {}, more: object = {}) => ({
    entity: 'activity',
    file: '*.csv',
    key: 'id',
    columns: { customer_ref: 'customer', activity_type: 'kind', occurred_at: 'at', ...columns },
    ...more,
  });
  const HEADER = ['id', 'customer', 'kind', 'at'];

  const open = (tables: object[], more: object = {}): Promise<OpenSource> => {
    const config = { folder: folder.folder, tables, settleSeconds: 0, ...more };
    return files.connect(files.spec.parse(config), createKit({ connection: 'files', secrets: [] }));
  };
  const problems = (rows: readonly Row[]) =>
    rows.map(({ source_id, problem }) => [source_id, problem ?? null]);

  test('a row that cannot be read says line, column and what was expected; its neighbours come through', async () => {
    folder.write('visits.csv', [
      HEADER,
      ['1', 'A', 'visit', '2026-01-05T09:00:00+08:00'],
      ['2', 'A', 'lunch', 'yesterday'],
      ['', 'A', 'call', '2026-01-05'],
      ['1', 'B', 'call', '2026-01-06'],
      ['5', 'A', 'call', '2026-01-06', 'one too many'],
      ['6', 'A, Inc', 'call'],
      ['7', 'A', 'call', '2026-02-30'],
      ['8', 'A', 'call', '2026-01-07'],
    ]);
    const { rows } = await read(await open([activities()]), 'activity');
    expect(problems(rows)).toEqual([
      ['1', null],
      [
        '2',
        'line 3, column kind: "lunch" is none of visit, call, meeting, message_in, message_out, quotation, sample, drawing, internal_note, planned; column at: "yesterday" is no time of the form yyyy-MM-dd, with or without a time',
      ],
      ['visits.csv line 4', 'line 4, column id: empty, although it is part of the key'],
      ['visits.csv line 5', 'line 5, its key 1 stands on line 2 already'],
      ['5', 'line 6, it has 5 cells, the header 4: a delimiter that is not quoted'],
      ['6', 'line 7, it has 3 cells, the header 4: the file was cut, or a cell is missing'],
      ['7', 'line 8, column at: "2026-02-30" is no time of the form yyyy-MM-dd, with or without a time'],
      ['8', null],
    ]);
    expect(rows[0]).toMatchObject({
      is_read: 'true',
      customer_ref: 'A',
      occurred_at: '2026-01-05T01:00:00Z',
    });
    expect(rows[1]).not.toHaveProperty('is_read'); // required: what sends it to quarantine
    expect(rows[1]?.cells).toEqual(['2', 'A', 'lunch', 'yesterday']);
  });

  test('numbers, days and times are read as the config says, exactly', async () => {
    folder.write(
      'deals.csv',
      'id;value;day;changed\n1;1.234.567,89;31/12/2025;31.12.2025 23:30\n2;-5,5;01/02/26;29.03.2026 02:30\n3;1.2345,00;32/12/2025;x\n4;0,005;;29.03.2026 03:30\n',
    );
    const table = {
      entity: 'opportunity',
      file: 'deals.csv',
      key: 'id',
      columns: {
        status: { value: 'open' },
        amount_cny: { column: 'value', decimal: ',', group: '.', rate: '7.1' },
        expected_close_date: { column: 'day', format: 'dd/MM/yyyy' },
        created_at: { column: 'changed', format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Amsterdam' },
      },
    };
    const { rows } = await read(await open([table]), 'opportunity');
    expect(rows[0]).toMatchObject({
      amount_cny: '8765432.02', // 1234567.89 × 7.1 = 8765432.019
      expected_close_date: '2025-12-31',
      created_at: '2025-12-31T22:30:00Z',
    });
    expect(problems(rows).slice(1)).toEqual([
      [
        '2',
        'line 3, column day: "01/02/26" is no day of the form dd/MM/yyyy; column changed: "29.03.2026 02:30" is no time of the form dd.MM.yyyy HH:mm', // the hour that summer time leaves out
      ],
      [
        '3',
        'line 4, column value: "1.2345,00" is no number with a decimal "," and "." between thousands; column day: "32/12/2025" is no day of the form dd/MM/yyyy; column changed: "x" is no time of the form dd.MM.yyyy HH:mm',
      ],
      ['4', null],
    ]);
    expect(rows[3]).toMatchObject({ amount_cny: '0.04', created_at: '2026-03-29T01:30:00Z' }); // 0.0355
  });

  test('words are mapped, kept, or refused; nothing is guessed', async () => {
    folder.write('a.csv', [
      HEADER,
      ['1', 'N/A', '拜访', '2026-01-05'],
      ['2', 'B', '电话', '2026-01-05'],
      ['3', '', '饭局', '2026-01-05'],
    ]);
    const kind = { column: 'kind', map: { 拜访: 'visit', 电话: 'call' } };
    const refusing = await read(
      await open([activities({ activity_type: kind }, { empty: ['N/A'] })]),
      'activity',
    );
    expect(
      refusing.rows.map(
        ({ activity_type, customer_ref, problem }) => problem ?? [activity_type, customer_ref],
      ),
    ).toEqual([['visit', null], ['call', 'B'], 'line 4, column kind: "饭局" stands for nothing in `map`']);
    const otherwise = { ...kind, otherwise: 'internal_note' };
    const note = { column: 'kind', map: { 拜访: '上门' }, keep: true };
    const { rows } = await read(await open([activities({ activity_type: otherwise, note })]), 'activity');
    expect(rows.map(({ activity_type, note: text }) => [activity_type, text])).toEqual([
      ['visit', '上门'],
      ['call', '电话'],
      ['internal_note', '饭局'],
    ]);
  });

  test('UTF-8 with a mark, GB18030, semicolons, tabs and workbooks are told by their bytes', async () => {
    const rows = [HEADER, ['1', '客户甲', 'visit', '2026-01-05']];
    const text = rows.map((row) => row.join('\t')).join('\r\n');
    const sheet = utils.aoa_to_sheet([['a title'], [], ...rows.map((row) => [...row, ''])]);
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['cover']]), '封面');
    utils.book_append_sheet(book, sheet, '拜访');
    const { rows: read1 } = await readAs({ 'a.csv': Buffer.from(`\ufeff${text}`) });
    const { rows: read2 } = await readAs({ 'a.csv': encodeGb18030(text.replaceAll('\t', ';')) });
    const { rows: read3 } = await readAs(
      { 'a.csv': write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer },
      { sheet: '拜访', headerLine: 3 },
    );
    for (const read of [read1, read2, read3])
      expect(read).toMatchObject([
        { source_id: '1', customer_ref: '客户甲', occurred_at: '2026-01-04T16:00:00Z' },
      ]);

    async function readAs(contents: Record<string, Buffer>, more: object = {}) {
      for (const [name, bytes] of Object.entries(contents)) folder.write(name, bytes);
      return read(await open([activities({}, more)]), 'activity');
    }
  });

  test('only changed files are read again; a later file holds where two have one key, and its loss shows the earlier one', async () => {
    const visit = (id: string, customer: string) => [id, customer, 'visit', '2026-01-05'];
    folder.write('2026-01.csv', [HEADER, visit('1', 'A'), visit('2', 'A')]);
    folder.write('2026-02.csv', [HEADER, visit('2', 'B'), visit('3', 'B')]);
    const source = await open([activities()]);
    const seen = async (state?: unknown) => {
      const { rows, state: after } = await read(source, 'activity', state);
      return {
        rows: rows.map(({ source_id, customer_ref }) => `${String(source_id)}${String(customer_ref)}`),
        after,
      };
    };
    const first = await seen();
    expect(first.rows).toEqual(['1A', '2B', '3B']);
    expect((await seen(first.after)).rows).toEqual([]);
    folder.write('2026-01.csv', [HEADER, visit('1', 'C'), visit('2', 'C')]);
    const second = await seen(first.after);
    expect(second.rows).toEqual(['1C']);
    folder.write('2026-02.csv', [HEADER, visit('3', 'B')]);
    const third = await seen(second.after);
    expect(third.rows).toEqual(['1C', '2C', '3B']);
    folder.remove('2026-02.csv');
    expect((await seen(third.after)).rows).toEqual(['1C', '2C']);
    expect(await keys(source, 'activity')).toEqual([['1'], ['2']]);
  });

  test('a changed entry of the config reads its files again', async () => {
    folder.write('a.csv', [HEADER, ['1', 'A', 'visit', '2026-01-05']]);
    const first = await read(await open([activities()]), 'activity');
    const other = await read(
      await open([activities({ note: { value: 'imported' } })]),
      'activity',
      first.state,
    );
    expect(other.rows).toMatchObject([{ source_id: '1', note: 'imported' }]);
  });

  test('a file that is another one than the config expects is named, tried again, and deletes nothing', async () => {
    folder.write('a.csv', [HEADER, ['1', 'A', 'visit', '2026-01-05']]);
    const good = await read(await open([activities()]), 'activity');
    folder.write('b.csv', [
      ['number', 'date'],
      ['1', '2026-01-05'],
    ]);
    const source = await open([activities()]);
    const next = await read(source, 'activity', good.state);
    expect(problems(next.rows)).toEqual([
      ['1 b.csv', 'file b.csv: Its header has no column "id"; it has number, date'],
    ]);
    expect((await read(source, 'activity', next.state)).rows).toHaveLength(1);
    for (const work of [keys(source, 'activity'), source.check(streamOf(source, 'activity'))]) {
      const error = await failure(work);
      expect([error.code, error.where]).toEqual(['file_unreadable', 'file b.csv']);
    }
    expect((await read(source, 'files')).rows).toMatchObject([
      { file_name: 'a.csv', entity: 'activity', rows: '1', records: '1', problem: null },
      {
        file_name: 'b.csv',
        rows: '0',
        problem: 'file b.csv: Its header has no column "id"; it has number, date',
      },
    ]);
    await expect(source.check()).resolves.toBeUndefined(); // it must not hold up the other files
    const other = await open([activities({}, { file: 'c*.csv' })]);
    const missing = await failure(other.check(streamOf(other, 'activity')));
    expect(missing.what).toBe('No file is called c*.csv');
  });

  test('rows add up: records, rejected, left out, repeated', async () => {
    const visit = (id: string, kind: string) => [id, 'A', kind, '2026-01-05'];
    folder.write('a.csv', [
      HEADER,
      visit('1', 'visit'),
      visit('1', 'call'),
      visit('2', 'plan'),
      visit('3', 'visit'),
      visit('4', 'visit'),
    ]);
    const table = activities(
      {},
      { where: { kind: ['visit', 'call', 'plan'], id: [1, 2, 3] }, repeats: 'last' },
    );
    const source = await open([table]);
    expect(
      (await read(source, 'activity')).rows.map(({ source_id, activity_type }) => [source_id, activity_type]),
    ).toEqual([
      ['1', 'call'],
      ['2', undefined],
      ['3', 'visit'],
    ]);
    expect((await read(source, 'files')).rows).toMatchObject([
      { rows: '5', records: '2', rejected: '1', left_out: '1', repeated: '1' },
    ]);
  });

  test('a file that ends within quotes loses its last row only', async () => {
    folder.write('a.csv', `${HEADER.join(',')}\n1,A,visit,2026-01-05\n2,"A,visit,2026-01-05\n3,B,visit,`);
    const { rows } = await read(await open([activities()]), 'activity');
    expect(problems(rows)).toEqual([
      ['1', null],
      ['2', 'line 3, the file ends within quotes that begin here'],
    ]);
  });

  test('mistakes in the config are named where they stand', () => {
    const parse = (table: object) => files.spec.safeParse({ folder: '.', tables: [table] });
    const said = (table: object) =>
      parse(table).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
    expect(said({ ...activities(), entity: 'visit' })).toEqual([
      'tables.0.entity: there is no entity "visit"; write one of customer, employee, contact, opportunity, opportunity_change, stage, stage_change, activity',
    ]);
    expect(
      said(
        activities({
          who: 'x',
          note: { column: 'x', rate: 7 },
          occurred_at: { column: 'x', format: 'dd/mmm' },
        }),
      ),
    ).toEqual([
      'tables.0.columns.occurred_at: "m" is no part of a day or time; write yyyy yy MM M dd d HH H mm ss SSS Z',
      'tables.0.columns.who: activity has no column "who"; it has source_updated_at, recorded_at, customer_ref, opportunity_ref, owner_ref, activity_type, note, occurred_at',
      'tables.0.columns.note: `rate` is for amounts',
    ]);
    expect(said({ ...activities(), file: '../secret.csv', columns: { occurred_at: 'at' } })).toEqual([
      'tables.0.file: a file lies below the folder: take ".." away',
      'tables.0.columns: activity needs a value for activity_type',
    ]);
    expect(parse({ ...activities(), zone: 'x' }).success).toBe(false);
  });
});

test.each([
  ['2026-10-25T02:30:00', undefined, 'Europe/Amsterdam', '2026-10-25T00:30:00Z'], // the first of two such hours
  ['2026-10-25 02:30:00.125', undefined, 'Asia/Shanghai', '2026-10-24T18:30:00.125Z'],
  ['2026-07-01T00:00:00+0530', undefined, 'Asia/Shanghai', '2026-06-30T18:30:00Z'],
  ['20260701 0930', 'yyyyMMdd HHmm', 'Asia/Shanghai', '2026-07-01T01:30:00Z'],
  ['2026-07-01T24:00:00', undefined, 'Asia/Shanghai', undefined],
])('%s in %s is %s', (text, format, zone, expected) => {
  expect(instantOf(text, format, zone)).toBe(expected);
});

test.each([
  ['2026-07-01T23:30:00Z', undefined, '2026-07-02'], // a time with a zone: the day in Shanghai
  ['2026-07-01T23:30:00', undefined, '2026-07-01'],
  ['7/1/26', 'M/d/yy', '2026-07-01'],
  ['2026-13-01', undefined, undefined],
])('the day of %s', (text, format, expected) => {
  expect(dayOf(text, format, 'Asia/Shanghai')).toBe(expected);
});

function streamOf(source: OpenSource, name: string): Stream {
  const stream = source.streams.find((each) => each.name === name);
  if (!stream) throw new Error(`no stream ${name}`);
  return stream;
}

async function read(source: OpenSource, name: string, from?: unknown) {
  const rows: Row[] = [];
  let state = from;
  for await (const page of source.read(streamOf(source, name), from, {})) {
    rows.push(...(page.records as Row[]));
    state = page.state;
  }
  return { rows, state };
}

async function keys(source: OpenSource, name: string): Promise<string[][]> {
  const all: string[][] = [];
  for await (const page of source.keys?.(streamOf(source, name)) ?? []) all.push(...page);
  return all;
}

async function failure(work: Promise<unknown>): Promise<MillraceError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MillraceError) return error;
  throw new Error(`no MillraceError: ${String(error)}`);
}

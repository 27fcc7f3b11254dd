import { z } from 'zod';
import {
  businessDate,
  defineStream,
  epochMs,
  type Field,
  flag,
  integer,
  localTime,
  money,
  quantity,
  utcTime,
} from '../../connectors/kit';
import { DuckDbWarehouse } from '../duckdb/duckdbWarehouse';
import { literal } from '../warehouse';
import { isGood, reasonsOf, ruleOf, textsForGood, typedColumns } from './columns';

const TEXTS = [
  '',
  ' ',
  '  ',
  '\t',
  '\u00a0',
  '\u3000',
  ' \u3000 ',
  '\u007f',
  '0',
  '-0',
  '007',
  '+1',
  '12',
  ' 12',
  '12 ',
  '\u300012',
  '12\u00a0',

  '1.',
  '.5',
  '1.5',
  '1.50',
  '1.500',
  '1.005',
  '1.0050',
  '-1.25',
  '1e3',
  '0x1F',
  '1_000',
  '1,000',
  'NaN',
  'inf',
  'infinity',
  '-infinity',

  '9007199254740993.13',
  '9999999999999999.99',
  '99999999999999999',
  '999999999999999999',
  '9223372036854775808',
  '999999999999.1234567',

  'true',
  'TRUE',
  ' true',
  'False',
  'false',
  'yes',
  't',
  '1',
  'A',
  'C',
  ' A',
  'a',
  '中文',
  '\u3000中',
  '一',
  '龘',
  '~',
  '\u00e9',
  '😀',
  'null',

  '2026-01-31',
  '2026-02-30',
  '2026-1-5',
  '12026-01-05',
  '0000-00-00',
  '20260105',
  '2026-01-31T00:00:00',
  '2026-01-31 00:00',
  '2026-01-31 12:00',

  '2026-01-31 08:00:00.123456',
  '2026-01-31T08:00:00Z',
  '2026-01-31T08:00:00+08:00',
  ' 2026-01-31 08:00:00 ',
  '2026-01-31 25:00:00',
  'epoch',

  '1991-07-01 12:00:00',
  '1986-05-04 02:30:00',
  '0044-03-15 (BC)',
  '1767225600000',
  '-1',
  '1000000000000000',
];

const KINDS = {
  text: z.string(),
  choice: z.enum(['A', 'C', '1']),
  money: money(),
  quantity: quantity(),
  integer: integer(),
  flag: flag(),
  date: businessDate(),
  local: localTime('Asia/Shanghai'),
  utc: utcTime(),
  epoch: epochMs(),
};

let warehouse: DuckDbWarehouse;
beforeAll(async () => {
  warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
});
afterAll(() => warehouse.close());

describe.each(Object.entries(KINDS))('a %s', (_name, schema) => {
  const contract = z.object({ required: schema, optional: schema.nullable() });
  const stream = defineStream({ name: 'texts', vendorName: 'texts', key: ['required'], contract });
  const [required, optional] = stream.fields as [Field, Field];
  const fields = [required, optional];
  const source = `(select text as required, text as optional from (values (null), ${TEXTS.map((text) => `(${literal(text)})`).join(', ')}) as texts(text))`;

  test('is typed as its rule says over the trimmed text, though most texts are not trimmed', async () => {
    const trimmed = `nullif(trim(required), '')`;
    const { value } = ruleOf(required.kind);
    const slow =
      required.kind.kind === 'text'
        ? `case when ${trimmed} is null then null else required end`
        : value(trimmed);
    const typed = typedColumns([required])
      .join()
      .replace(/"required"$/, 'typed');
    const different = await warehouse.rows(
      `select text, cast(typed as varchar) as typed from (select required as text, ${typed}, ${slow} as slow from ${source})
       where typed is distinct from slow`,
    );
    expect(different).toEqual([]);
  });

  test('is good exactly where there is no reason against it', async () => {
    for (const field of fields) {
      const typed = [...typedColumns([field]), ...textsForGood([field]), 'reasons'];
      const rows = await warehouse.rows(
        `select reasons is null as has_no_reason, ${isGood([field])} as is_good
         from (select ${typed.join(', ')} from (select *, ${reasonsOf([field])} as reasons from ${source}))`,
      );
      expect(rows.filter((row) => row.has_no_reason !== row.is_good)).toEqual([]);
      expect(new Set(rows.map((row) => row.is_good)).size).toBeGreaterThan(
        field === optional && !ruleOf(field.kind).expected ? 0 : 1,
      );
    }
  });
});

import { type BuiltCase, given } from '../../test/models/given';
import { fieldLabels } from './fieldLabels';
import { HIDDEN_FIELDS } from './record';
import { RECORD_TABLES } from './tables';

const CHINESE = /\p{Script=Han}/u;

describe('what a record shows', () => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await given({ today: '2025-08-10', entities: {} });
  });
  afterAll(() => built.close());

  test.each(Object.entries(RECORD_TABLES))(
    'every column of %s has a label; its id, owner and links are columns',
    async (table, { id, customer, links }) => {
      const columns = (await built.rows(`describe ${table}`)).map((row) => String(row.column_name));
      expect(columns).toEqual(
        expect.arrayContaining([id, ...(customer ? [customer] : []), ...Object.keys(links)]),
      );
      const shown = columns.filter((name) => name !== id && !HIDDEN_FIELDS.has(name));
      expect(shown.filter((name) => !(name in fieldLabels))).toEqual([]);
      for (const linked of Object.values(links)) expect(Object.keys(RECORD_TABLES)).toContain(linked);
    },
  );

  test('no label is left without a column', async () => {
    const columns = await Promise.all(
      Object.keys(RECORD_TABLES).map((table) => built.rows(`describe ${table}`)),
    );
    const known = new Set(columns.flat().map((row) => String(row.column_name)));
    expect(Object.keys(fieldLabels).filter((name) => !known.has(name))).toEqual([]);
  });
});

test.each(Object.entries(fieldLabels))('%s is said in both languages', (_name, { zh, en }) => {
  expect(zh).toMatch(CHINESE);
  expect(en).toMatch(/^[A-Z][\x20-\x7e]+$/);
});

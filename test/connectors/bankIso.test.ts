import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { bank as connector } from '../../connectors/bank';
import { type Loaded, loaded } from './loaded';

const fixtures = join(__dirname, '../../connectors/bank/fixtures');

describe('CAMT and MT940 files as canonical entities', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bank-iso-'));
  let warehouse: Loaded;
  const put = (name: string, as = basename(name)) => copyFileSync(join(fixtures, name), join(folder, as));
  const rows = async (sql: string) =>
    (await warehouse.rows(sql)).map((row) =>
      Object.values(row)
        .map((value) => String(value))
        .join(' | '),
    );

  beforeAll(async () => {
    put('camt/iso_business_sample_camt.053.001.04.xml');
    put('camt/genkgo_camt052.v4.xml'); // one pending entry
    put('camt/genkgo_camt053.v2.wrong.xml');
    put('mt940/mt940_mBank_mt940.sta');
    put('mt940/js_base-1.sta');
    put('mt940/mt940_jejik_knab_broken.sta');
    warehouse = await loaded(connector, { folder, settleSeconds: 0 });
    await warehouse.sync();
  });
  afterAll(async () => {
    await warehouse.close();
    rmSync(folder, { recursive: true });
  });

  test('every booked line is there with its amount and currency, equal ones as often as they are', async () => {
    const sql = `select file_name, currency, count(*), sum(amount), count(amount_cny) from staging.bank_transaction
      group by file_name, currency order by file_name`;
    expect(await rows(sql)).toEqual([
      'iso_business_sample_camt.053.001.04.xml | SEK | 3 | -64321.50 | 0',
      'js_base-1.sta | DEM | 9 | 95000.00 | 0', // seven equal lines of 20,000.00 in two statements of one day
      'mt940_jejik_knab_broken.sta | EUR | 2 | -6760.00 | 0',
      'mt940_mBank_mt940.sta | PLN | 3 | 0.03 | 0',
    ]);
  });

  test('what cannot be read stands in quarantine with its line', async () => {
    const found = await rows('select cast(raw as varchar) as raw from quarantine.record order by 1');
    expect(found).toHaveLength(2);
    expect(found.join('\n')).toMatch(/mt940_jejik_knab_broken\.sta.*line 17: no amount/s);
    expect(found.join('\n')).toMatch(/genkgo_camt053\.v2\.wrong\.xml.*line 3: .*holds no statement/s);
  });

  test('the same files again, under other names, give no line more', async () => {
    const before = await rows('select source_id from staging.bank_transaction order by source_id');
    put('camt/iso_business_sample_camt.053.001.04.xml', 'again.xml');
    put('mt940/js_base-1.sta', 'again.sta');
    await warehouse.sync();
    expect(await rows('select source_id from staging.bank_transaction order by source_id')).toEqual(before);
  });
});

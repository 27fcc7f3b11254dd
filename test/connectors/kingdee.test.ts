import { kingdee } from '../../connectors/kingdee';
import { KingdeeSandbox } from '../../connectors/kingdee/sandbox';
import { seedCompany } from './kingdeeCompany';
import { type Loaded, loaded } from './loaded';

describe('Kingdee records as canonical entities', () => {
  const sandbox = new KingdeeSandbox();
  let warehouse: Loaded;
  beforeAll(async () => {
    await sandbox.start();
    seedCompany(sandbox);
    const { accountId, user, appId, appSecret } = sandbox.account;
    const config = { baseUrl: `${sandbox.baseUrl}/K3Cloud`, accountId, user, appId, appSecret };
    warehouse = await loaded(kingdee, config);
  });
  afterAll(async () => {
    await warehouse.close();
    await sandbox.stop();
  });

  const table = async (entity: string, columns: string) => {
    const rows = await warehouse.rows(`select ${columns} from staging.${entity} order by source_id`);
    return rows.map((row) =>
      Object.values(row)
        .map((value) => String(value))
        .join(' | '),
    );
  };

  test('no record went to quarantine', async () => {
    expect(await warehouse.rows('select * from quarantine.record')).toEqual([]);
  });

  test('customers: class, region, owner, own companies; a business date is a Shanghai day', async () => {
    const columns =
      'source_id, name, credit_code, customer_class, region, owner_ref, is_internal, created_date';
    expect(await table('customer', columns)).toEqual([
      '1 | 苏州甲机械有限公司 | 91320500MA1XXXXX0A | A | 华东 | S001 | false | 2025-12-31',
      '2 | 本集团销售公司 | null | null | null | null | true | null',
    ]);
  });

  test('what was deleted at the vendor is marked in every entity that it feeds', async () => {
    const sandboxOfItsOwn = new KingdeeSandbox();
    await sandboxOfItsOwn.start();
    seedCompany(sandboxOfItsOwn);
    const { accountId, user, appId, appSecret } = sandboxOfItsOwn.account;
    const config = { baseUrl: `${sandboxOfItsOwn.baseUrl}/K3Cloud`, accountId, user, appId, appSecret };
    const company = await loaded(kingdee, config);
    try {
      expect(await company.reconcile()).toBe(0);
      sandboxOfItsOwn.remove('SAL_SaleOrder', ['11']); // a document goes with its entries
      expect(await company.reconcile()).toBe(2);
      for (const [entity, record] of [
        ['sales_order', 'number'],
        ['sales_order_line', 'number'],
      ]) {
        const rows = await company.rows(`select ${record} as record from staging.${entity} where is_deleted`);
        expect(rows).toEqual([{ record: 'SO11' }]);
      }
    } finally {
      await company.close();
      await sandboxOfItsOwn.stop();
    }
  });

  test('orders: another currency becomes CNY to the cent, a cancelled order does not count', async () => {
    expect(await table('sales_order', 'number, customer_ref, amount_cny, currency, is_counted')).toEqual([
      'SO10 | 1 | 1130.00 | CNY | true',
      'SO11 | 1 | 712.35 | PRE007 | false', // 100.00 x 7.123456
    ]);
    const columns = 'order_ref, number, product_code, product_group, quantity, amount_cny';
    expect(await table('sales_order_line', columns)).toEqual([
      '10 | SO10 | M1 | 轴承 | 10.000000 | 1130.00',
      '11 | SO11 | null | null | 1.000000 | 712.35',
    ]);
  });

  test('receivables: red documents are credit notes, estimated ones do not count, retention is marked', async () => {
    const columns = 'number, order_number, amount_cny, is_credit_note, is_counted, due_date';
    expect(await table('receivable_document', columns)).toEqual([
      'AR20 | SO10 | 1130.00 | false | true | 2026-02-04',
      'AR21 | null | -130.00 | true | true | 2026-02-04',
      'AR22 | null | 50.00 | false | false | 2026-02-04',
    ]);
    expect(
      await table('instalment', 'document_ref, line_number, due_date, amount_cny, is_retention'),
    ).toEqual(['20 | 1 | 2026-02-04 | 1017.00 | false', '20 | 2 | 2027-01-05 | 113.00 | true']);
  });

  test('receipts: one per way of payment, what was really received; refunds are negative', async () => {
    const columns = 'source_id, number, method, bank_reference, amount_cny, is_prepayment, customer_ref';
    expect(await table('receipt', columns)).toEqual([
      '400 | SK40 | cash | B20260120-1 | 780.00 | false | 1',
      '401 | SK40 | bank_bill | null | 100.00 | false | 1',
      '402 | SK41 | cash | null | 70.00 | true | 1',
      'refund-40 | TK40 | cash | null | -30.00 | false | 1',
    ]);
  });

  test('allocations: what is matched beyond the money is discount, fee and rounding; mirrors are left out', async () => {
    const columns =
      'source_id, receipt_ref, document_number, credit_note_number, kind, amount_cny, value_date';
    expect(await table('allocation', columns)).toEqual([
      '500 | 400 | AR20 | null | cash | 780.00 | null', // 800.00 matched = 780.00 + 15.00 + 4.50 + 0.50
      '500/bank_fee | null | AR20 | null | bank_fee | 4.50 | 2026-01-20',
      '500/difference | null | AR20 | null | rounding | 0.50 | 2026-01-20',
      '500/discount | null | AR20 | null | discount | 15.00 | 2026-01-20',
      '501 | 401 | AR20 | null | bank_bill | 100.00 | null',
      '503 | null | AR20 | AR21 | credit_note | 100.00 | 2026-01-05',
      '505 | refund-40 | AR21 | null | cash | -30.00 | null',
      '506 | null | AR20 | null | set_off | 5.00 | 2026-01-19',
    ]);
  });

  test('a second sync finds nothing new', async () => {
    const counts = Object.values(await warehouse.sync());
    expect(counts.reduce((sum, { loaded: changed }) => sum + changed, 0)).toBe(0);
  });
});

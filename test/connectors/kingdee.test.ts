import { kingdee } from '../../connectors/kingdee';
import { KingdeeSandbox } from '../../connectors/kingdee/sandbox';
import { type Loaded, loaded } from './loaded';

const T = '2026-01-05T10:00:00';
const APPROVED = {
  FDocumentStatus: 'C',
  FCancelStatus: 'A',
  FCreateDate: T,
  FModifyDate: T,
  FApproveDate: T,
};

/** A small company whose every amount was written by hand; what staging must make of it stands in the tests. */
function seed(sandbox: KingdeeSandbox): void {
  sandbox.seed('BD_Customer', [
    {
      FCUSTID: 1,
      FNumber: 'C1',
      FName: '苏州甲机械有限公司',
      FSOCIALCRECODE: '91320500MA1XXXXX0A',
      'FCustTypeId.FName': 'A类客户',
      'FGroup.FName': '华东',
      'FSELLER.FNumber': 'S001',
      FCreateDate: '2025-12-31T23:30:00',
      FModifyDate: T,
    },
    {
      FCUSTID: 2,
      FNumber: 'C2',
      FName: '本集团销售公司',
      'FCustTypeId.FName': '普通',
      'FCorrespondOrgId.FNumber': '101',
      FModifyDate: T,
    },
  ]);
  sandbox.seed('SAL_SaleOrder', [
    {
      FID: 10,
      FBillNo: 'SO10',
      ...APPROVED,
      FDate: '2026-01-05',
      FCustId: 1,
      'FSalerId.FNumber': 'S001',
      FBillAllAmount: '1130.00',
      FBillAllAmount_LC: '1130.00',
      'FSettleCurrId.FNumber': 'PRE001',
      FExchangeRate: '1',
    },
    {
      FID: 11,
      FBillNo: 'SO11',
      ...APPROVED,
      FCancelStatus: 'B',
      FDate: '2026-01-06',
      FCustId: 1,
      FBillAllAmount: '100.00',
      'FSettleCurrId.FNumber': 'PRE007',
      FExchangeRate: '7.123456',
    },
  ]);
  sandbox.seed('SAL_SaleOrder.FSaleOrderEntry', [
    {
      FSaleOrderEntry_FEntryID: 100,
      FID: 10,
      FSaleOrderEntry_FSEQ: 1,
      'FMaterialId.FNumber': 'M1',
      'FMaterialId.FMaterialGroup.FName': '轴承',
      FQty: '10',
      FAllAmount: '1130.00',
    },
    { FSaleOrderEntry_FEntryID: 101, FID: 11, FSaleOrderEntry_FSEQ: 1, FQty: '1', FAllAmount: '100.00' },
  ]);
  const receivable = {
    ...APPROVED,
    FCUSTOMERID: 1,
    FSetAccountType: '3',
    FDATE: '2026-01-05',
    FENDDATE_H: '2026-02-04',
  };
  sandbox.seed('AR_receivable', [
    { FID: 20, FBillNo: 'AR20', ...receivable, FALLAMOUNTFOR: '1130.00' },
    { FID: 21, FBillNo: 'AR21', ...receivable, FALLAMOUNTFOR: '-130.00' },
    { FID: 22, FBillNo: 'AR22', ...receivable, FSetAccountType: '2', FALLAMOUNTFOR: '50.00' },
  ]);
  sandbox.seed('AR_receivable.FEntityDetail', [
    { FEntityDetail_FEntryID: 200, FID: 20, FORDERNUMBER: 'SO10', FALLAMOUNTFOR_D: '1130.00' },
  ]);
  sandbox.seed('AR_receivable.FEntityPlan', [
    {
      FEntityPlan_FEntryID: 300,
      FID: 20,
      FEntityPlan_FSEQ: 1,
      FENDDATE: '2026-02-04',
      FPAYAMOUNTFOR: '1017.00',
    },
    {
      FEntityPlan_FEntryID: 301,
      FID: 20,
      FEntityPlan_FSEQ: 2,
      FENDDATE: '2027-01-05',
      FPAYAMOUNTFOR: '113.00',
      FREMARK: '质保金10%',
    },
  ]);
  const receipt = { ...APPROVED, FDATE: '2026-01-20', FCONTACTUNITTYPE: 'BD_Customer', FCONTACTUNIT: 1 };
  sandbox.seed('AR_RECEIVEBILL', [
    { FID: 40, FBillNo: 'SK40', ...receipt, FRECAMOUNTFOR: '900.00' },
    { FID: 41, FBillNo: 'SK41', ...receipt, FRECAMOUNTFOR: '70.00' },
  ]);
  sandbox.seed('AR_RECEIVEBILL.FRECEIVEBILLENTRY', [
    // 800.00 due by wire: 780.00 came, 15.00 discount, 4.50 bank fee, 0.50 short; and a bank bill of 100.00
    {
      FRECEIVEBILLENTRY_FEntryID: 400,
      FID: 40,
      'FSETTLETYPEID.FNumber': 'JSFS04_SYS',
      'FPURPOSEID.FNumber': 'SFKYT01_SYS',
      FRECTOTALAMOUNTFOR: '800.00',
      FREALRECAMOUNTFOR_D: '780.00',
      FSETTLEDISTAMOUNTFOR: '15.00',
      FHANDLINGCHARGEFOR: '4.50',
      FSETTLENO: 'B20260120-1',
    },
    {
      FRECEIVEBILLENTRY_FEntryID: 401,
      FID: 40,
      'FSETTLETYPEID.FNumber': 'JSFS07_SYS',
      'FPURPOSEID.FNumber': 'SFKYT01_SYS',
      FRECTOTALAMOUNTFOR: '100.00',
      FREALRECAMOUNTFOR_D: '100.00',
    },
    {
      FRECEIVEBILLENTRY_FEntryID: 402,
      FID: 41,
      'FSETTLETYPEID.FNumber': 'JSFS04_SYS',
      'FPURPOSEID.FNumber': 'SFKYT02_SYS',
      FRECTOTALAMOUNTFOR: '70.00',
      FREALRECAMOUNTFOR_D: '70.00',
    },
  ]);
  sandbox.seed('AR_REFUNDBILL', [{ FID: 40, FBillNo: 'TK40', ...receipt, FREFUNDTOTALAMOUNTFOR: '30.00' }]);
  sandbox.seed('AR_RECMacthLog', [
    { FID: 50, FCREATEDATE: '2026-01-21T09:00:00' },
    { FID: 51, FCREATEDATE: '2026-01-22T09:00:00' },
  ]);
  const paid = { FTARGETFROMID: 'AR_receivable', FTARGETBILLID: 20, FTARGETBILLNO: 'AR20' };
  sandbox.seed('AR_RECMacthLog.FRECMACTHLOGENTRY', [
    {
      FRECMACTHLOGENTRY_FEntryID: 500,
      FID: 50,
      FSOURCEFROMID: 'AR_RECEIVEBILL',
      FSRCBILLID: 40,
      FSRCBILLNO: 'SK40',
      FSRCROWID: 400,
      FSRCDATE: '2026-01-20',
      ...paid,
      FCURWRITTENOFFAMOUNTFOR: '800.00',
    },
    {
      FRECMACTHLOGENTRY_FEntryID: 501,
      FID: 50,
      FSOURCEFROMID: 'AR_RECEIVEBILL',
      FSRCBILLID: 40,
      FSRCBILLNO: 'SK40',
      FSRCROWID: 401,
      FSRCDATE: '2026-01-20',
      ...paid,
      FCURWRITTENOFFAMOUNTFOR: '100.00',
    },
    // the vendor's mirror of 500
    {
      FRECMACTHLOGENTRY_FEntryID: 502,
      FID: 50,
      FSOURCEFROMID: 'AR_receivable',
      FSRCBILLID: 20,
      FSRCBILLNO: 'AR20',
      FTARGETFROMID: 'AR_RECEIVEBILL',
      FTARGETBILLID: 40,
      FTARGETBILLNO: 'SK40',
      FCURWRITTENOFFAMOUNTFOR: '800.00',
    },
    // the credit note pays 100.00 of AR20, seen from both sides; 30.00 of it is paid out; 5.00 is set off
    {
      FRECMACTHLOGENTRY_FEntryID: 503,
      FID: 51,
      FSOURCEFROMID: 'AR_receivable',
      FSRCBILLID: 21,
      FSRCBILLNO: 'AR21',
      FSRCDATE: '2026-01-05',
      ...paid,
      FCURWRITTENOFFAMOUNTFOR: '-100.00',
    },
    {
      FRECMACTHLOGENTRY_FEntryID: 504,
      FID: 51,
      FSOURCEFROMID: 'AR_receivable',
      FSRCBILLID: 20,
      FSRCBILLNO: 'AR20',
      FTARGETFROMID: 'AR_receivable',
      FTARGETBILLID: 21,
      FTARGETBILLNO: 'AR21',
      FCURWRITTENOFFAMOUNTFOR: '100.00',
    },
    {
      FRECMACTHLOGENTRY_FEntryID: 505,
      FID: 51,
      FSOURCEFROMID: 'AR_REFUNDBILL',
      FSRCBILLID: 40,
      FSRCBILLNO: 'TK40',
      FSRCDATE: '2026-01-20',
      FTARGETFROMID: 'AR_receivable',
      FTARGETBILLID: 21,
      FTARGETBILLNO: 'AR21',
      FCURWRITTENOFFAMOUNTFOR: '30.00',
    },
    {
      FRECMACTHLOGENTRY_FEntryID: 506,
      FID: 51,
      FSOURCEFROMID: 'AP_Payable',
      FSRCBILLID: 90,
      FSRCBILLNO: 'AP90',
      FSRCDATE: '2026-01-19',
      ...paid,
      FCURWRITTENOFFAMOUNTFOR: '5.00',
    },
  ]);
}

describe('Kingdee records as canonical entities', () => {
  const sandbox = new KingdeeSandbox();
  let warehouse: Loaded;
  beforeAll(async () => {
    await sandbox.start();
    seed(sandbox);
    const { accountId, user, appId, appSecret } = sandbox.account;
    warehouse = await loaded(kingdee, {
      baseUrl: `${sandbox.baseUrl}/K3Cloud`,
      accountId,
      user,
      appId,
      appSecret,
    });
  });
  afterAll(async () => {
    await warehouse.close();
    await sandbox.stop();
  });

  const rows = (entity: string, columns: string) =>
    warehouse.rows(`select ${columns} from staging.${entity} order by source_id`);

  test('no record went to quarantine', async () => {
    expect(await warehouse.rows('select * from quarantine.record')).toEqual([]);
  });

  test('customers: class, region, owner, own companies; a business date is a Shanghai day', async () => {
    expect(
      await rows(
        'customer',
        'source_id, name, customer_class, region, owner_ref, is_internal, created_date, credit_code',
      ),
    ).toEqual([
      {
        source_id: '1',
        name: '苏州甲机械有限公司',
        customer_class: 'A',
        region: '华东',
        owner_ref: 'S001',
        is_internal: false,
        created_date: '2025-12-31',
        credit_code: '91320500MA1XXXXX0A',
      },
      {
        source_id: '2',
        name: '本集团销售公司',
        customer_class: null,
        region: null,
        owner_ref: null,
        is_internal: true,
        created_date: null,
        credit_code: null,
      },
    ]);
  });

  test('orders and their lines: another currency is turned into CNY to the cent, a cancelled order does not count', async () => {
    expect(await rows('sales_order', 'number, customer_ref, amount_cny, currency, is_counted')).toEqual([
      { number: 'SO10', customer_ref: '1', amount_cny: '1130.00', currency: 'CNY', is_counted: true },
      { number: 'SO11', customer_ref: '1', amount_cny: '712.35', currency: 'PRE007', is_counted: false },
    ]);
    expect(
      await rows('sales_order_line', 'order_ref, number, product_code, product_group, quantity, amount_cny'),
    ).toEqual([
      {
        order_ref: '10',
        number: 'SO10',
        product_code: 'M1',
        product_group: '轴承',
        quantity: '10.000000',
        amount_cny: '1130.00',
      },
      {
        order_ref: '11',
        number: 'SO11',
        product_code: null,
        product_group: null,
        quantity: '1.000000',
        amount_cny: '712.35',
      },
    ]);
  });

  test('receivables: red documents are credit notes, estimated ones do not count, retention is marked', async () => {
    expect(
      await rows(
        'receivable_document',
        'number, order_number, amount_cny, is_credit_note, is_counted, due_date',
      ),
    ).toEqual([
      {
        number: 'AR20',
        order_number: 'SO10',
        amount_cny: '1130.00',
        is_credit_note: false,
        is_counted: true,
        due_date: '2026-02-04',
      },
      {
        number: 'AR21',
        order_number: null,
        amount_cny: '-130.00',
        is_credit_note: true,
        is_counted: true,
        due_date: '2026-02-04',
      },
      {
        number: 'AR22',
        order_number: null,
        amount_cny: '50.00',
        is_credit_note: false,
        is_counted: false,
        due_date: '2026-02-04',
      },
    ]);
    expect(await rows('instalment', 'document_ref, line_number, due_date, amount_cny, is_retention')).toEqual(
      [
        {
          document_ref: '20',
          line_number: 1,
          due_date: '2026-02-04',
          amount_cny: '1017.00',
          is_retention: false,
        },
        {
          document_ref: '20',
          line_number: 2,
          due_date: '2027-01-05',
          amount_cny: '113.00',
          is_retention: true,
        },
      ],
    );
  });

  test('receipts: one per way of payment, what was really received; refunds are negative', async () => {
    expect(
      await rows(
        'receipt',
        'source_id, number, method, bank_reference, amount_cny, is_prepayment, customer_ref',
      ),
    ).toEqual([
      {
        source_id: '400',
        number: 'SK40',
        method: 'cash',
        bank_reference: 'B20260120-1',
        amount_cny: '780.00',
        is_prepayment: false,
        customer_ref: '1',
      },
      {
        source_id: '401',
        number: 'SK40',
        method: 'bank_bill',
        bank_reference: null,
        amount_cny: '100.00',
        is_prepayment: false,
        customer_ref: '1',
      },
      {
        source_id: '402',
        number: 'SK41',
        method: 'cash',
        bank_reference: null,
        amount_cny: '70.00',
        is_prepayment: true,
        customer_ref: '1',
      },
      {
        source_id: 'refund-40',
        number: 'TK40',
        method: 'cash',
        bank_reference: null,
        amount_cny: '-30.00',
        is_prepayment: false,
        customer_ref: '1',
      },
    ]);
  });

  test('allocations: 800.00 matched is 780.00 cash, 15.00 discount, 4.50 fee and 0.50 rounding; mirrors are left out', async () => {
    const columns =
      'source_id, receipt_ref, document_number, credit_note_number, kind, amount_cny, value_date';
    expect(await rows('allocation', columns)).toEqual([
      {
        source_id: '500',
        receipt_ref: '400',
        document_number: 'AR20',
        credit_note_number: null,
        kind: 'cash',
        amount_cny: '780.00',
        value_date: null,
      },
      {
        source_id: '500/bank_fee',
        receipt_ref: null,
        document_number: 'AR20',
        credit_note_number: null,
        kind: 'bank_fee',
        amount_cny: '4.50',
        value_date: '2026-01-20',
      },
      {
        source_id: '500/difference',
        receipt_ref: null,
        document_number: 'AR20',
        credit_note_number: null,
        kind: 'rounding',
        amount_cny: '0.50',
        value_date: '2026-01-20',
      },
      {
        source_id: '500/discount',
        receipt_ref: null,
        document_number: 'AR20',
        credit_note_number: null,
        kind: 'discount',
        amount_cny: '15.00',
        value_date: '2026-01-20',
      },
      {
        source_id: '501',
        receipt_ref: '401',
        document_number: 'AR20',
        credit_note_number: null,
        kind: 'bank_bill',
        amount_cny: '100.00',
        value_date: null,
      },
      {
        source_id: '503',
        receipt_ref: null,
        document_number: 'AR20',
        credit_note_number: 'AR21',
        kind: 'credit_note',
        amount_cny: '100.00',
        value_date: '2026-01-05',
      },
      {
        source_id: '505',
        receipt_ref: 'refund-40',
        document_number: 'AR21',
        credit_note_number: null,
        kind: 'cash',
        amount_cny: '-30.00',
        value_date: null,
      },
      {
        source_id: '506',
        receipt_ref: null,
        document_number: 'AR20',
        credit_note_number: null,
        kind: 'set_off',
        amount_cny: '5.00',
        value_date: '2026-01-19',
      },
    ]);
  });

  test('a second sync finds nothing new', async () => {
    const counts = Object.values(await warehouse.sync());
    expect(counts.reduce((sum, { loaded: changed }) => sum + changed, 0)).toBe(0);
  });
});

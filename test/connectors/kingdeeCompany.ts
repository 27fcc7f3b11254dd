import type { KingdeeSandbox } from '../../connectors/kingdee/sandbox';

const T = '2026-01-05T10:00:00';
const APPROVED = {
  FDocumentStatus: 'C',
  FCancelStatus: 'A',
  FCreateDate: T,
  FModifyDate: T,
  FApproveDate: T,
};

/** A small company whose every amount was written by hand; what staging must make of it stands in the tests. */
export function seedCompany(sandbox: KingdeeSandbox): void {
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

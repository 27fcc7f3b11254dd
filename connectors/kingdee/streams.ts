import { z } from 'zod';
import {
  businessDate,
  defineStream,
  integer,
  localTime,
  money,
  quantity,
  type StreamDefinition,
} from '../kit';

/**
 * Contracts in the vendor's field keys. Head and entry fields are never asked for together: an entry field repeats the
 * head's amounts on every line. A key that a tenant does not have is left out of the query when it is nullable here.
 * Blank text comes as one space and is kept so in raw; staging turns it into null.
 */
const time = () => localTime('Asia/Shanghai'); // the server's local time, without a zone
const text = () => z.string().nullable();
const OVERLAP = '5 minutes'; // FModifyDate has whole seconds and a transaction commits after it was set

/** Keys that every approved document has. C = approved, A = not cancelled. */
const document = {
  FID: integer(),
  FBillNo: z.string(),
  FDocumentStatus: z.string(), // Z draft, A created, B in review, C approved, D sent back
  FCancelStatus: text(), // A normal, B cancelled
  FCreateDate: time().nullable(),
  FModifyDate: time(),
  FApproveDate: time().nullable(),
};

const documents = (definition: Omit<StreamDefinition, 'key' | 'cursor'>) =>
  defineStream({
    isProjected: true,
    key: ['FID'],
    cursor: { field: 'FModifyDate', tie: 'FID', overlap: OVERLAP },
    ...definition,
  });

/** Entries follow their head: its FModifyDate is their cursor, their own id breaks ties. */
const entries = (entryId: string, definition: Omit<StreamDefinition, 'key' | 'cursor'>) =>
  defineStream({
    isProjected: true,
    key: [entryId],
    cursor: { field: 'FModifyDate', tie: entryId, overlap: OVERLAP },
    ...definition,
  });

/** 客户. Its primary key is FCUSTID; "FID does not exist" here. */
const customers = defineStream({
  isProjected: true,
  name: 'customers',
  vendorName: 'BD_Customer',
  key: ['FCUSTID'],
  cursor: { field: 'FModifyDate', tie: 'FCUSTID', overlap: OVERLAP },
  contract: z.object({
    FCUSTID: integer(),
    FNumber: z.string(),
    FName: z.string(),
    FShortName: text(),
    FSOCIALCRECODE: text(), // 统一社会信用代码
    FDocumentStatus: text(),
    FForbidStatus: text(), // A in use, B forbidden
    'FCustTypeId.FName': text(), // 客户类别; companies put A, B, C here
    'FGroup.FName': text(), // 客户分组; companies put regions here
    'FSELLER.FNumber': text(), // the salesperson's staff number
    'FRECCONDITIONID.FName': text(), // 收款条件: 月结30天, 货到60天 …; staging/payment_term.sql reads the words
    'FCompanyScale.FDataValue': text(), // 公司规模: 大型企业 has a statutory term (Order 802)
    'FCompanyNature.FDataValue': text(), // 公司性质: so have 机关 and 事业单位
    'FCorrespondOrgId.FNumber': text(), // 对应组织: filled for companies of the own group
    FCreateDate: time().nullable(),
    FModifyDate: time(),
  }),
});

/** 销售订单, head. FBillAllAmount is with tax, in the order's currency; _LC in the books' currency. */
const salesOrders = documents({
  name: 'sales_orders',
  vendorName: 'SAL_SaleOrder',
  amount: 'FBillAllAmount',
  contract: z.object({
    ...document,
    FDate: businessDate(),
    FCustId: integer(),
    'FSalerId.FNumber': text(),
    'FSettleCurrId.FNumber': text(), // PRE001 = CNY
    FExchangeRate: quantity().nullable(),
    FBillAllAmount: money(),
    FBillAllAmount_LC: money().nullable(),
    FCloseStatus: text(), // A open, B closed
    FCloseDate: time().nullable(),
  }),
});

const salesOrderEntries = entries('FSaleOrderEntry_FEntryID', {
  name: 'sales_order_entries',
  vendorName: 'SAL_SaleOrder',
  amount: 'FAllAmount',
  contract: z.object({
    FSaleOrderEntry_FEntryID: integer(),
    FID: integer(),
    FBillNo: z.string(),
    FModifyDate: time(),
    FSaleOrderEntry_FSEQ: integer().nullable(),
    'FMaterialId.FNumber': text(),
    'FMaterialId.FName': text(),
    'FMaterialId.FMaterialGroup.FName': text(),
    FQty: quantity(),
    FAllAmount: money(),
    FAllAmount_LC: money().nullable(),
    FDeliveryDate: businessDate().nullable(),
    FStockOutQty: quantity().nullable(),
    FMrpCloseStatus: text(),
  }),
});

/** 销售出库单, head. The customer's key is FCustomerID here. */
const deliveries = documents({
  name: 'deliveries',
  vendorName: 'SAL_OUTSTOCK',
  amount: 'FBillAllAmount',
  contract: z.object({
    ...document,
    FDate: businessDate(),
    FCustomerID: integer(),
    FExchangeRate: quantity().nullable(),
    FBillAllAmount: money(),
    FBillAllAmount_LC: money().nullable(),
  }),
});

/** 销售退货单, head. */
const goodsReturns = documents({
  name: 'goods_returns',
  vendorName: 'SAL_RETURNSTOCK',
  amount: 'FBillAllAmount',
  contract: z.object({
    ...document,
    FDate: businessDate(),
    FRetcustId: integer(),
    'FReturnReason.FDataValue': text(),
    FExchangeRate: quantity().nullable(),
    FBillAllAmount: money(),
    FBillAllAmount_LC: money().nullable(),
  }),
});

/**
 * 应收单, head. Red documents (红字) are negative. FWRITTENOFFSTATUS is not used: a match may not move FModifyDate,
 * so we add up the match log instead.
 */
const receivables = documents({
  name: 'receivables',
  vendorName: 'AR_receivable',
  amount: 'FALLAMOUNTFOR',
  contract: z.object({
    ...document,
    FDATE: businessDate(),
    FENDDATE_H: businessDate().nullable(),
    FCUSTOMERID: integer(),
    'FCURRENCYID.FNumber': text(),
    FEXCHANGERATE: quantity().nullable(),
    FALLAMOUNTFOR: money(),
    FALLAMOUNT: money().nullable(), // in the books' currency
    FSetAccountType: text(), // 1 business, 2 estimated (暂估, no receivable yet), 3 financial
    'FSALEERID.FNumber': text(),
  }),
});

/** 应收单 明细: which order a receivable belongs to. */
const receivableEntries = entries('FEntityDetail_FEntryID', {
  name: 'receivable_entries',
  vendorName: 'AR_receivable',
  amount: 'FALLAMOUNTFOR_D',
  contract: z.object({
    FEntityDetail_FEntryID: integer(),
    FID: integer(),
    FModifyDate: time(),
    FORDERNUMBER: text(),
    FSOURCEBILLNO: text(), // the delivery it bills (下推 from 销售出库单)
    'FMATERIALID.FNumber': text(),
    FALLAMOUNTFOR_D: money(),
  }),
});

/** 应收单 收款计划: instalments with their due dates. */
const receivablePlans = entries('FEntityPlan_FEntryID', {
  name: 'receivable_plans',
  vendorName: 'AR_receivable',
  amount: 'FPAYAMOUNTFOR',
  contract: z.object({
    FEntityPlan_FEntryID: integer(),
    FID: integer(),
    FModifyDate: time(),
    FEntityPlan_FSEQ: integer().nullable(),
    FENDDATE: businessDate().nullable(),
    FPAYAMOUNTFOR: money(),
    FPAYAMOUNT: money().nullable(),
    FREMARK: text(), // 质保金 here marks a retention
  }),
});

/** 收款单, head. FCONTACTUNIT is a customer when FCONTACTUNITTYPE says BD_Customer. */
const receipts = documents({
  name: 'receipts',
  vendorName: 'AR_RECEIVEBILL',
  amount: 'FRECAMOUNTFOR',
  contract: z.object({
    ...document,
    FDATE: businessDate(),
    FCONTACTUNITTYPE: z.string(),
    FCONTACTUNIT: integer(),
    'FCURRENCYID.FNumber': text(),
    FEXCHANGERATE: quantity().nullable(),
    FRECAMOUNTFOR: money(),
    FREALRECAMOUNTFOR: money().nullable(),
    FREMARK: text(),
  }),
});

/** 收款单 明细: receivable amount (应收) = received (实收) + discount + bank fee + over/short. */
const receiptEntries = entries('FRECEIVEBILLENTRY_FEntryID', {
  name: 'receipt_entries',
  vendorName: 'AR_RECEIVEBILL',
  amount: 'FRECTOTALAMOUNTFOR',
  contract: z.object({
    FRECEIVEBILLENTRY_FEntryID: integer(),
    FID: integer(),
    FModifyDate: time(),
    'FSETTLETYPEID.FNumber': text(), // JSFS06_SYS commercial bill, JSFS07_SYS bank bill
    'FSETTLETYPEID.FName': text(),
    'FPURPOSEID.FNumber': text(), // SFKYT02_SYS prepayment
    FRECTOTALAMOUNTFOR: money(),
    FREALRECAMOUNTFOR_D: money(),
    FSETTLEDISTAMOUNTFOR: money().nullable(),
    FHANDLINGCHARGEFOR: money().nullable(),
    FOVERSHORTAGEFOR: money().nullable(),
    FSETTLENO: text(), // the bank's reference, or the number of the bill
    FOPPOSITECCOUNTNAME: text(), // the vendor's spelling
    FPOSTDATE: businessDate().nullable(),
    FSALEORDERNO: text(),
  }),
});

/** 收款退款单: money paid back. */
const refunds = documents({
  name: 'refunds',
  vendorName: 'AR_REFUNDBILL',
  amount: 'FREFUNDTOTALAMOUNTFOR',
  contract: z.object({
    ...document,
    FDATE: businessDate(),
    FCONTACTUNITTYPE: z.string(),
    FCONTACTUNIT: integer(),
    FEXCHANGERATE: quantity().nullable(),
    FREFUNDTOTALAMOUNTFOR: money(),
    FREMARK: text(),
  }),
});

/**
 * 应收收款核销记录: who paid what. Never changed; undoing a match deletes its log, which keys() shows. So its cursor is the
 * time it was made.
 */
const matchLogs = defineStream({
  isProjected: true,
  name: 'match_logs',
  vendorName: 'AR_RECMacthLog', // the vendor's own spelling
  key: ['FRECMACTHLOGENTRY_FEntryID'],
  cursor: { field: 'FCREATEDATE', tie: 'FRECMACTHLOGENTRY_FEntryID', overlap: OVERLAP },
  amount: 'FCURWRITTENOFFAMOUNTFOR',
  contract: z.object({
    FRECMACTHLOGENTRY_FEntryID: integer(),
    FID: integer(),
    FCREATEDATE: time(),
    FSOURCEFROMID: z.string(), // form of the paying bill
    FSRCBILLID: integer(),
    FSRCBILLNO: text(),
    FSRCROWID: integer().nullable(),
    FSRCDATE: businessDate().nullable(),
    FTARGETFROMID: text(),
    FTARGETBILLID: integer().nullable(),
    FTARGETBILLNO: text(),
    FTARGETENTRYID: integer().nullable(), // the line of the payment plan it settles
    FCURWRITTENOFFAMOUNTFOR: money(),
    FCURWRITTENOFFAMOUNT: money().nullable(), // in the books' currency
  }),
});

/** 应收票据: the register of bills and supply-chain notes; FDATE is the day we signed for one. */
const bills = documents({
  name: 'bills',
  vendorName: 'CN_BILLRECEIVABLE',
  amount: 'FPARAMOUNTFOR',
  contract: z.object({
    ...document,
    FBILLNUMBER: text(), // 票据号
    FDATE: businessDate(),
    FDUEDATE: businessDate().nullable(),
    FCONTACTUNITTYPE: z.string(),
    FCONTACTUNIT: integer(),
    FACCEPTOR: text(), // 承兑人
    FEXCHANGERATE: quantity().nullable(),
    FPARAMOUNTFOR: money(), // 票面金额
    FDISDATE: businessDate().nullable(), // 贴现日
    FDISINTERESTAMOUNT: money().nullable(), // 贴现息
  }),
});

/** 应收票据结算单: what became of a bill. */
const billSettlements = documents({
  name: 'bill_settlements',
  vendorName: 'CN_BILLRECSETTLE',
  contract: z.object({
    ...document,
    FDATE: businessDate(),
    FBILLRECID: integer(), // FID of the bill
    FSETTLESTATUS: z.string(), // 1 paid when due, 2 discounted, 3 endorsed, 4 endorsement returned, 5 dishonoured (退票)
  }),
});

export const streams = [
  customers,
  salesOrders,
  salesOrderEntries,
  deliveries,
  goodsReturns,
  receivables,
  receivableEntries,
  receivablePlans,
  receipts,
  receiptEntries,
  refunds,
  matchLogs,
  bills,
  billSettlements,
] as const;

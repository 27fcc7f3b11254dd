import { dayAt, type Day, dayText, localText } from '../company/days';
import type { Allocation, Company, Customer, Delivery, GoodsReturn, Order, Receipt, ReceivableDocument } from '../company/entities';
import { groupBy } from '../company/groupBy';
import { centsText } from '../company/money';
import { ownersOf } from '../company/territories';
import { badKingdeeRows } from './badRows';
import type { Seed } from './records';

/** What stands in Kingdee: forms and entries in the vendor's field keys, times in Beijing time, amounts as decimal text. */
export function* kingdeeSeeds(company: Company): Generator<Seed> {
  const ids = idsOf(company);
  yield { kind: 'BD_Customer', records: customerRecords(company) };
  yield { kind: 'SAL_SaleOrder', records: company.orders.map((order) => orderRecord(order, ids)) };
  yield { kind: 'SAL_SaleOrder.FSaleOrderEntry', records: company.orders.flatMap((order) => orderEntries(order, company)) };
  yield { kind: 'SAL_OUTSTOCK', records: company.deliveries.map((delivery) => deliveryRecord(delivery, ids)) };
  yield { kind: 'SAL_RETURNSTOCK', records: company.returns.map((back) => returnRecord(back, ids)) };
  yield { kind: 'AR_receivable', records: company.documents.map((document) => receivableRecord(document, ids)) };
  yield { kind: 'AR_receivable.FEntityDetail', records: company.documents.map(receivableDetail) };
  yield { kind: 'AR_receivable.FEntityPlan', records: company.documents.flatMap(receivablePlan) };
  const receipts = receiptSeeds(company, ids);
  yield { kind: 'AR_RECEIVEBILL', records: receipts.heads };
  yield { kind: 'AR_RECEIVEBILL.FRECEIVEBILLENTRY', records: receipts.entries };
  yield { kind: 'AR_REFUNDBILL', records: receipts.refunds };
  yield* matchSeeds(company, receipts.lineOf);
  yield* badKingdeeRows(company);
}

const CUSTOMER_ID = 100_001;
const TWIN_ID = 190_001;
const CNY = 'PRE001';

/** The internal id of the customer record that a document names; a company with two records has some under the second. */
export type CustomerIds = (customer: number, orderNumber: string) => number;

export function idsOf({ customers }: Pick<Company, 'customers'>): CustomerIds {
  return (customer, orderNumber) =>
    customers[customer]?.erpTwin && Number(orderNumber.slice(-1)) % 3 === 1 ? TWIN_ID + customer : CUSTOMER_ID + customer;
}

const STATUS = { draft: 'Z', in_review: 'B', approved: 'C', cancelled: 'C' } as const;

function bill(document: Order | Delivery | GoodsReturn | ReceivableDocument | Receipt) {
  return {
    FID: document.id,
    FBillNo: document.number,
    FDocumentStatus: STATUS[document.status],
    FCancelStatus: document.status === 'cancelled' ? 'B' : 'A',
    FCreateDate: localText(document.createdAt),
    FModifyDate: localText(document.modifiedAt),
    FApproveDate: document.approvedAt === null ? null : localText(document.approvedAt),
  };
}

function customerRecords(company: Company): Seed['records'] {
  const ownerOn = ownersOf(company.assignments);
  return company.customers.flatMap((customer) => {
    if (customer.erpNumber === null) return [];
    const owner = ownerOn(customer.customer, company.lastDay);
    const main = customerRecord(customer, CUSTOMER_ID + customer.customer, customer.erpNumber, customer.erpName, owner);
    if (!customer.erpTwin) return [{ ...main, FSOCIALCRECODE: customer.hasErpCode ? customer.creditCode : '' }];
    const twin = customerRecord(customer, TWIN_ID + customer.customer, customer.erpTwin.number, customer.erpTwin.name, owner);
    return [{ ...main, FSOCIALCRECODE: customer.creditCode }, twin]; // the second record was made in haste, without the code
  });
}

function customerRecord(customer: Customer, id: number, number: string, name: string, owner: string) {
  const created = `${dayText(customer.createdDate)}T09:${String(customer.customer % 60).padStart(2, '0')}:00`;
  return {
    FCUSTID: id,
    FNumber: number,
    FName: name,
    FShortName: customer.shortName,
    FDocumentStatus: 'C',
    FForbidStatus: 'A',
    'FCustTypeId.FName': `${customer.customerClass}类客户`,
    'FGroup.FName': customer.region,
    'FSELLER.FNumber': owner,
    'FCorrespondOrgId.FNumber': customer.isInternal ? '102' : '',
    FCreateDate: created,
    FModifyDate: created,
  };
}

export function orderRecord(order: Order, customerId: CustomerIds) {
  return {
    ...bill(order),
    FDate: dayText(order.orderDate),
    FCustId: customerId(order.customer, order.number),
    'FSalerId.FNumber': order.ownerNumber,
    'FSettleCurrId.FNumber': CNY,
    FExchangeRate: '1',
    FBillAllAmount: centsText(order.amount),
    FBillAllAmount_LC: centsText(order.amount),
    FCloseStatus: order.isClosed ? 'B' : 'A',
    FCloseDate: order.isClosed ? localText(order.modifiedAt) : null,
  };
}

export function orderEntries(order: Order, { products }: Pick<Company, 'products'>): Seed['records'] {
  return order.lines.map((line, place) => {
    const product = products[line.product];
    return {
      FSaleOrderEntry_FEntryID: line.id,
      FID: order.id,
      FSaleOrderEntry_FSEQ: place + 1,
      'FMaterialId.FNumber': product?.code,
      'FMaterialId.FName': product?.name,
      'FMaterialId.FMaterialGroup.FName': product?.group,
      FQty: String(line.quantity),
      FTaxPrice: centsText(line.price),
      FAllAmount: centsText(line.amount),
      FAllAmount_LC: centsText(line.amount),
      FDeliveryDate: dayText(order.orderDate + 20),
      FStockOutQty: order.isClosed ? String(line.quantity) : '0',
      FMrpCloseStatus: order.isClosed ? 'B' : 'A',
    };
  });
}

function deliveryRecord(delivery: Delivery, customerId: CustomerIds) {
  return {
    ...bill(delivery),
    FDate: dayText(delivery.deliveryDate),
    FCustomerID: customerId(delivery.customer, delivery.orderNumber),
    FExchangeRate: '1',
    FBillAllAmount: centsText(delivery.amount),
    FBillAllAmount_LC: centsText(delivery.amount),
  };
}

function returnRecord(back: GoodsReturn, customerId: CustomerIds) {
  return {
    ...bill(back),
    FDate: dayText(back.returnDate),
    FRetcustId: customerId(back.customer, back.orderNumber),
    'FReturnReason.FDataValue': back.reason,
    FExchangeRate: '1',
    FBillAllAmount: centsText(back.amount),
    FBillAllAmount_LC: centsText(back.amount),
  };
}

function receivableRecord(document: ReceivableDocument, customerId: CustomerIds) {
  const settled = document.instalments.reduce((sum, instalment) => sum + instalment.settled, 0);
  return {
    ...bill(document),
    FDATE: dayText(document.documentDate),
    FENDDATE_H: dayText(document.dueDate),
    FCUSTOMERID: customerId(document.customer, document.orderNumber),
    'FCURRENCYID.FNumber': CNY,
    FEXCHANGERATE: '1',
    FALLAMOUNTFOR: centsText(document.amount),
    FALLAMOUNT: centsText(document.amount),
    FSetAccountType: '3',
    FRedBlue: document.isCreditNote ? '1' : '0',
    FWRITTENOFFSTATUS: settled === 0 ? 'A' : settled === document.amount ? 'C' : 'B',
    'FSALEERID.FNumber': document.ownerNumber,
  };
}

const DETAIL_ID = 1_000_000;

const receivableDetail = (document: ReceivableDocument) => ({
  FEntityDetail_FEntryID: DETAIL_ID + document.id,
  FID: document.id,
  FORDERNUMBER: document.orderNumber,
  FALLAMOUNTFOR_D: centsText(document.amount),
});

function receivablePlan(document: ReceivableDocument): Seed['records'] {
  return document.instalments.map((instalment) => ({
    FEntityPlan_FEntryID: instalment.id,
    FID: document.id,
    FEntityPlan_FSEQ: instalment.line,
    FENDDATE: dayText(instalment.dueDate),
    FPAYAMOUNTFOR: centsText(instalment.amount),
    FPAYAMOUNT: centsText(instalment.amount),
    FWRITTENOFFAMOUNTFOR_P: centsText(instalment.settled),
    FNOTVERIFICATEAMOUNT: centsText(instalment.amount - instalment.settled),
    FREMARK: instalment.isRetention ? '质保金' : '',
  }));
}

const SETTLE_TYPES = {
  cash: ['JSFS04_SYS', '电汇'],
  bank_bill: ['JSFS07_SYS', '银行承兑汇票'],
  commercial_bill: ['JSFS06_SYS', '商业承兑汇票'],
} as const;
const CASH_DESK = ['JSFS01_SYS', '现金'] as const;
const ENTRY_ID = 1_500_000;
const CONCESSIONS = new Set<Allocation['kind']>(['discount', 'deduction', 'bank_fee', 'rounding']);

/** Where on a receipt a document is paid: a document on which something was conceded has a line of its own. */
type LineOf = (receiptNumber: string, documentNumber: string) => number;

function receiptSeeds(company: Company, customerId: CustomerIds) {
  const concededOn = groupBy(
    company.allocations.filter(({ kind, receiptNumber }) => receiptNumber !== null && CONCESSIONS.has(kind)),
    ({ receiptNumber }) => receiptNumber as string,
  );
  const allocated = groupBy(company.allocations, ({ receiptNumber }) => receiptNumber);
  const heads: Seed['records'] = [];
  const entries: Seed['records'] = [];
  const refunds: Seed['records'] = [];
  const lines = new Map<string, number>();
  let entryId = ENTRY_ID;
  for (const receipt of company.receipts) {
    if (receipt.amount < 0) {
      refunds.push(refundRecord(receipt, customerId));
      continue;
    }
    heads.push(receiptRecord(receipt, customerId));
    const conceded = concededOn.get(receipt.number) ?? [];
    const paidTo = (document: string) =>
      (allocated.get(receipt.number) ?? [])
        .filter(({ documentNumber, kind }) => documentNumber === document && !CONCESSIONS.has(kind))
        .reduce((sum, { amount }) => sum + amount, 0);
    let rest = receipt.amount;
    for (const concession of conceded) {
      const received = paidTo(concession.documentNumber);
      rest -= received;
      lines.set(`${receipt.number} ${concession.documentNumber}`, ++entryId);
      entries.push(receiptEntry(receipt, entryId, received, concession));
    }
    if (rest > 0 || conceded.length === 0) {
      lines.set(receipt.number, ++entryId);
      entries.push(receiptEntry(receipt, entryId, rest, null));
    }
  }
  const lineOf: LineOf = (receipt, document) => lines.get(`${receipt} ${document}`) ?? lines.get(receipt) ?? 0;
  return { heads, entries, refunds, lineOf };
}

function receiptRecord(receipt: Receipt, customerId: CustomerIds) {
  return {
    ...bill(receipt),
    FDATE: dayText(receipt.receiptDate),
    FCONTACTUNITTYPE: 'BD_Customer',
    FCONTACTUNIT: customerId(receipt.customer, ''),
    'FCURRENCYID.FNumber': CNY,
    FEXCHANGERATE: '1',
    FRECAMOUNTFOR: centsText(receipt.amount),
    FREALRECAMOUNTFOR: centsText(receipt.amount),
    FREMARK: receipt.remark,
  };
}

function receiptEntry(receipt: Receipt, id: number, received: number, concession: Allocation | null) {
  const [settleNumber, settleName] = receipt.isCashDesk ? CASH_DESK : SETTLE_TYPES[receipt.method];
  const given = (kinds: readonly Allocation['kind'][]) => (concession && kinds.includes(concession.kind) ? concession.amount : 0);
  return {
    FRECEIVEBILLENTRY_FEntryID: id,
    FID: receipt.id,
    'FSETTLETYPEID.FNumber': settleNumber,
    'FSETTLETYPEID.FName': settleName,
    'FPURPOSEID.FNumber': receipt.isPrepayment ? 'SFKYT02_SYS' : 'SFKYT01_SYS',
    FRECTOTALAMOUNTFOR: centsText(received + (concession?.amount ?? 0)),
    FREALRECAMOUNTFOR_D: centsText(received),
    FSETTLEDISTAMOUNTFOR: centsText(given(['discount'])),
    FHANDLINGCHARGEFOR: centsText(given(['bank_fee'])),
    FOVERSHORTAGEFOR: centsText(given(['deduction', 'rounding'])),
    FSETTLENO: receipt.bankReference ?? '',
    FPOSTDATE: dayText(receipt.receiptDate),
  };
}

function refundRecord(receipt: Receipt, customerId: CustomerIds) {
  return {
    ...bill(receipt),
    FDATE: dayText(receipt.receiptDate),
    FCONTACTUNITTYPE: 'BD_Customer',
    FCONTACTUNIT: customerId(receipt.customer, ''),
    FEXCHANGERATE: '1',
    FREFUNDTOTALAMOUNTFOR: centsText(-receipt.amount),
    FREMARK: receipt.remark,
  };
}

const MATCH_ID = 2_000_000;

/** One match log (核销记录) for each thing that paid at one time; its entries go to what was paid. */
function* matchSeeds(company: Company, lineOf: LineOf): Generator<Seed> {
  const receipts = new Map(company.receipts.map((receipt) => [receipt.number, receipt]));
  const documents = new Map(company.documents.map((document) => [document.number, document]));
  const concessions = new Map<string, Allocation>();
  for (const each of company.allocations) {
    if (CONCESSIONS.has(each.kind)) concessions.set(`${each.receiptNumber} ${each.documentNumber} ${each.instalmentLine}`, each);
  }
  const paying = company.allocations.filter(({ kind }) => !CONCESSIONS.has(kind));
  const groups = groupBy(paying, ({ receiptNumber, creditNoteNumber, documentNumber, allocatedAt }) =>
    `${receiptNumber ?? creditNoteNumber ?? documentNumber} ${allocatedAt}`);
  const heads: Seed['records'] = [];
  const entries: Seed['records'] = [];
  let id = MATCH_ID;
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    id++;
    heads.push({ FID: id, FBillNo: `HXJL${id}`, FDocumentStatus: 'C', FCREATEDATE: localText(first.allocatedAt), FISACTIVATION: true });
    for (const allocation of group) {
      const receipt = receipts.get(allocation.receiptNumber ?? '');
      const note = documents.get(allocation.creditNoteNumber ?? '');
      const target = documents.get(allocation.documentNumber);
      const conceded = concessions.get(`${allocation.receiptNumber} ${allocation.documentNumber} ${allocation.instalmentLine}`)?.amount ?? 0;
      const amount = centsText(note ? -allocation.amount : allocation.amount + conceded);
      entries.push({
        FRECMACTHLOGENTRY_FEntryID: MATCH_ID + allocation.id,
        FID: id,
        ...source(allocation, receipt, note, target, lineOf),
        FTARGETFROMID: 'AR_receivable',
        FTARGETBILLID: target?.id,
        FTARGETBILLNO: allocation.documentNumber,
        FCURWRITTENOFFAMOUNTFOR: amount,
        FCURWRITTENOFFAMOUNT: amount,
      });
    }
  }
  yield { kind: 'AR_RECMacthLog', records: heads };
  yield { kind: 'AR_RECMacthLog.FRECMACTHLOGENTRY', records: entries };
}

function source(
  allocation: Allocation, receipt: Receipt | undefined, note: ReceivableDocument | undefined, target: ReceivableDocument | undefined, lineOf: LineOf,
) {
  const of = (form: string, id: number | undefined, number: string, day: Day, row: number) => ({
    FSOURCEFROMID: form, FSRCBILLID: id, FSRCBILLNO: number, FSRCROWID: row, FSRCDATE: dayText(day),
  });
  if (receipt) return of('AR_RECEIVEBILL', receipt.id, receipt.number, receipt.receiptDate, lineOf(receipt.number, allocation.documentNumber));
  if (note) return of('AR_receivable', note.id, note.number, note.documentDate, 0);
  return of('AR_BadDebt', target?.id, `HZ${target?.number ?? ''}`, dayAt(allocation.allocatedAt), 0); // 坏账损失单
}

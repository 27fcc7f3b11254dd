import { type Day, dayAt, dayText, localText } from '../company/days';
import type { Allocation, Company, Receipt, ReceivableDocument } from '../company/entities';
import { groupBy } from '../company/groupBy';
import { centsText } from '../company/money';
import { billSeeds } from './kingdeeBills';
import { bill, CNY, type CustomerIds } from './kingdeeBill';
import type { Seed } from './records';

/** Money in Kingdee: receipts with their lines, refunds, and the match log (核销记录) that says what they settle. */
export function* kingdeeMoneySeeds(company: Company, ids: CustomerIds): Generator<Seed> {
  const receipts = receiptSeeds(company, ids);
  yield { kind: 'AR_RECEIVEBILL', records: receipts.heads };
  yield { kind: 'AR_RECEIVEBILL.FRECEIVEBILLENTRY', records: receipts.entries };
  yield { kind: 'AR_REFUNDBILL', records: receipts.refunds };
  yield* matchSeeds(company, receipts.lineOf);
  yield* billSeeds(company, ids);
}

const SETTLE_TYPES = {
  cash: ['JSFS04_SYS', '电汇'],
  bank_bill: ['JSFS07_SYS', '银行承兑汇票'],
  commercial_bill: ['JSFS06_SYS', '商业承兑汇票'],
} as const;
const NOTE = ['JSFS22', '云信'] as const;
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
  const lineOf: LineOf = (receipt, document) =>
    lines.get(`${receipt} ${document}`) ?? lines.get(receipt) ?? 0;
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
  const [settleNumber, settleName] = receipt.isCashDesk
    ? CASH_DESK
    : receipt.isNote
      ? NOTE
      : SETTLE_TYPES[receipt.method];
  const given = (kinds: readonly Allocation['kind'][]) =>
    concession && kinds.includes(concession.kind) ? concession.amount : 0;
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
    if (CONCESSIONS.has(each.kind))
      concessions.set(`${each.receiptNumber} ${each.documentNumber} ${each.instalmentLine}`, each);
  }
  const paying = company.allocations.filter(({ kind }) => !CONCESSIONS.has(kind));
  const groups = groupBy(
    paying,
    ({ receiptNumber, creditNoteNumber, documentNumber, allocatedAt }) =>
      `${receiptNumber ?? creditNoteNumber ?? documentNumber} ${allocatedAt}`,
  );
  const heads: Seed['records'] = [];
  const entries: Seed['records'] = [];
  let id = MATCH_ID;
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    id++;
    heads.push({
      FID: id,
      FBillNo: `HXJL${id}`,
      FDocumentStatus: 'C',
      FCREATEDATE: localText(first.allocatedAt),
      FISACTIVATION: true,
    });
    for (const allocation of group) {
      const receipt = receipts.get(allocation.receiptNumber ?? '');
      const note = documents.get(allocation.creditNoteNumber ?? '');
      const target = documents.get(allocation.documentNumber);
      const conceded =
        concessions.get(
          `${allocation.receiptNumber} ${allocation.documentNumber} ${allocation.instalmentLine}`,
        )?.amount ?? 0;
      const amount = centsText(note ? -allocation.amount : allocation.amount + conceded);
      entries.push({
        FRECMACTHLOGENTRY_FEntryID: MATCH_ID + allocation.id,
        FID: id,
        ...source(allocation, receipt, note, target, lineOf),
        FTARGETFROMID: 'AR_receivable',
        FTARGETBILLID: target?.id,
        FTARGETBILLNO: allocation.documentNumber,
        FTARGETENTRYID: target?.instalments.find(({ line }) => line === allocation.instalmentLine)?.id,
        FCURWRITTENOFFAMOUNTFOR: amount,
        FCURWRITTENOFFAMOUNT: amount,
      });
    }
  }
  yield { kind: 'AR_RECMacthLog', records: heads };
  yield { kind: 'AR_RECMacthLog.FRECMACTHLOGENTRY', records: entries };
}

function source(
  allocation: Allocation,
  receipt: Receipt | undefined,
  note: ReceivableDocument | undefined,
  target: ReceivableDocument | undefined,
  lineOf: LineOf,
) {
  const of = (form: string, id: number | undefined, number: string, day: Day, row: number) => ({
    FSOURCEFROMID: form,
    FSRCBILLID: id,
    FSRCBILLNO: number,
    FSRCROWID: row,
    FSRCDATE: dayText(day),
  });
  if (receipt)
    return of(
      'AR_RECEIVEBILL',
      receipt.id,
      receipt.number,
      receipt.receiptDate,
      lineOf(receipt.number, allocation.documentNumber),
    );
  if (note) return of('AR_receivable', note.id, note.number, note.documentDate, 0);
  return of('AR_BadDebt', target?.id, `HZ${target?.number ?? ''}`, dayAt(allocation.allocatedAt), 0); // 坏账损失单
}

import { at, type Day, dayAt, dayText, monthEnd, monthStart, monthText } from './days';
import type { Company, Customer, ReceivableDocument } from './entities';
import { type Cents, centsText, yuan } from './money';

/** What finance entered in the hub (争议), and what the bookkeeper's ledger says (总账). */
export interface FinanceTruths {
  disputes: {
    disputeId: string;
    itemId: string;
    documentId: string;
    documentNumber: string;
    customerName: string;
    amount: string;
    reason: 'quality' | 'price' | 'delivery';
    note: string;
    since: string;
    by: string;
    /** What was agreed on when it was closed; null while it is open. */
    agreed: string | null;
  }[];
  /** One month agrees, the next differs by one document that was approved after the ledger had been closed. */
  ledger: {
    fileName: string;
    text: string;
    month: string;
    difference: string;
    documentNumber: string;
    customerName: string;
    approvedDate: string;
  };
}

const CLOSED_AFTER = 3;
const APPROVED_AFTER = 5;
const CONNECTION = 'kingdee';

/** The last month whose ledger is closed and whose late document is approved. */
const ledgerMonth = (lastDay: Day): Day => monthStart(lastDay - APPROVED_AFTER, -1);

/** One document of the ledger's month is approved days after its closing, as it happens; the largest without a plan of several lines. */
export function approveLate(
  documents: readonly ReceivableDocument[],
  lastDay: Day,
  isPlanted: (document: ReceivableDocument) => boolean,
): void {
  const month = ledgerMonth(lastDay);
  const late = documents
    .filter(
      (one) =>
        one.documentDate > month + 19 &&
        one.documentDate <= monthEnd(month) &&
        one.instalments.length === 1 &&
        one.amount > 0 &&
        !isPlanted(one),
    )
    .reduce<ReceivableDocument | undefined>(
      (best, one) => (best && best.amount >= one.amount ? best : one),
      undefined,
    );
  if (!late) return;
  late.approvedAt = at(monthEnd(month) + APPROVED_AFTER, 10, 30);
  late.modifiedAt = Math.max(late.modifiedAt, late.approvedAt);
}

export function financeTruths(company: Company): FinanceTruths {
  return { disputes: disputesOf(company), ledger: ledgerOf(company) };
}

function disputesOf(company: Company): FinanceTruths['disputes'] {
  const { customers, documents, lastDay, planted } = company;
  const open = documents.filter(({ amount, instalments }) => {
    const [line] = instalments;
    return amount > 0 && instalments.length === 1 && line !== undefined && line.settled < line.amount;
  });
  const gap = open.find(({ number }) => number === planted.gapDocuments[1]);
  const red = open.find(({ customer }) => customer === planted.redCustomer);
  const other = open.find(
    (one) => one !== gap && one !== red && one.documentDate < lastDay - 45 && leftOf(one) >= yuan(5_000),
  );
  const said = [
    {
      document: gap,
      reason: 'quality',
      note: '客户称一批主轴跳动超差，要求复检后付余款',
      days: 30,
      agreed: null,
    },
    { document: red, reason: 'price', note: '客户称单价与框架协议不符', days: 21, agreed: null },
    { document: other, reason: 'delivery', note: '延期交货，双方同意扣款', days: 14, agreed: 0.02 },
  ] as const;
  return said.flatMap(({ document, reason, note, days, agreed }, place) => {
    const [line] = document?.instalments ?? [];
    if (!document || !line) return [];
    const left = leftOf(document);
    return {
      disputeId: `demo-${place + 1}`,
      itemId: `${CONNECTION}:${document.id}#${line.id}`,
      documentId: `${CONNECTION}:${document.id}`,
      documentNumber: document.number,
      customerName: (customers[document.customer] as Customer).erpName,
      amount: centsText(left),
      reason,
      note,
      since: dayText(Math.max(lastDay - days, document.documentDate)),
      by: document.ownerNumber,
      agreed: agreed === null ? null : centsText(Math.round(left * agreed)),
    };
  });
}

/** What a document without a plan of several lines still owes. */
const leftOf = ({ instalments: [line] }: ReceivableDocument): Cents =>
  line ? line.amount - line.settled : 0;

/** Debits of 1122 (应收账款借方) of two months as the bookkeeper closed them; what our own and related companies were billed is not in them. */
function ledgerOf({ customers, documents, lastDay }: Company): FinanceTruths['ledger'] {
  const last = ledgerMonth(lastDay);
  const counted = documents.filter(
    ({ status, customer }) => status === 'approved' && customers[customer]?.isInternal === false,
  );
  const closed = (month: Day) => monthEnd(month) + CLOSED_AFTER;
  const inBooks = (month: Day) =>
    counted.filter(
      ({ documentDate, approvedAt }) =>
        documentDate >= month &&
        documentDate <= monthEnd(month) &&
        approvedAt !== null &&
        dayAt(approvedAt) <= closed(month),
    );
  const late = counted.find(
    ({ documentDate, approvedAt }) =>
      documentDate >= last &&
      documentDate <= monthEnd(last) &&
      approvedAt !== null &&
      dayAt(approvedAt) > closed(last),
  );
  const row = (month: Day) => {
    const list = inBooks(month);
    const total = list.reduce((sum, { amount }) => sum + amount, 0);
    return [CONNECTION, monthText(month), '立账', centsText(total), list.length, dayText(closed(month))].join(
      ',',
    );
  };
  return {
    fileName: `总账_应收账款借方_${monthText(last)}.csv`,
    text: `账套,期间,科目,发生额,单据数,结账日\n${row(monthStart(last, -1))}\n${row(last)}\n`,
    month: monthText(last),
    difference: centsText(late?.amount ?? 0),
    documentNumber: late?.number ?? '',
    customerName: late === undefined ? '' : (customers[late.customer] as Customer).erpName,
    approvedDate: late?.approvedAt == null ? '' : dayText(dayAt(late.approvedAt)),
  };
}

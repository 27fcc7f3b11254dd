import { endOf } from './company/bills';
import { workdayFrom } from './company/calendar';
import { dayText } from './company/days';
import type { Bill, Company } from './company/entities';
import { centsText } from './company/money';

/** What stands in the ledger of the company's last day beside plain invoices: bills, and retention that is not due. */
export interface LedgerTruths {
  /** Face of the bills on hand, by kind. */
  onHand: { kind: Bill['kind']; count: number; amount: string }[];
  /** Endorsed or discounted, and not yet due. */
  contingent: string;
  /** Bills that came back unpaid, with the documents that they had settled. */
  dishonoured: {
    number: string;
    kind: Bill['kind'];
    amount: string;
    day: string;
    reopened: string;
    documents: string[];
  }[];
  /** 质保金 before its due date. */
  undueRetention: string;
}

/** Computed from the company, so that no number is written twice. */
export function ledgerTruths(company: Company): LedgerTruths {
  const { lastDay, customers } = company;
  const isOurs = (customer: number) => customers[customer]?.isInternal === true;
  const bills = company.bills.filter(({ customer }) => !isOurs(customer));
  const sum = (of: readonly { amount: number }[]) =>
    centsText(of.reduce((total, { amount }) => total + amount, 0));
  const held = bills.filter((bill) => endOf(bill, lastDay) === null);
  const kinds = [...new Set(held.map(({ kind }) => kind))].sort();
  return {
    onHand: kinds.map((kind) => {
      const own = held.filter((bill) => bill.kind === kind);
      return { kind, count: own.length, amount: sum(own) };
    }),
    contingent: sum(
      bills.filter((bill) => {
        const event = endOf(bill, lastDay)?.event;
        return (event === 'endorsed' || event === 'discounted') && bill.maturityDate > lastDay;
      }),
    ),
    dishonoured: bills.flatMap((bill) => {
      const end = endOf(bill, lastDay);
      if (end?.event !== 'dishonoured') return [];
      const paid = company.allocations.filter(
        ({ receiptNumber, kind }) => receiptNumber === bill.receiptNumber && kind.endsWith('_bill'),
      );
      const documents = [...new Set(paid.map(({ documentNumber }) => documentNumber))].sort();
      const { number, kind, amount } = bill;
      return [
        { number, kind, amount: centsText(amount), day: dayText(end.day), reopened: sum(paid), documents },
      ];
    }),
    undueRetention: centsText(
      company.documents
        .filter(({ customer, status }) => !isOurs(customer) && status === 'approved')
        .flatMap(({ instalments }) => instalments)
        .filter(({ isRetention, dueDate }) => isRetention && workdayFrom(dueDate) > lastDay)
        .reduce((total, { amount, settled }) => total + amount - settled, 0),
    ),
  };
}

import { addWorkdays } from './company/calendar';
import { type Day, dayAt, dayText } from './company/days';
import type { Allocation, Company, Customer, Receipt } from './company/entities';
import { groupBy } from './company/groupBy';
import { type Cents, centsText } from './company/money';

/** Nasty things of cash application, each found again through Cube. */
export interface ApplicationTruths {
  /** One company of a group pays for others from its own account. */
  groupPayer: { payerName: string; customerNames: string[]; lines: number; amount: string };
  /** A customer paid more than it owed for; the rest is unapplied. */
  overPayment: { customerName: string; valueDate: string; paid: string; over: string };
  /** A clerk allocated it weeks after the money came. */
  lateAllocation: { customerName: string; valueDate: string; amount: string; workdays: number };
}

export function applicationTruths(company: Company): ApplicationTruths {
  const byReceipt = groupBy(
    company.allocations.filter(({ receiptNumber }) => receiptNumber !== null),
    ({ receiptNumber }) => receiptNumber ?? '',
  );
  const receipts = company.receipts.filter(
    ({ method, isCashDesk, isPrepayment, customer }) =>
      method === 'cash' && !isCashDesk && !isPrepayment && !customerOf(company, customer).isInternal,
  );
  return {
    groupPayer: groupPayer(company),
    overPayment: overPayment(company, receipts, byReceipt),
    lateAllocation: lateAllocation(company, receipts, byReceipt),
  };
}

/** Of all payers of a group, the one who paid most lines for others. */
function groupPayer(company: Company): ApplicationTruths['groupPayer'] {
  const payerNames = new Set(company.customers.map(({ payerName }) => payerName));
  const foreign = company.bankLines.filter(
    ({ category, customer, counterpartyName }) =>
      category === 'customer' &&
      customer !== null &&
      payerNames.has(counterpartyName) &&
      customerOf(company, customer).payerName !== counterpartyName,
  );
  const [payerName, lines] = [...groupBy(foreign, ({ counterpartyName }) => counterpartyName)].sort(
    ([, one], [, other]) => other.length - one.length,
  )[0] ?? ['', []];
  const members = [...new Set(lines.map(({ customer }) => customerOf(company, customer ?? 0).erpName))];
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  return { payerName, customerNames: members.sort(), lines: lines.length, amount: centsText(amount) };
}

/** The one receipt of its customer that is not used up, of a customer that owes more than the rest. */
function overPayment(
  company: Company,
  receipts: readonly Receipt[],
  byReceipt: ReadonlyMap<string, readonly Allocation[]>,
): ApplicationTruths['overPayment'] {
  const owed = new Map<number, Cents>();
  for (const { customer, instalments, isCreditNote } of company.documents)
    for (const { amount, settled, isRetention } of instalments)
      if (!isCreditNote && !isRetention) owed.set(customer, (owed.get(customer) ?? 0) + amount - settled);
  const rests = groupBy(
    receipts
      .map((receipt) => ({ receipt, rest: receipt.amount - usedOf(byReceipt.get(receipt.number)) }))
      .filter(({ rest }) => rest !== 0),
    ({ receipt }) => receipt.customer,
  );
  for (const [customer, own] of [...rests].sort(([one], [other]) => one - other)) {
    const [only] = own;
    const used = only ? byReceipt.get(only.receipt.number) : undefined;
    if (own.length !== 1 || !only || !used || only.rest <= 0 || only.rest >= (owed.get(customer) ?? 0))
      continue;
    return {
      customerName: customerOf(company, customer).erpName,
      valueDate: dayText(only.receipt.valueDate),
      paid: centsText(only.receipt.amount),
      over: centsText(only.rest),
    };
  }
  throw new Error('nobody paid too much');
}

const usedOf = (allocations: readonly Allocation[] = []): Cents =>
  allocations.filter(({ kind }) => kind === 'cash').reduce((sum, { amount }) => sum + amount, 0);

/** The bank line that waited longest; one that its customer, day and amount tell apart. */
function lateAllocation(
  company: Company,
  receipts: readonly Receipt[],
  byReceipt: ReadonlyMap<string, readonly Allocation[]>,
): ApplicationTruths['lateAllocation'] {
  const waited = receipts
    .filter(({ bankReference }) => bankReference !== null)
    .flatMap((receipt) => {
      const own = byReceipt.get(receipt.number) ?? [];
      if (usedOf(own) !== receipt.amount) return [];
      const day = Math.max(...own.map(({ allocatedAt }) => dayAt(allocatedAt)));
      return [{ receipt, workdays: workdaysBetween(receipt.valueDate, day) }];
    })
    .sort((one, other) => other.workdays - one.workdays || one.receipt.id - other.receipt.id);
  const [latest] = waited;
  if (!latest) throw new Error('nothing was allocated late');
  return {
    customerName: customerOf(company, latest.receipt.customer).erpName,
    valueDate: dayText(latest.receipt.valueDate),
    amount: centsText(latest.receipt.amount),
    workdays: latest.workdays,
  };
}

function workdaysBetween(from: Day, to: Day): number {
  let days = 0;
  while (addWorkdays(from, days) < to) days += 1;
  return days;
}

function customerOf({ customers }: Company, customer: number): Customer {
  const found = customers[customer];
  if (!found) throw new Error(`no customer ${customer}`);
  return found;
}

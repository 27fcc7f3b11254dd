import { addWorkdays, workdayFrom } from './calendar';
import { type Day, monthEnd } from './days';
import type { PaymentWorld } from './desk';
import type { Bill, Customer, Receipt } from './entities';
import type { Cents } from './money';
import { pad } from './orders';
import { Random } from './random';

const ACCEPTORS = ['中国银行', '中国工商银行', '招商银行', '宁波银行', '江苏银行', '浙商银行', '兴业银行'];

/** The acceptance bills (承兑汇票) that customers paid with, and what became of them; enters their numbers on the receipts. */
export function makeBills(
  world: Pick<PaymentWorld, 'seed' | 'lastDay' | 'customers' | 'plot'>,
  receipts: readonly Receipt[],
): Bill[] {
  const random = Random.for(world.seed, 'bills');
  const bills: Bill[] = [];
  for (const receipt of receipts) {
    if (receipt.method === 'cash') continue;
    const customer = world.customers[receipt.customer] as Customer;
    const maturityDate = receipt.valueDate + random.int(75, 178);
    const number = `${random.int(1, 6)}${pad(random.int(0, 99_999_999), 8)}${pad(bills.length + 1, 6)}`;
    receipt.bankReference = number;
    const outcome = random.weighted<Bill['outcome']>([
      ['endorsed', 30],
      ['discounted', 15],
      ['matured', 55],
    ]);
    const isCompanys = receipt.method === 'commercial_bill';
    receipt.isNote = isCompanys && bills.length % 3 === 0; // 云信
    bills.push({
      number,
      kind: receipt.isNote ? 'supply_chain_note' : receipt.method,
      customer: receipt.customer,
      receiptNumber: receipt.number,
      amount: receipt.amount,
      signedDate: receipt.valueDate,
      maturityDate,
      acceptor: isCompanys ? customer.name : `${random.pick(ACCEPTORS)}${customer.city}分行`,
      // A bank takes no company's bill in this town.
      outcome:
        outcome === 'matured' && maturityDate > world.lastDay
          ? 'held'
          : outcome === 'discounted' && isCompanys
            ? 'endorsed'
            : outcome,
    });
  }
  dishonourSome(bills, world);
  return bills;
}

/** One bank bill and one company's come back unpaid (退票) after the month of the gap, from customers that play no part. */
function dishonourSome(
  bills: Bill[],
  { plot, customers, lastDay }: Pick<PaymentWorld, 'lastDay' | 'customers' | 'plot'>,
): void {
  const actors = new Set([...plot.silence.keys(), plot.red.customer, plot.fiveNames]);
  for (const isBank of [true, false]) {
    const fitting = bills.filter(
      ({ kind, customer, outcome, maturityDate }) =>
        (kind === 'bank_bill') === isBank &&
        outcome === 'matured' &&
        maturityDate > monthEnd(plot.gapMonth) &&
        maturityDate < lastDay - 4 &&
        !actors.has(customer) &&
        customers[customer]?.isInternal === false,
    );
    const last = fitting.sort((one, other) => one.amount - other.amount)[0];
    if (last) last.outcome = 'dishonoured';
  }
}

/** What became of a bill, and when; null while it is on hand. Interest as banks reckon it: days of 360 at 2.1 %. */
export function endOf(
  bill: Bill,
  lastDay: Day,
): { event: Exclude<Bill['outcome'], 'held'>; day: Day; interest: Cents } | null {
  const { outcome } = bill;
  if (outcome === 'held') return null;
  const day =
    outcome === 'discounted'
      ? addWorkdays(bill.signedDate, 12)
      : outcome === 'endorsed'
        ? addWorkdays(bill.signedDate, 6)
        : addWorkdays(workdayFrom(bill.maturityDate), outcome === 'dishonoured' ? 2 : 0);
  if (day > lastDay) return null;
  const interest =
    outcome === 'discounted' ? Math.round((bill.amount * 0.021 * (bill.maturityDate - day)) / 360) : 0;
  return { event: outcome, day, interest };
}

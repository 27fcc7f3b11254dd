import type { PaymentWorld } from './desk';
import type { Bill, Customer, Receipt } from './entities';
import { pad } from './orders';
import { Random } from './random';

const ACCEPTORS = ['中国银行', '中国工商银行', '招商银行', '宁波银行', '江苏银行', '浙商银行', '兴业银行'];

/** The acceptance bills (承兑汇票) that customers paid with, and what became of them; enters their numbers on the receipts. */
export function makeBills(
  world: Pick<PaymentWorld, 'seed' | 'lastDay' | 'customers'>,
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
    bills.push({
      number,
      kind: receipt.method,
      customer: receipt.customer,
      receiptNumber: receipt.number,
      amount: receipt.amount,
      signedDate: receipt.valueDate,
      maturityDate,
      acceptor:
        receipt.method === 'commercial_bill'
          ? customer.name
          : `${random.pick(ACCEPTORS)}${customer.city}分行`,
      outcome: outcome === 'matured' && maturityDate > world.lastDay ? 'held' : outcome,
    });
  }
  return bills;
}

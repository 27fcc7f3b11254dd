import type { Invoice } from '../../../forecast';

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1) / DAY_MS;
const DAYS = 540;

/** Invoices of 1,500 customers over a year and a half, with habits of their own; the same at each call. */
export function generatedInvoices(count: number): Invoice[] {
  let state = 42;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const habits = Array.from({ length: 1_500 }, () => ({
    term: [15, 30, 60][Math.floor(random() * 3)] ?? 30,
    late: Math.round(random() * 25 - 5),
    scatter: random() * 12,
  }));
  return Array.from({ length: count }, (_, at) => {
    const customer = Math.floor(random() ** 2 * habits.length);
    const { term, late, scatter } = habits[customer] ?? { term: 30, late: 0, scatter: 5 };
    const issued = START + Math.floor((at / count) * DAYS);
    const paid = Math.max(issued + 1, issued + term + late + Math.round((random() + random() - 1) * scatter));
    return {
      id: `I${at}`,
      customer: `C${customer}`,
      amountCents: BigInt(100 + Math.floor(random() * 5_000_000)),
      issued: day(issued),
      due: day(issued + term),
      paid: random() < 0.02 ? null : day(paid),
    };
  });
}

const day = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10);

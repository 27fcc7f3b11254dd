import { Random } from '../../../demo/company/random';
import { matchLines, type Question } from '../../../matching';

interface Sized {
  lines: number;
  items: number;
  seconds: number;
  automatic: number;
}

/** Seconds for runs of these numbers of lines, each with two open items to a line, over customers of eight items each. */
export function growth(sizes: readonly number[]): Sized[] {
  matchLines(questionOf(500)); // warm code
  return sizes.map((lines) => {
    const question = questionOf(lines);
    const began = process.hrtime.bigint();
    const answers = matchLines(question);
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    const automatic = answers.filter(({ matchClass }) => matchClass === 'automatic').length;
    return { lines, items: question.items.length, seconds, automatic };
  });
}

/** Every customer owes eight items; its lines pay one, two or three of them, some with a number in the remark. */
function questionOf(lineCount: number): Question {
  const random = new Random(lineCount);
  const customers = Array.from({ length: Math.ceil(lineCount / 4) }, (_, at) => ({
    id: `c${at}`,
    names: [`客户${at}机械有限公司`],
    accounts: [`62${at}`],
    group: null,
  }));
  const items = customers.flatMap(({ id }, customer) =>
    Array.from({ length: 8 }, (_, at) => {
      const number = `AR25${String(customer * 8 + at).padStart(7, '0')}`;
      return {
        id: number,
        documentId: number,
        customer: id,
        cents: BigInt(random.int(20_000, 9_000_000)),
        documentNumber: number,
        orderNumber: `SO${number}`,
        contractNumber: null,
        documentDay: '2025-04-01',
        dueDay: `2025-05-${String(random.int(1, 28)).padStart(2, '0')}`,
        isRetention: false,
      };
    }),
  );
  const lines = Array.from({ length: lineCount }, (_, at) => {
    const customer = at % customers.length;
    const turn = Math.floor(at / customers.length);
    const paid = items.slice(customer * 8 + turn * 2, customer * 8 + turn * 2 + random.int(1, 2));
    return {
      id: `l${at}`,
      day: '2025-05-20',
      cents: paid.reduce((sum, { cents }) => sum + cents, 0n),
      payerName: customers[customer]?.names[0] ?? null,
      payerAccount: customers[customer]?.accounts[0] ?? null,
      remark: random.chance(0.3) ? `货款 ${paid[0]?.documentNumber}` : '货款',
      bookedFor: null,
      mayBeBooked: false,
    };
  });
  return { lines, items, customers, payers: [], declined: [], said: [] };
}

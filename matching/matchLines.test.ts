import { type Answer, signatureOf } from './explanation';
import { matchLines } from './matchLines';
import type { BankLine, OpenItem, Question } from './question';

/** Each case is a small ledger of its own; cents and classes by hand. */
const item = (id: string, cents: number, more: Partial<OpenItem> = {}): OpenItem => ({
  id,
  documentId: id,
  customer: 'A',
  cents: BigInt(cents),
  documentNumber: id,
  orderNumber: null,
  contractNumber: null,
  documentDay: '2025-04-01',
  dueDay: '2025-05-01',
  isRetention: false,
  ...more,
});
const line = (id: string, cents: number, more: Partial<BankLine> = {}): BankLine => ({
  id,
  day: '2025-05-06',
  cents: BigInt(cents),
  payerName: '甲公司',
  payerAccount: null,
  remark: '',
  bookedFor: null,
  mayBeBooked: false,
  ...more,
});
const customers = [
  { id: 'A', names: ['甲公司'], accounts: [], group: 'G' },
  { id: 'B', names: ['乙精密机械有限公司'], accounts: ['622'], group: 'G' },
  { id: 'C', names: ['丙精密机械有限公司'], accounts: [], group: null },
];
const ask = (lines: BankLine[], items: OpenItem[], more: Partial<Question> = {}): Answer[] =>
  matchLines({ lines, items, customers, payers: [], declined: [], said: [], ...more });
const parts = (answer: Answer | undefined) =>
  (answer?.chosen?.parts ?? [])
    .map(({ itemId, kind, cents }) => `${itemId ?? 'rest'} ${kind} ${cents}`)
    .sort();
const keys = (answer: Answer | undefined) => (answer?.reasons ?? []).map(({ key }) => key);

const AR = ['AR250400123', 'AR250400124', 'AR250400125', 'AR250400126'] as const;
/** Amounts whose sums are all different. */
const four = AR.map((number, at) => item(number, [111_111, 222_245, 444_813, 888_999][at] ?? 0));

describe('one line', () => {
  test.each`
    case                                             | cents        | remark                      | matchClass            | expected
    ${'one item of this amount'}                     | ${222_245}   | ${'货款'}                   | ${'automatic'}        | ${['AR250400124 cash 222245']}
    ${'a sum of three'}                              | ${1_444_923} | ${''}                       | ${'automatic'}        | ${['AR250400123 cash 111111', 'AR250400125 cash 444813', 'AR250400126 cash 888999']}
    ${'a number with letters for digits'}            | ${222_245}   | ${'货款AR2504OOI24'}        | ${'automatic'}        | ${['AR250400124 cash 222245']}
    ${'a list'}                                      | ${556_058}   | ${'AR250400124/125 扣款后'} | ${'suggested_strong'} | ${['AR250400124 cash 222245', 'AR250400125 cash 333813']}
    ${'a range'}                                     | ${1_556_057} | ${'AR250400124-126'}        | ${'automatic'}        | ${['AR250400124 cash 222245', 'AR250400125 cash 444813', 'AR250400126 cash 888999']}
    ${'several numbers without prefix'}              | ${667_058}   | ${'付250400124，250400125'} | ${'automatic'}        | ${['AR250400124 cash 222245', 'AR250400125 cash 444813']}
    ${'a fee kept by the bank, the number is named'} | ${220_745}   | ${'AR250400124'}            | ${'automatic'}        | ${['AR250400124 bank_fee 1500', 'AR250400124 cash 220745']}
    ${'whole yuan'}                                  | ${222_200}   | ${'AR250400124'}            | ${'automatic'}        | ${['AR250400124 cash 222200', 'AR250400124 rounding 45']}
    ${'a part of what is named'}                     | ${100_000}   | ${'AR250400124'}            | ${'automatic'}        | ${['AR250400124 cash 100000']}
    ${'a deduction with its reason'}                 | ${200_000}   | ${'AR250400124 质量扣款'}   | ${'automatic'}        | ${['AR250400124 cash 200000']}
    ${'too much for what is named'}                  | ${250_000}   | ${'AR250400124'}            | ${'suggested_strong'} | ${['AR250400124 cash 222245', 'rest unapplied 27755']}
    ${'nothing fits: the oldest, as a question'}     | ${300_000}   | ${''}                       | ${'suggested_check'}  | ${['AR250400123 cash 111111', 'AR250400124 cash 188889']}
    ${'the remark names another open one'}           | ${222_245}   | ${'AR250400126'}            | ${'automatic'}        | ${['AR250400126 cash 222245']}
  `('$case', ({ cents, remark, matchClass, expected }) => {
    const [answer] = ask([line('l', cents, { remark })], four);
    expect(parts(answer)).toEqual(expected);
    expect(answer?.matchClass).toBe(matchClass);
  });
});

describe('who paid', () => {
  const due = [
    item('AR250400200', 70_001, { customer: 'B' }),
    item('AR250400201', 33_333, { customer: 'C' }),
  ];
  test.each`
    case                                                  | payer                                                          | remark                  | matchClass            | reason
    ${'a known account'}                                  | ${{ payerName: null, payerAccount: '622' }}                    | ${''}                   | ${'automatic'}        | ${'payer_account'}
    ${'the account of one, the name of another'}          | ${{ payerName: '甲公司', payerAccount: '622' }}                | ${''}                   | ${'suggested_check'}  | ${'payer_contradicts'}
    ${'a name one letter off two customers'}              | ${{ payerName: '丁精密机械有限公司' }}                         | ${''}                   | ${'suggested_check'}  | ${'payer_similar'}
    ${'another company of the group'}                     | ${{ payerName: '甲公司' }}                                     | ${''}                   | ${'suggested_strong'} | ${'payer_group'}
    ${'the remark says for whom'}                         | ${{ payerName: '王五' }}                                       | ${'代乙精密机械付货款'} | ${'suggested_strong'} | ${'payer_mentioned'}
    ${'a stranger who names number and cents'}            | ${{ payerName: '王五' }}                                       | ${'AR250400200'}        | ${'automatic'}        | ${'reference_exact'}
    ${'a stranger with an amount that only one item has'} | ${{ payerName: '王五' }}                                       | ${''}                   | ${'suggested_check'}  | ${'amount_only'}
    ${'the ERP has booked it for B'}                      | ${{ payerName: '王五', bookedFor: 'B' }}                       | ${''}                   | ${'automatic'}        | ${'payer_booked'}
    ${'the ERP may have booked it without a reference'}   | ${{ payerName: null, payerAccount: '622', mayBeBooked: true }} | ${''}                   | ${'suggested_check'}  | ${'may_be_booked'}
  `('$case', ({ payer, remark, matchClass, reason }) => {
    const [answer] = ask([line('l', 70_001, { ...payer, remark })], due);
    expect(parts(answer)).toEqual(['AR250400200 cash 70001']);
    expect(keys(answer)).toContain(reason);
    expect(answer?.matchClass).toBe(matchClass);
  });

  test('whoever paid for a customer twice, or was confirmed once, is known; one slip of a clerk is not enough', () => {
    const asked = (source: 'booked' | 'confirmed', times: number) =>
      ask([line('l', 70_001, { payerName: '王五' })], due, {
        payers: [{ name: '王五', account: null, customer: 'B', source, times }],
      })[0]?.matchClass;
    expect([asked('booked', 1), asked('booked', 2), asked('confirmed', 1)]).toEqual([
      'suggested_strong',
      'automatic',
      'automatic',
    ]);
  });
});

describe('doubt (APP-6)', () => {
  const twins = [item('AR250400301', 50_000), item('AR250400302', 50_000)];

  test('two combinations that explain a line equally: none is applied', () => {
    const [answer] = ask([line('l', 50_000)], twins);
    expect(answer?.matchClass).toBe('suggested_check');
    expect(answer?.margin).toBeLessThan(5);
    expect(answer?.reasons).toContainEqual({ key: 'tie', values: { count: '2' } });
  });

  test('over all lines of a run: what another line surely takes is no rival', () => {
    const [named, plain] = ask(
      [line('named', 50_000, { remark: 'AR250400302' }), line('plain', 50_000)],
      twins,
    );
    expect([parts(named), parts(plain)]).toEqual([['AR250400302 cash 50000'], ['AR250400301 cash 50000']]);
    expect([named?.matchClass, plain?.matchClass]).toEqual(['automatic', 'automatic']);
  });

  test('not greedy: a line leaves its better item to one that has no other', () => {
    // Line 1 fits X (by name) and the pair Y + Z; line 2 fits only X.
    const ledger = [item('AR250400401', 90_000), item('AR250400402', 60_007), item('AR250400403', 29_993)];
    const [one, two] = ask([line('one', 90_000), line('two', 90_000, { remark: 'AR250400401' })], ledger);
    expect(parts(two)).toEqual(['AR250400401 cash 90000']);
    expect(parts(one)).toEqual(['AR250400402 cash 60007', 'AR250400403 cash 29993']);
  });

  test('one item is never paid twice', () => {
    const [one, two] = ask([line('one', 111_111), line('two', 111_111)], four);
    expect([one?.chosen === null, two?.chosen === null].filter(Boolean)).toHaveLength(1);
    expect([one?.matchClass, two?.matchClass]).not.toContain('automatic');
  });

  test('instalments of one document are one: the ERP places them by due date', () => {
    const halves = ['1', '2'].map((n) =>
      item(`AR250400500#${n}`, 50_000, {
        documentId: 'AR250400500',
        documentNumber: 'AR250400500',
        dueDay: `2025-05-0${n}`,
      }),
    );
    const [answer] = ask([line('l', 50_000)], halves);
    expect([answer?.matchClass, parts(answer)]).toEqual(['automatic', ['AR250400500#1 cash 50000']]);
  });

  test('a declined pair is not suggested again, nor a declined customer', () => {
    const [answer] = ask([line('l', 111_111)], four);
    const signature = signatureOf(answer?.chosen?.parts ?? []);
    const again = ask([line('l', 111_111)], four, {
      declined: [{ lineId: 'l', customer: null, signature }],
    })[0];
    expect(again?.chosen && signatureOf(again.chosen.parts)).not.toBe(signature);
    const never = ask([line('l', 111_111)], four, {
      declined: [{ lineId: 'l', customer: 'A', signature: null }],
    })[0];
    expect([never?.matchClass, never?.others]).toEqual(['none', []]);
  });
});

describe('credit notes and terms', () => {
  test('a credit note is netted, to the cent, on both sides', () => {
    const ledger = [...four, item('AR250400900', -20_005)];
    const [answer] = ask([line('l', 222_245 - 20_005)], ledger);
    expect(parts(answer)).toEqual([
      'AR250400124 cash 202240',
      'AR250400124 credit_note 20005',
      'AR250400900 credit_note -20005',
    ]);
  });

  test('an early-payment discount of the term is taken by its day, not after', () => {
    const ledger = [item('AR250400700', 100_000, { discount: { cents: 2_000n, until: '2025-05-06' } })];
    const asked = (day: string) => ask([line('l', 98_000, { day })], ledger)[0];
    expect(parts(asked('2025-05-06'))).toEqual(['AR250400700 cash 98000', 'AR250400700 discount 2000']);
    expect(asked('2025-05-06')?.matchClass).toBe('automatic');
    expect(asked('2025-05-07')?.matchClass).not.toBe('automatic');
  });

  test('what somebody said would come is evidence, not proof', () => {
    const twins = [item('AR250400301', 50_000), item('AR250400302', 50_000)];
    const said = {
      customer: 'A',
      documentNumber: 'AR250400302',
      orderNumber: null,
      cents: 50_000n,
      day: '2025-05-07',
    };
    const [answer] = ask([line('l', 50_000)], twins, { said: [said] });
    expect(parts(answer)).toEqual(['AR250400302 cash 50000']);
    expect(keys(answer)).toContain('statement');
  });

  test('the parts of every answer use the whole line and no item beyond what it owes; points add up', () => {
    const lines = [111_111, 555_555, 1_000_001, 220_745, 5].map((cents, at) => line(`l${at}`, cents));
    for (const { chosen, lineId } of ask(lines, four)) {
      if (!chosen) continue;
      const money = chosen.parts.reduce(
        (sum, { kind, cents }) => sum + (kind === 'cash' || kind === 'unapplied' ? cents : 0n),
        0n,
      );
      expect([lineId, money]).toEqual([lineId, lines.find(({ id }) => id === lineId)?.cents]);
      expect(Object.values(chosen.points).reduce((sum, one) => sum + one, 0)).toBeCloseTo(chosen.score, 6);
    }
  });
});

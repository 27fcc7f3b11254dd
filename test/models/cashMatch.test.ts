import { engines } from '../support/engines';
import { type BuiltCase, given, type GivenEvent } from './given';
import { allocation, document, line, merge, of, receipt } from './records';

/** What the hub decided about bank lines, as the models have it; the ERP books later, alike or otherwise. */
const applied = (match: string, bankLine: string, parts: [string, string, string][]): GivenEvent => ({
  id: `event of ${match}`,
  kind: 'match.applied',
  actor: 'hub',
  subject: match,
  happenedAt: '2025-05-02 02:00:00',
  body: {
    bank_transaction_id: `bank:${bankLine}`,
    payer_id: 'erp:买家',
    rule: 'single',
    score: '80',
    parts: String(parts.length),
    ...Object.fromEntries(
      parts.flatMap(([document, kind, amount], at) => [
        [`customer_${at + 1}`, 'erp:买家'],
        [`document_${at + 1}`, `erp:${document}`],
        [`item_${at + 1}`, `erp:${document}`],
        [`kind_${at + 1}`, kind],
        [`amount_${at + 1}`, amount],
      ]),
    ),
  },
});
const about = (
  id: string,
  kind: string,
  subject: string,
  body: Record<string, unknown> = {},
): GivenEvent => ({
  id,
  kind,
  actor: 'finance1',
  subject,
  body,
  happenedAt: '2025-05-03 02:00:00',
});
const alias = (id: string, kind: string, key: string, match: string) =>
  about(id, kind, key, { payer_kind: 'name', payer_key: key, customer_id: 'erp:买家', match_id: match });

const entities = merge(
  of('买家', {
    receivable_document: ['A', 'B', 'C', 'D', 'E'].map((number) => document(number, '2025-04-01', '100')),
    receipt: [
      receipt('r1', '2025-05-02', '100', { bank_reference: 'v1' }),
      receipt('r2', '2025-05-02', '100', { bank_reference: 'v2' }),
      receipt('r4', '2025-05-02', '50', { bank_reference: 'v4' }),
    ],
    bank_transaction: [1, 2, 3, 4, 5].map((n) =>
      line(`l${n}`, '2025-05-02', n === 4 ? '50' : '100', { reference: `v${n}` }),
    ),
  }),
  {
    allocation: [
      allocation('A', '100', { receipt_ref: 'r1' }),
      allocation('C', '100', { receipt_ref: 'r2' }),
    ],
  },
);
const events = [
  applied('m1', 'l1', [['A', 'cash', '100.00']]),
  applied('m2', 'l2', [['B', 'cash', '100.00']]),
  applied('m3', 'l3', [
    ['D', 'cash', '99.50'],
    ['D', 'bank_fee', '0.50'],
    ['', 'unapplied', '0.50'],
  ]),
  applied('m4', 'l4', [['E', 'cash', '50.00']]),
  applied('m5', 'l5', [['E', 'cash', '50.00']]),
  about('c1', 'match.confirmed', 'm3'),
  about('u1', 'match.undone', 'm5'),
  alias('a1', 'alias.learnt', '代付公司', 'm3'),
  alias('a2', 'alias.learnt', '另一家', 'm5'), // its match was undone
  alias('a3', 'alias.learnt', '忘了的', 'm3'),
  alias('a4', 'alias.forgotten', '忘了的', 'm3'),
];

describe.each(engines)('cash matches on $name', ({ open }) => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await given({ today: '2025-05-10', entities, events }, open);
  });
  afterAll(() => built?.close());

  test('hold one row per part, with what the ERP has made of the line since', async () => {
    expect(
      await built.rows(
        'select match_id, part, kind, amount_cny, status, decided_by, erp_state from core.cash_match order by 1, 2',
      ),
    ).toEqual([
      row('m1', 1, 'cash', '100.00', 'automatic', 'hub', 'booked'),
      row('m2', 1, 'cash', '100.00', 'automatic', 'hub', 'differs'),
      row('m3', 1, 'cash', '99.50', 'confirmed', 'finance1', 'pending'),
      row('m3', 2, 'bank_fee', '0.50', 'confirmed', 'finance1', 'pending'),
      row('m3', 3, 'unapplied', '0.50', 'confirmed', 'finance1', 'pending'),
      row('m4', 1, 'cash', '50.00', 'automatic', 'hub', 'pending'), // its receipt is booked, and pays nothing yet
    ]);
  });

  test('never change what is owed', async () => {
    const [found] = await built.rows(
      'select sum(open_amount_cny) as open_cny from core.item_balance where to_date is null',
    );
    expect(found).toEqual({ open_cny: '300.00' }); // B, D and E, as the ERP has it
  });

  test('teach who pays for whom, until they are undone or forgotten', async () => {
    expect(await built.rows('select payer_key, customer_id, learnt_by from core.payer_alias')).toEqual([
      { payer_key: '代付公司', customer_id: 'erp:买家', learnt_by: 'finance1' },
    ]);
  });
});

function row(
  match_id: string,
  part: number,
  kind: string,
  amount_cny: string,
  status: string,
  decided_by: string,
  erp_state: string,
) {
  return { match_id, part, kind, amount_cny, status, decided_by, erp_state };
}

import type { Given, GivenEvent } from '../models/given';

/** What people of the company did in the hub, and what its bank and its ledger say of the whole company. */

interface Work {
  id: string;
  times: number;
}

/** Of each seller's customers: one dispute is open with a deduction agreed on, one is closed; one match holds, one was undone. */
export function peoplesWork({ id, times }: Work): GivenEvent[] {
  const cny = (amount: number) => (amount * times).toFixed(2);
  const act = (
    subject: string,
    kind: string,
    body: GivenEvent['body'],
    happenedAt = '2025-08-05 02:00:00',
  ): GivenEvent => ({ id: `${subject}/${kind}`, kind, actor: `E${id}`, subject, body, happenedAt });
  const match = (bankLine: string, customer: string, document: string, item: string, amount: string) =>
    act(
      `match ${bankLine}`,
      'match.applied',
      {
        bank_transaction_id: `bank:${bankLine}`,
        payer_id: `erp:${customer}`,
        rule: 'single',
        score: '80',
        parts: '1',
        customer_1: `erp:${customer}`,
        document_1: `erp:${document}`,
        item_1: `erp:${item}`,
        kind_1: 'cash',
        amount_1: amount,
      },
      '2025-08-04 10:00:00',
    );
  return [
    act(`open${id}`, 'dispute.opened', { item_id: `erp:B${id}`, amount: cny(500), reason: 'quality' }),
    act(`open${id}`, 'deduction.agreed', { amount: cny(200) }),
    act(`shut${id}`, 'dispute.opened', { item_id: `erp:B${id}`, amount: cny(30), reason: 'price' }),
    act(`shut${id}`, 'dispute.closed', { outcome: 'withdrawn' }, '2025-08-07 02:00:00'),
    match(`J${id}`, `c${id}`, `O${id}`, `O${id}#O${id}/1`, cny(700)),
    match(`A${id}`, `d${id}`, `B${id}`, `B${id}`, cny(1000)),
    act(`match A${id}`, 'match.undone', {}),
    act(`suggestion/replacement_plan/erp:d${id}/2025-06`, 'suggestion.raised', {
      kind: 'replacement_plan',
      customer_id: `erp:d${id}`,
      change: '2025-06',
      to: id === '3' ? 'M-华南' : 'M-华东',
      reason: 'two_reds',
      month: '2025-06',
    }),
  ];
}

/** The second does not begin where the first ended. */
export const bankStatements: Given[] = [
  ['1', '2025-06-01', '2025-06-30', '1000', '0', '1000'],
  ['2', '2025-07-01', '2025-07-31', '1005.55', '9079.87', '10085.42'],
].map(([number = null, from_date = null, to_date = null, opening = null, lines = null, closing = null]) => ({
  connection: 'bank',
  source_id: `statement ${number}`,
  account: 'a1',
  currency: 'CNY',
  number,
  file_name: `${number}.csv`,
  line_count: 1,
  gap_count: 0,
  from_date,
  to_date,
  opening_amount: opening,
  lines_amount: lines,
  closing_amount: closing,
}));

/** The ledger has every order of June for 1.00 less, and all receipts of June as they are. */
export function controlFigures(sellers: readonly Work[]): Given[] {
  const figure = (measure: string, number: string, customer: string, amount_cny: string) => ({
    entity: 'erp',
    month: '2025-06',
    measure,
    level: 'document',
    customer,
    document_number: number,
    amount_cny,
  });
  const figures = sellers.flatMap(({ id, times }) => [
    figure('orders', `2025-06${id}`, `客户c${id}`, (10000 * times - 1).toFixed(2)),
    figure('receipts', `RP${id}-2025-06`, `客户c${id}`, (9000.01 * times).toFixed(2)),
  ]);
  return figures.map((one, place) => ({
    ...one,
    import_id: 'ledger of June',
    file_row: place + 1,
    file_name: 'ledger.xlsx',
    closed_date: '2025-07-05',
    imported_at: '2025-07-06 02:00:00',
    imported_by: 'finance',
  }));
}

/** One paid question about each seller's bad customer, and what may be spent. */
export const bureauCalls = (sellers: readonly { id: string; times: number }[]): Record<string, Given[]> => ({
  'meta.bureau_call': sellers.map(({ id, times }) => ({
    call_id: `call ${id}`,
    connection: 'qcc',
    service: 'ShixinCheck',
    subject: `客户d${id}`,
    price_cny: `${times}.00`,
    called_at: '2025-06-01 02:00:00',
  })),
  'ops.bureau_budget': [{ connection: 'qcc', day_cny: '20.00', month_cny: '100.00' }],
});

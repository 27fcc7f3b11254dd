import { read, utils } from '@e965/xlsx';
import { buildModels } from '../../warehouse';
import { hubOver, type HubUnderTest } from '../hub/hubOver';
import { allocation, document, merge, of, receipt } from '../models/records';
import { engines } from '../support/engines';
import { pdfText } from './pdfText';

/**
 * Statements of account, disputes, control totals and tasks over HTTP (B7, B9, A12), with rights. Figures by hand: A has 100,000.00 of March
 * with retention of 5,000.00 until 2026, a credit note, a deduction, cash, a bill, and a prepayment that is marked.
 */
const today = '2025-05-09';
const config = `
company: 织水精密
asOf: today
connections:
  erp: { connector: kingdee, config: { baseUrl: 'http://127.0.0.1:9/', accountId: a, user: u, appId: i, appSecret: s } }
users:
  - { id: fin, name: 财务, role: finance }
  - { id: E1, name: 王一, role: sales }
  - { id: E2, name: 李二, role: sales }
`;

const A = '=cmd|甲公司'; // a name that a spreadsheet would take for a formula
const owner = (customer: string, employee: string) => ({
  territory_assignment: [
    {
      connection: 'erp',
      source_id: customer,
      customer_ref: customer,
      owner_ref: employee,
      region: '华东',
      valid_from: '2020-01-01',
    },
  ],
});
const entities = merge(
  {
    employee: [
      { source_id: 'e1', employee_number: 'E1', name: '王一', role: 'sales' },
      { source_id: 'e2', employee_number: 'E2', name: '李二', role: 'sales' },
    ],
  },
  of(A, {
    receivable_document: [
      document('AR1', '2025-03-05', '100000', { recorded_at: '2025-03-05 08:00:00' }),
      document('AR2', '2025-04-10', '11300', { recorded_at: '2025-05-06 08:00:00' }), // approved after April was closed
      document('CN1', '2025-04-12', '-1000', { is_credit_note: true, recorded_at: '2025-04-12 08:00:00' }),
    ],
    instalment: [
      { source_id: '1', document_ref: 'AR1', due_date: '2025-04-04', amount_cny: '95000' },
      { source_id: '2', document_ref: 'AR1', due_date: '2026-03-05', amount_cny: '5000', is_retention: true },
    ],
    receipt: [
      receipt('R1', '2025-04-15', '60000'),
      receipt('R2', '2025-04-20', '20000', { method: 'bank_bill', bank_reference: 'B-1' }),
      receipt('R3', '2025-04-28', '3000'),
      receipt('R4', '2025-04-29', '2500', { is_prepayment: true }),
    ],
    allocation: [
      allocation('AR1', '60000', { receipt_ref: 'R1' }),
      allocation('AR1', '20000', { receipt_ref: 'R2', kind: 'bank_bill' }),
      allocation('AR1', '1000', { credit_note_number: 'CN1', kind: 'credit_note' }),
      allocation('AR1', '400', { kind: 'deduction', value_date: '2025-04-25' }),
    ],
  }),
  of('乙公司', { receivable_document: [document('BR1', '2025-04-01', '500')] }),
  owner(A, 'e1'),
  owner('乙公司', 'e2'),
);

const period = 'from=2025-04-01&to=2025-04-30';
const path = (customer: string, more = '') =>
  `/api/finance/statement-of-account?customer=${encodeURIComponent(customer)}&${period}${more}`;

describe.each(engines)('finance over HTTP on $name', ({ open }) => {
  let hub: HubUnderTest;
  beforeAll(async () => {
    hub = await hubOver({ today, entities }, config, open);
  });
  afterAll(() => hub.close());

  const account = async () => (await hub.as('fin')(path(A))).body as Record<string, unknown>;

  test('entries lead from the opening to the closing balance, and both are REC-1', async () => {
    const found = await account();
    expect(found).toMatchObject({
      company: '织水精密',
      customerName: A,
      opening: { account: '100000.00', net: '95000.00', undueRetention: '5000.00', prepayment: '0.00' },
      // 100,000 + 11,300 − 1,000 − 60,000 − 20,000 − 3,000 − 2,500 − 400
      closing: {
        account: '24400.00',
        gross: '24900.00', // 95,000 − 60,000 − 20,000 − 1,000 − 400 + 11,300
        unapplied: '3000.00',
        creditNotes: '0.00',
        net: '21900.00',
        undueRetention: '5000.00',
        prepayment: '2500.00',
      },
      totals: { debit: '11300.00', credit: '86900.00' },
    });
    expect(entriesOf(found)).toEqual([
      '2025-04-10 document AR2 +11300.00 = 111300.00',
      '2025-04-12 credit_note CN1 -1000.00 = 110300.00',
      '2025-04-15 receipt R1 -60000.00 = 50300.00',
      '2025-04-20 bank_bill R2 -20000.00 = 30300.00',
      '2025-04-25 deduction AR1 -400.00 = 29900.00',
      '2025-04-28 receipt R3 -3000.00 = 26900.00',
      '2025-04-29 receipt R4 -2500.00 = 24400.00',
    ]);
    const [balance] = await hub.rows(
      "select net_cny, prepayment_cny, undue_retention_cny from marts.receivable_balance where as_of_date = date '2025-04-30' and customer_name like '%甲公司'",
    );
    expect(balance).toEqual({
      net_cny: '21900.00',
      prepayment_cny: '2500.00',
      undue_retention_cny: '5000.00',
    });
  });

  test('ageing and open items add up to the net', async () => {
    const { ageing, items } = await account();
    expect(
      (ageing as { bucket: string; amount: string }[]).filter(({ amount }) => amount !== '0.00'),
    ).toEqual([
      { bucket: 'not_due', amount: '11300.00' },
      { bucket: '1_30', amount: '13600.00' },
      { bucket: 'credits', amount: '-3000.00' },
    ]);
    expect(
      (items as { documentNumber: string; open: string; bucket: string }[]).map(
        ({ documentNumber, open: left, bucket }) => [documentNumber, left, bucket],
      ),
    ).toEqual([
      ['AR1', '13600.00', '1_30'],
      ['AR2', '11300.00', 'not_due'],
      ['AR1', '5000.00', 'retention'],
    ]);
  });

  test('the PDF says the same in both languages, and what leaves is written down', async () => {
    const found = await account();
    for (const [language, words] of [
      ['zh', ['对账单', '对账回执', '红字应收单', '第 1 页 / 共 2 页']],
      ['en', ['Statement of account', 'Confirmation of balance', 'Credit note', 'Page 1 of 2']],
    ] as const) {
      const pdf = await download(`&format=pdf&language=${language}`);
      const text = pdfText(pdf);
      for (const word of words) expect(text.join('\n')).toContain(word);
      expect(text).toContain(A);
      expect(text.filter((piece) => /^−?[\d,]+\.\d\d$/.test(piece)).slice(0, 15)).toEqual(printed(found));
      expect(text.at(0)).toBe(words[0]);
    }
    const events = await hub.rows(
      "select actor, json_text(body, 'closing') as closing, json_text(body, 'format') as format from ops.event where kind = 'export.made' order by sequence",
    );
    expect(events).toEqual([
      { actor: 'fin', closing: '24400.00', format: 'pdf' },
      { actor: 'fin', closing: '24400.00', format: 'pdf' },
    ]);
  });

  test('the workbook has typed cells, real days, and no formula out of a name', async () => {
    const book = read(await download('&format=xlsx'), { cellDates: true, cellFormula: true, UTC: true });
    expect(book.SheetNames).toEqual(['说明', '往来明细', '未清明细']);
    const entries = utils.sheet_to_json<unknown[]>(book.Sheets['往来明细'] ?? {}, { header: 1, UTC: true });
    expect(entries).toHaveLength(1 + 1 + 7 + 1);
    expect(entries[2]).toEqual([
      new Date('2025-04-10'),
      '应收单（开票）',
      'AR2',
      undefined,
      new Date('2025-05-12'),
      11300,
      undefined,
      111300,
    ]);
    expect(entries.at(-1)?.slice(-3)).toEqual([11300, 86900, 24400]);
    const about = book.Sheets['说明'] ?? {};
    const values = Object.values(about).flatMap((cell: { v?: unknown }) =>
      cell.v === undefined ? [] : [cell.v],
    );
    expect(values).toEqual(
      expect.arrayContaining([`'${A}`, '2025-04-01 至 2025-04-30', 21900, 24400, '口径', '财务']),
    );
    for (const sheet of Object.values(book.Sheets))
      for (const cell of Object.values(sheet) as { f?: string }[]) expect(cell.f).toBeUndefined();
  });

  test('people of sales have only their own customers', async () => {
    expect((await hub.as('E1')(path(A))).status).toBe(200);
    const [other] = await hub.rows("select customer_id from core.customer where name = '乙公司'");
    for (const wanted of ['乙公司', String(other?.customer_id)]) {
      const refused = await hub.as('E1')(path(wanted));
      expect([refused.status, refused.text.includes('500.00')]).toEqual([404, false]);
    }
    expect((await hub.as('E1')(`/api/finance/account-customers?${period}`)).body).toMatchObject([
      { customer_name: A },
    ]);
    expect((await hub.as('fin')(`/api/finance/account-customers?${period}`)).body).toHaveLength(2);
    expect((await hub.as('E1')('/api/finance/control')).status).toBe(403);
    expect(
      (await hub.as('E2')('/api/finance/disputes', { body: { document: 'AR2', reason: 'price' } })).status,
    ).toBe(404);
  });

  test.each([
    ['from=2025-04-31&to=2025-05-01', 'no day'],
    ['from=2025-04-02&to=2025-04-01', 'before it begins'],
    ['from=2025-04-02&to=2025-05-10', 'data end on 2025-05-09'],
  ])('a period %s is refused', async (days, why) => {
    const refused = await hub.as('fin')(`/api/finance/statement-of-account?customer=x&${days}`);
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining(why)]);
  });

  test('a dispute is opened, listed at once, and closed once; the balance stays', async () => {
    const ask = hub.as('E1');
    const opened = await ask('/api/finance/disputes', {
      body: { id: 'd1', document: 'AR1', amount: '14000', reason: 'quality', note: '划伤' },
    });
    expect(opened.body).toEqual(['d1/1', 'd1/2']);
    await ask('/api/finance/disputes', {
      body: { id: 'd1', document: 'AR1', amount: '14000', reason: 'quality' },
    });
    const open = ((await ask('/api/finance/disputes')).body as { rows: unknown }).rows as {
      dispute_id: string;
      amount_cny: string;
    }[];
    expect(open.map(({ dispute_id, amount_cny }) => [dispute_id, amount_cny]).sort()).toEqual([
      ['d1/1', '13600.00'], // the instalment that is due
      ['d1/2', '400.00'], // of the retention
    ]);
    expect(await account()).toMatchObject({ disputed: '14000.00', closing: { net: '21900.00' } });
    const tooMuch = await ask('/api/finance/disputes', {
      body: { document: 'AR1', amount: '4600.01', reason: 'price' },
    });
    expect([tooMuch.status, tooMuch.text]).toEqual([400, expect.stringContaining('at most 4600.00')]);
    const close = { disputeId: 'd1/1', outcome: 'deduction', deduction: '600.00' };
    expect((await ask('/api/finance/disputes/close', { body: close })).status).toBe(200);
    expect((await ask('/api/finance/disputes/close', { body: close })).status).toBe(404);
    expect((await ask('/api/finance/disputes?all=true')).body).toMatchObject({
      totals: { open: 1, disputed: '400.00', awaited: '600.00' },
      rows: [
        { dispute_id: 'd1/2', is_open: true },
        { dispute_id: 'd1/1', is_open: false, outcome: 'deduction', agreed_deduction_cny: '600.00' },
      ],
    });
  });

  test('a task is done, put off with a reason, and taken back, at once', async () => {
    const ask = hub.as('fin');
    const tasks = async () =>
      ((await ask('/api/finance/morning-list')).body as { tasks: { task_key: string; state: string }[] })
        .tasks;
    const [task] = await tasks();
    const taskKey = task?.task_key ?? '';
    expect(task).toMatchObject({
      task_kind: 'due',
      document_number: 'AR2',
      amount_cny: '11300.00',
      state: 'open',
    });
    const act = async (body: object) =>
      (await ask('/api/finance/todo', { body: { taskKey, ...body } })).status;
    expect(await act({ action: 'snoozed', until: '2025-05-09', reason: '等付款' })).toBe(400);
    expect(await act({ action: 'snoozed', until: '2025-05-12' })).toBe(400);
    expect(await act({ action: 'snoozed', until: '2025-05-12', reason: '等付款' })).toBe(200);
    expect((await tasks())[0]).toMatchObject({
      state: 'snoozed',
      snoozed_until: '2025-05-12',
      state_reason: '等付款',
    });
    expect(await act({ action: 'reopened' })).toBe(200);
    expect(await act({ action: 'done' })).toBe(200);
    expect((await tasks())[0]).toMatchObject({ state: 'done' });
    expect((await hub.as('E2')('/api/finance/todo', { body: { taskKey, action: 'done' } })).status).toBe(404);
  });

  test('control totals name the document that was approved after the ledger closed', async () => {
    const file = [
      '期间,科目,期末余额,客户,结账日',
      '2025-04,1122,11100.00,,2025-05-05',
      '2025-04,2203,2500.00,,2025-05-05',
      '2025-04,立账,10800.00,,2025-05-05',
    ].join('\n');
    const send = (apply: boolean) =>
      hub.as('fin')(`/api/finance/control?name=ledger.csv&apply=${apply}`, {
        text: file,
        headers: { 'content-type': 'application/octet-stream' },
      });
    expect((await send(false)).body).toMatchObject({ figures: 3, added: 0, problems: [] });
    expect((await send(true)).body).toMatchObject({ figures: 3, added: 3 });
    expect((await send(true)).body).toMatchObject({ figures: 3, added: 0 });
    const select = ['core.control_figure+'];
    await buildModels(hub.warehouse, {
      runId: 'again',
      connections: [],
      asOfDate: today,
      keepStaging: true,
      select,
    });
    const { totals, differences } = (await hub.as('fin')('/api/finance/control?month=2025-04'))
      .body as Record<string, Record<string, string>[]>;
    expect(
      totals?.map(({ measure, here_cny, there_cny, difference_cny, state }) => [
        measure,
        here_cny,
        there_cny,
        difference_cny,
        state,
      ]),
    ).toEqual([
      // A 21,900 and B 500: METRICS' example, one document of 11,300.00
      ['billed', '10800.00', '10800.00', '0.00', 'equal'],
      ['prepayments', '2500.00', '2500.00', '0.00', 'equal'],
      ['receipts', '85500.00', null, null, 'missing'],
      ['receivables', '22400.00', '11100.00', '11300.00', 'explained'],
      ['retention', '5000.00', null, null, 'missing'],
    ]);
    expect(differences).toEqual([
      expect.objectContaining({
        kind: 'approved_after_close',
        document_number: 'AR2',
        difference_cny: '11300.00',
        recorded_date: '2025-05-06',
      }),
    ]);
  });

  async function download(more: string): Promise<Buffer> {
    const cookie = `millrace_session=${hub.tokens.sign('session', 'fin', 60)}`;
    const answer = await fetch(`http://127.0.0.1:${hub.web.port}${path(A, more)}`, { headers: { cookie } });
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('2025-04-01_2025-04-30'));
    return Buffer.from(await answer.arrayBuffer());
  }
});

type Entry = Record<'date' | 'kind' | 'number' | 'balance', string> & {
  debit: string | null;
  credit: string | null;
};
const entriesOf = (found: Record<string, unknown>) =>
  (found.lines as Entry[]).map(
    ({ date, kind, number, debit, credit, balance }) =>
      `${date} ${kind} ${number} ${debit === null ? `-${credit}` : `+${debit}`} = ${balance}`,
  );

/** The figures of the first table as they are printed: opening, then each entry's amount and balance. */
function printed(found: Record<string, unknown>): string[] {
  const grouped = (text: string) => text.replace('-', '−').replace(/\B(?=(\d{3})+\.)/g, ',');
  const { account } = found.opening as { account: string };
  return [
    account,
    ...(found.lines as Entry[]).flatMap(({ debit, credit, balance }) => [debit ?? credit ?? '', balance]),
  ].map(grouped);
}

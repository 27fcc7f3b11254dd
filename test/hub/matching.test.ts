import { buildModels } from '../../warehouse';
import { type MatchCounts, runMatching } from '../../matching';
import type { Case } from '../models/given';
import { allocation, document, line, loaded, merge, of, receipt } from '../models/records';
import { engines } from '../support/engines';
import { type HubUnderTest, hubOver } from './hubOver';

/** Cash application end to end over both engines: a run, what people then do, and what the lists and models say. */
const today = '2025-05-10';
const CONFIG = `company: 测试公司
users:
  - { id: finance1, name: 会计, role: finance }
  - { id: seller1, name: 销售, role: sales }
`;
const due = { due_date: '2025-05-01' };
const company: Case = {
  today,
  entities: merge(
    of('甲机械有限公司', {
      receivable_document: [
        document('AR250400001', '2025-04-01', '1000.00', due),
        document('AR250400002', '2025-04-02', '500.00', due),
        document('AR250400003', '2025-04-03', '500.00', due),
        document('AR250400004', '2025-04-04', '870.10', due),
        document('AR250400005', '2025-04-05', '333.00', due),
      ],
      receipt: [receipt('r1', '2025-05-01', '333.00', { bank_reference: 'v9' })],
      bank_transaction: [
        line('exact', '2025-05-06', '1000.00', { counterparty_name: '甲机械有限公司' }),
        line('tie', '2025-05-06', '500.00', { counterparty_name: '甲机械有限公司' }),
        line('booked', '2025-05-01', '333.00', { counterparty_name: '甲机械有限公司', reference: 'v9' }),
      ],
    }),
    of('乙泵业有限公司', {
      receivable_document: [
        document('AR250400011', '2025-04-01', '2000.00', due),
        document('AR250400012', '2025-04-02', '640.00', due),
      ],
    }),
    {
      allocation: [allocation('AR250400005', '333.00', { receipt_ref: 'r1' })],
      bank_coverage: [loaded('2025-04-01', today)],
      bank_transaction: [
        line('third', '2025-05-07', '2000.00', {
          counterparty_name: '某财务公司',
          counterparty_account: '6200',
          remark: '货款 AR2504000I1',
        }),
        line('short', '2025-05-07', '855.10', { counterparty_name: '甲机械有限公司', remark: '货款' }),
        line('stranger', '2025-05-08', '77.00', { counterparty_name: '张三' }),
        line('next', '2025-05-09', '640.00', {
          counterparty_name: '某财务公司',
          counterparty_account: '6200',
        }),
        line('wrong', '2025-05-09', '1000.00', { counterparty_name: '李四', remark: 'AR250400001' }),
      ],
    },
  ),
};

describe.each(engines)('cash application on $name', ({ open }) => {
  let on: HubUnderTest;
  let counts: MatchCounts;
  const finance: HubUnderTest['ask'] = (path, options) => on.as('finance1')(path, options);
  const list = async (query = '') => (await finance(`/api/match?${query}`)).body as Record<string, unknown>[];
  const run = (runId: string, asOfDate = '2025-05-08') => runMatching(on.warehouse, { runId, asOfDate });
  const built = () =>
    buildModels(on.warehouse, { runId: 'again', connections: [], asOfDate: today, keepStaging: true });
  beforeAll(async () => {
    on = await hubOver(company, CONFIG, open);
    counts = await run('run1');
    await built();
  }, 60_000);
  afterAll(() => on?.close());

  test('a run applies what is sure, suggests the rest, and leaves the ERP its own', async () => {
    expect(counts).toEqual({ lines: 5, automatic: 1, strong: 1, check: 2, none: 1, automaticCny: '1000.00' });
    expect(await run('run1')).toMatchObject({ lines: 4, automatic: 0 }); // again: nothing is applied twice
    const rows = await on.rows("select kind, subject from ops.event where kind like 'match.%'");
    expect(rows).toEqual([{ kind: 'match.applied', subject: 'run1/bank:exact' }]);
    expect(
      (await list()).map((row) => [row.bank_transaction_id, row.match_class, row.suggested_cny]),
    ).toEqual([
      ['bank:third', 'suggested_strong', '2000.00'],
      ['bank:short', 'suggested_check', '855.10'],
      ['bank:tie', 'suggested_check', '500.00'],
      ['bank:next', null, null], // came after the run
      ['bank:wrong', null, null],
      ['bank:stranger', null, null],
    ]);
    expect(await list('matchClass=suggested_check&limit=1')).toMatchObject([
      { bank_transaction_id: 'bank:short' },
    ]);
    expect(await list('state=matched')).toMatchObject([
      { match_id: 'run1/bank:exact', decided_by: 'hub', is_different: false },
    ]);
  });

  test('each suggestion says why, in both languages, with points that add up', async () => {
    const { body } = await finance('/api/match/line?line=bank:tie');
    const { suggestions } = body as { suggestions: Record<string, string>[] };
    expect(suggestions[0]?.why_zh).toBe(
      '付款方名称即该客户：甲机械有限公司；金额分毫不差；有 2 种解释不相上下',
    );
    expect(suggestions[0]?.why_en).toMatch(/the same to the cent; 2 explanations are as good$/);
    const points = Object.values(JSON.parse(suggestions[0]?.points ?? '{}') as Record<string, number>);
    expect(Math.round(points.reduce((sum, one) => sum + one, 0))).toBe(Number(suggestions[0]?.score));
  });

  test('only finance and administrators decide; a seller sees nothing of others', async () => {
    const seller = on.as('seller1');
    expect((await seller('/api/match')).body).toEqual([]);
    expect((await seller('/api/match/line?line=bank:tie')).status).toBe(404);
    const refused = await seller('/api/match/confirm', { body: { lines: ['bank:tie'] } });
    expect(refused.status).toBe(403);
  });

  test('confirmed, split, declined and undone: seen at once, and in the models after the next build', async () => {
    const strong = await finance('/api/match/confirm', { body: { allStrong: true } });
    expect(strong.body).toMatchObject({ matches: [expect.any(String)], amountCny: '2000.00' });
    const short = await finance('/api/match/confirm', { body: { lines: ['bank:short'] } });
    expect(short.body).toMatchObject({ amountCny: '855.10' });
    expect((await list()).map((row) => row.bank_transaction_id)).not.toContain('bank:third');
    const again = await finance('/api/match/confirm', { body: { lines: ['bank:third'] } });
    expect(again.body).toMatchObject({
      error: { code: 'not_allowed', what: 'The bank line has 0.00 left, not 2000.00' },
    });

    const tooMuch = { line: 'bank:tie', parts: [{ document: 'AR250400002', amount: '500.01' }] };
    expect((await finance('/api/match/split', { body: tooMuch })).body).toMatchObject({
      error: { code: 'not_allowed' },
    });
    const parts = [
      { document: 'AR250400003', amount: '480.00', kept: { kind: 'deduction', amount: '20.00' } },
      { amount: '20.00' },
    ];
    const split = await finance('/api/match/split', { body: { line: 'bank:tie', parts } });
    expect(split.body).toMatchObject({ amountCny: '500.00' });

    const undone = { match: 'run1/bank:exact', why: 'paid twice' };
    expect((await finance('/api/match/undo', { body: undone })).status).toBe(200);
    expect((await finance('/api/match/undo', { body: undone })).status).toBe(404);
    expect(await run('run2')).toMatchObject({ lines: 2, automatic: 0 }); // what was taken back is not made again: it stays with people
    await built();
    expect(
      await on.rows(
        "select bank_transaction_id, kind, amount_cny, decided_by from core.cash_match where bank_transaction_id = 'bank:tie' order by part",
      ),
    ).toEqual([
      { bank_transaction_id: 'bank:tie', kind: 'cash', amount_cny: '480.00', decided_by: 'finance1' },
      { bank_transaction_id: 'bank:tie', kind: 'deduction', amount_cny: '20.00', decided_by: 'finance1' },
      { bank_transaction_id: 'bank:tie', kind: 'unapplied', amount_cny: '20.00', decided_by: 'finance1' },
    ]);
    expect(
      await on.rows(
        "select payer_kind, payer_key, customer_id from core.payer_alias where payer_key like '%6200%' or payer_key like '某%' order by 1",
      ),
    ).toEqual([
      { payer_kind: 'account', payer_key: '6200', customer_id: 'erp:乙泵业有限公司' },
      { payer_kind: 'name', payer_key: '某财务公司', customer_id: 'erp:乙泵业有限公司' },
    ]);
    expect(
      await on.rows(
        "select state, applied_by from marts.cash_line where bank_transaction_id in ('bank:third', 'bank:booked') order by bank_transaction_id",
      ),
    ).toEqual([
      { state: 'applied', applied_by: 'erp' },
      { state: 'applied', applied_by: 'person' },
    ]);
  }, 60_000);

  test('a payer that somebody confirmed is known next time, and a declined customer is never offered again', async () => {
    const first = await run('run3', today);
    expect(first).toMatchObject({ automatic: 2, automaticCny: '1640.00' });
    await finance('/api/match/undo', { body: { match: 'run3/bank:wrong', why: 'not theirs' } });
    expect(await run('run4', today)).toMatchObject({ automatic: 0 });
    const { body } = await finance('/api/match/line?line=bank:wrong');
    expect((body as { suggestions: unknown[] }).suggestions).toEqual([]);
  }, 60_000);
});

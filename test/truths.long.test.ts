import { join } from 'node:path';
import { readFile, utils } from '@e965/xlsx';
import { makeCompany } from '../demo/company/makeCompany';
import { type Truths, truthsOf } from '../demo/truths';
import { openLocalWork } from '../hub/work/localWork';
import type { Work } from '../hub/work/work';
import { demoDataFolder, millrace, TODAY } from './support/hubProcess';

type Row = Record<string, string | null>;

let data: string;
let truths: Truths;
let work: Work | undefined;
beforeAll(async () => {
  truths = truthsOf(makeCompany({ seed: 1, today: TODAY }));
  data = await demoDataFolder('truths');
}, 1_200_000);
afterAll(() => work?.close());

/** What `millrace query` and `millrace sql` answer, without a process for each. */
const opened = () => (work ??= openLocalWork({ data }, () => undefined));
const query = async (cube: object) => asJson(await opened().query(cube));
const sql = async (text: string) => asJson(await opened().sql(text));
const asJson = (rows: unknown) => JSON.parse(JSON.stringify(rows)) as Row[];

/** A command in a process of its own: the warehouse's file has one owner at a time. */
async function command<T>(...args: string[]): Promise<T> {
  await work?.close();
  work = undefined;
  return millrace<T>(data, ...args);
}
const is = (member: string, ...values: string[]) => ({ member, operator: 'equals', values });

/**
 * What was planted is found by the queries of the dashboards, and each figure equals a second method: plain SQL over the raw
 * tables that knows nothing of the models. Expected values are computed from the company itself.
 */
describe('the month with the gap of 470,000', () => {
  test('three people confirmed what had not come: by person', async () => {
    const cube = {
      measures: ['confirmed_unpaid.missing', 'confirmed_unpaid.count'],
      dimensions: ['confirmed_unpaid.stated_by', 'confirmed_unpaid.stated_by_name'],
      filters: [is('confirmed_unpaid.month', truths.gap.month)],
      order: [['confirmed_unpaid.stated_by', 'asc']],
    };
    const rows = await command<Row[]>('query', JSON.stringify(cube));
    expect(await query(cube)).toEqual(rows);
    const found = rows.map((row) => [
      row['confirmed_unpaid.stated_by'],
      row['confirmed_unpaid.stated_by_name'],
      row['confirmed_unpaid.missing'],
    ]);
    const planted = truths.gap.people.map(({ employeeNumber, name, amount }) => [
      employeeNumber,
      name,
      amount,
    ]);
    expect(found).toEqual(planted.sort(([one = ''], [other = '']) => (one < other ? -1 : 1)));
    expect(truths.gap.confirmedMissing).toBe('470000.00');
  });

  test('the same from the raw tables: the last statement of each thread before its flag, less what the match log paid', async () => {
    const [row] = await sql(`
      with dated as (
        select *, cast(timezone('Asia/Shanghai', timezone('UTC', expected_date__c)) as date) as expected_day,
          cast(timezone('Asia/Shanghai', timezone('UTC', stated_time__c)) as date) as stated_day
        from raw.fxiaoke__collection_forecasts
      ),
      said as (
        select *, lead(stated_day) over (partition by thread__c order by stated_time__c, _id) as replaced_day,
          (select min(day) from core.calendar where is_workday and day > greatest(expected_day, stated_day)) as flag_day
        from dated
      ),
      document as ( -- what a statement's subject means: a document, or all documents of an order
        select fbillno as number, fbillno as subject from raw.kingdee__receivables
        union all
        select head.fbillno, entry.fordernumber from raw.kingdee__receivables as head join raw.kingdee__receivable_entries as entry on entry.fid = head.fid
      ),
      paid as ( -- with the day of the bank, where its line is there
        select document.subject, coalesce(line.date, log.fsrcdate) as day, log.fcurwrittenoffamountfor as amount
        from raw.kingdee__match_logs as log
        join document on document.number = log.ftargetbillno
        left join raw.kingdee__receipt_entries as entry on entry.freceivebillentry_fentryid = log.fsrcrowid
        left join raw.bank__transactions as line on line.reference = entry.fsettleno and line.amount > 0 and entry.fsettletypeid_fname not like '%承兑%'
        where log.fsourcefromid = 'AR_RECEIVEBILL' and log.ftargetfromid = 'AR_receivable'
      ),
      judged as (
        select said.*, amount__c - coalesce((select sum(amount) from paid where subject = subject_number__c and day > stated_day and day < flag_day), 0) as missing
        from said
        where certainty__c = 'confirmed' and not coalesce(is_withdrawn__c, false) and (replaced_day is null or replaced_day >= flag_day)
      )
      select sum(missing) as missing, count(distinct json_extract_string(stated_by__c, '$[0]')) as people
      from judged where strftime(expected_day, '%Y-%m') = '${truths.gap.month}' and missing > greatest(1.00, amount__c * 0.005)`);
    expect(row).toMatchObject({ missing: truths.gap.confirmedMissing, people: '3' });
  });

  test('the whole gap of the month, its parts add up to the cent, and the cash equals the bank', async () => {
    const [accuracy] = await query({
      measures: ['forecast_accuracy.forecast', 'forecast_accuracy.actual', 'forecast_accuracy.gap'],
      filters: [is('forecast_accuracy.month', truths.gap.month), is('forecast_accuracy.horizon', 'H1')],
    });
    expect(accuracy?.['forecast_accuracy.gap']).toBe(truths.gap.totalGap);
    const [parts] = await query({
      measures: ['forecast_gaps.amount'],
      filters: [is('forecast_gaps.month', truths.gap.month)],
    });
    expect(parts?.['forecast_gaps.amount']).toBe(truths.gap.totalGap);
    const [collected] = await query({
      measures: ['collections.amount'],
      filters: [is('collections.month', truths.gap.month)],
    });
    expect(collected?.['collections.amount']).toBe(accuracy?.['forecast_accuracy.actual']);
  });

  test('one query explains it: month, people, statements, and the bank lines that came after the month', async () => {
    const rows = await query({
      measures: ['forecast_gaps.amount'],
      dimensions: [
        'forecast_gaps.month',
        'forecast_gaps.stated_by',
        'forecast_gaps.stated_by_name',
        'forecast_gaps.customer_name',
        'forecast_gaps.statement_id',
        'forecast_gaps.document_number',
        'forecast_gaps.evidence',
        'forecast_gaps.expected_date',
        'forecast_gaps.part',
        'forecast_gaps.bank_transaction_id',
        'forecast_gaps.value_date',
      ],
      filters: [is('forecast_gaps.month', truths.gap.month), is('forecast_gaps.is_confirmed_unpaid', 'true')],
      order: [['forecast_gaps.stated_by', 'asc']],
    });
    const cents = (text: string | null | undefined) => BigInt((text ?? '').replace('.', ''));
    const sumOf = (found: Row[]) =>
      found.reduce((sum, row) => sum + cents(row['forecast_gaps.amount']), 0n).toString();
    expect(sumOf(rows)).toBe(cents(truths.gap.confirmedMissing).toString());
    expect(new Set(rows.map((row) => row['forecast_gaps.stated_by'])).size).toBe(3);
    for (const planted of truths.gap.statements) {
      const own = rows.filter((row) => row['forecast_gaps.document_number'] === planted.documentNumber);
      const late = own.filter((row) => row['forecast_gaps.part'] === 'slipped');
      const open = own.filter((row) => row['forecast_gaps.part'] === 'not_paid');
      expect(own[0]).toMatchObject({
        'forecast_gaps.month': truths.gap.month,
        'forecast_gaps.stated_by': planted.statedBy,
        'forecast_gaps.customer_name': planted.customerName,
        'forecast_gaps.evidence': planted.evidence,
      });
      expect(own[0]?.['forecast_gaps.expected_date']?.slice(0, 10)).toBe(planted.expectedDate);
      expect([sumOf(late), sumOf(open)]).toEqual([
        cents(planted.arrived).toString(),
        cents(planted.openToday).toString(),
      ]);
      expect(late.map((row) => row['forecast_gaps.value_date']?.slice(0, 10))).toEqual([planted.arrivedDate]);
      const lines = late.map((row) => `'${row['forecast_gaps.bank_transaction_id'] ?? ''}'`).join(', ');
      const [bank] = await sql(
        `select sum(amount_cny) as amount from core.bank_transaction where bank_transaction_id in (${lines})`,
      );
      expect(cents(bank?.amount) >= cents(planted.arrived)).toBe(true); // a line may pay other documents too
    }
  });

  test('every statement leads to its versions in the CRM', async () => {
    const rows = await query({
      measures: ['forecast_threads.stated', 'forecast_threads.open'],
      dimensions: [
        'forecast_threads.statement_id',
        'forecast_threads.document_number',
        'forecast_threads.evidence',
      ],
      filters: [
        is('forecast_threads.month', truths.gap.month),
        is('forecast_threads.certainty', 'confirmed'),
        is(
          'forecast_threads.document_number',
          ...truths.gap.statements.map(({ documentNumber }) => documentNumber),
        ),
      ],
    });
    const found = rows.map((row) => [
      row['forecast_threads.document_number'],
      row['forecast_threads.stated'],
      row['forecast_threads.evidence'],
    ]);
    const planted = truths.gap.statements.map(({ documentNumber, amount, evidence }) => [
      documentNumber,
      amount,
      evidence,
    ]);
    expect(new Set(found)).toEqual(new Set(planted));
  });
});

describe('技术评审 → 商务谈判', () => {
  const lastYear = { dimension: 'funnel.entered_date', dateRange: ['2025-07-01', '2026-06-30'] };

  test('18.0 % of the mature cohorts of the last twelve months, against a benchmark with source and date', async () => {
    const [row] = await query({
      measures: [
        'funnel.conversion',
        'funnel.entered',
        'funnel.advanced',
        'funnel.lost',
        'funnel.back',
        'funnel.still',
        'funnel.benchmark',
      ],
      timeDimensions: [lastYear],
      filters: [is('funnel.stage_name', '技术评审'), is('funnel.is_mature', 'true')],
    });
    expect((Number(row?.['funnel.conversion']) * 100).toFixed(1)).toBe(
      Number(truths.conversion.percent).toFixed(1),
    );
    expect(Number(row?.['funnel.benchmark'])).toBe(Number(truths.conversion.benchmarkRate));
    const count = (name: string) => Number(row?.[`funnel.${name}`]);
    expect(count('advanced') + count('lost') + count('back') + count('still')).toBe(count('entered'));
  });

  test('the same from the raw stage changes: first reached, then further within 90 days', async () => {
    const [ours] = await query({
      measures: ['funnel.entered', 'funnel.advanced'],
      timeDimensions: [lastYear],
      filters: [is('funnel.stage_name', '技术评审'), is('funnel.is_mature', 'true')],
    });
    const [raw] = await sql(`
      with stage as (select value, row_number() over (order by cast(position as int)) as number from raw.fxiaoke__options where stream = 'opportunities' and field = 'sales_stage'),
      reached as (
        select opportunity__c as id, stage.number, min(changed_time__c) as moment from raw.fxiaoke__stage_changes
        join stage on stage.value = to_stage__c join raw.fxiaoke__opportunities as opportunity on opportunity._id = opportunity__c
        where opportunity.life_status <> 'invalid' and stage.number <= 6 group by all
      ),
      first_reach as (
        select id, min(moment) filter (where number >= 3) as review, min(moment) filter (where number >= 4) as talks from reached group by id
      ),
      dated as (
        select *, cast(timezone('Asia/Shanghai', timezone('UTC', review)) as date) as review_day,
          cast(timezone('Asia/Shanghai', timezone('UTC', talks)) as date) as talks_day
        from first_reach where review is not null
      )
      select count(*) as entered, count(*) filter (where talks_day <= review_day + 90) as advanced
      from dated where review_day between '2025-07-01' and '2026-06-30' and review_day + 90 < '2026-07-14'::date`);
    expect([raw?.entered, raw?.advanced]).toEqual([ours?.['funnel.entered'], ours?.['funnel.advanced']]);
  });

  test('in the period measure and in the strict one it is another number, each what the raw moves say', async () => {
    const [period] = await query({
      measures: [
        'stage_exits.forward',
        'stage_exits.lost',
        'stage_exits.back',
        'stage_exits.period_conversion',
      ],
      timeDimensions: [{ dimension: 'stage_exits.left_date', dateRange: lastYear.dateRange }],
      filters: [is('stage_exits.stage_name', '技术评审')],
    });
    const [strict] = await query({
      measures: ['funnel.entered'],
      timeDimensions: [lastYear],
      filters: [is('funnel.stage_name', '技术评审'), is('funnel.variant', 'strict')],
    });
    const [raw] = await sql(`
      with stage as (select value, row_number() over (order by cast(position as int)) as number from raw.fxiaoke__options where stream = 'opportunities' and field = 'sales_stage'),
      move as (
        select opportunity__c as id, before.number as from_number, after.number as to_number,
          cast(timezone('Asia/Shanghai', timezone('UTC', changed_time__c)) as date) as day
        from raw.fxiaoke__stage_changes
        join raw.fxiaoke__opportunities as opportunity on opportunity._id = opportunity__c and opportunity.life_status <> 'invalid'
        join stage as after on after.value = to_stage__c left join stage as before on before.value = from_stage__c
      ),
      exit as (select * from move where from_number = 3 and day between '2025-07-01' and '2026-06-30'),
      review as (select id, min(day) as day from move where to_number = 3 group by id)
      select
        (select count(*) from exit where to_number between 4 and 6) as forward, (select count(*) from exit where to_number = 7) as lost,
        (select count(*) from exit where to_number < 3) as back,
        (select count(*) from review where day between '2025-07-01' and '2026-06-30') as entered`);
    expect([raw?.forward, raw?.lost, raw?.back, raw?.entered]).toEqual([
      period?.['stage_exits.forward'],
      period?.['stage_exits.lost'],
      period?.['stage_exits.back'],
      strict?.['funnel.entered'],
    ]);
    const all = Number(raw?.forward) + Number(raw?.lost) + Number(raw?.back);
    expect(Number(period?.['stage_exits.period_conversion'])).toBeCloseTo(Number(raw?.forward) / all, 9);
  });
});

describe('a customer red two months in a row', () => {
  test('is suggested for a replacement plan, once, to its manager', async () => {
    const { customerName, managerNumber, months } = truths.twoReds;
    const rows = await query({
      measures: ['two_reds.count'],
      dimensions: ['two_reds.customer_name', 'two_reds.second_month', 'two_reds.manager_id'],
      filters: [is('two_reds.customer_name', customerName)],
    });
    expect(rows).toEqual([
      {
        'two_reds.count': '1',
        'two_reds.customer_name': customerName,
        'two_reds.second_month': months[1],
        'two_reds.manager_id': managerNumber,
      },
    ]);
  });

  test('was red in both frozen months and not in the month before', async () => {
    const { customerName, months, monthBefore } = truths.twoReds;
    const rows = await query({
      dimensions: ['customer_health.month', 'customer_health.colour', 'customer_health.is_frozen'],
      filters: [
        is('customer_health.customer_name', customerName),
        is('customer_health.month', monthBefore, ...months),
      ],
      order: [['customer_health.month', 'asc']],
    });
    expect(rows.map((row) => row['customer_health.colour'] === 'red')).toEqual([false, true, true]);
    expect(rows.map((row) => String(row['customer_health.is_frozen']))).toEqual(['true', 'true', 'true']);
  });

  test('its overdue money is the same from the raw ledger of Kingdee', async () => {
    const { customerNumber, customerName } = truths.twoReds;
    const [ours] = await query({
      measures: ['open_receivables.open_amount'],
      filters: [is('open_receivables.customer_name', customerName)],
    });
    const [raw] = await sql(`
      select sum(fallamountfor) - coalesce((
          select sum(abs(fcurwrittenoffamountfor)) from raw.kingdee__match_logs where ftargetfromid = 'AR_receivable' and ftargetbillno in (
            select fbillno from raw.kingdee__receivables where fcustomerid in (select fcustid from raw.kingdee__customers where fnumber = '${customerNumber}'))), 0) as open
      from raw.kingdee__receivables
      where fdocumentstatus = 'C' and fcancelstatus = 'A' and fcustomerid in (select fcustid from raw.kingdee__customers where fnumber = '${customerNumber}')`);
    expect(raw?.open).toBe(ours?.['open_receivables.open_amount']);
  });
});

describe('bills and retention', () => {
  test('bills on hand by kind, and those that can still come back', async () => {
    const rows = await query({ measures: ['bills.on_hand'], dimensions: ['bills.kind'] });
    const found = rows
      .map((row) => [row['bills.kind'], row['bills.on_hand']])
      .filter(([, amount]) => amount !== '0.00');
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(truths.ledger.onHand.map(({ kind, amount }) => [kind, amount])),
    );
    expect(truths.ledger.onHand.length).toBeGreaterThan(1);
    const [all] = await query({ measures: ['bills.contingent'] });
    expect(all?.['bills.contingent']).toBe(truths.ledger.contingent);
  });

  test('a bill that came back unpaid is a negative collection of its day and reopens what it had paid', async () => {
    expect(truths.ledger.dishonoured.map(({ kind }) => kind === 'bank_bill').sort()).toEqual([false, true]);
    for (const { number, amount, day, documents, reopened } of truths.ledger.dishonoured) {
      const returned = await sql(`
        select cast(-amount_cny as varchar) as amount, cast(value_date as varchar) as day from core.receipt
        where bank_reference = '${number}' and amount_cny < 0`);
      expect(returned).toEqual([{ amount, day }]);
      const [again] = await sql(`
        select cast(-sum(settlement.amount_cny) as varchar) as amount, count(distinct document_number) as documents
        from core.settlement join core.open_item on open_item.item_id = settlement.item_id
        where settlement.amount_cny < 0 and settlement.effective_date = date '${day}'
          and document_number in (${documents.map((each) => `'${each}'`).join(', ')})`);
      expect([again?.amount, Number(again?.documents)]).toEqual([reopened, documents.length]);
    }
    const [collected] = await query({
      measures: ['collections.amount'],
      filters: [is('collections.kind', 'dishonour')],
    });
    const banks = truths.ledger.dishonoured.filter(({ kind }) => kind === 'bank_bill');
    expect(collected?.['collections.amount']).toBe(`-${banks[0]?.amount}`);
  });

  test('retention before its due date, live and from the ledger on two clocks', async () => {
    const [live] = await query({ measures: ['receivables.undue_retention'] });
    expect(live?.['receivables.undue_retention']).toBe(truths.ledger.undueRetention);
    const [known] = await query({
      measures: ['receivables_as_of.undue_retention', 'receivables_as_of.net'],
      filters: [is('receivables_as_of.as_of', truths.businessToday)],
    });
    const [net] = await query({ measures: ['receivables.net'] });
    expect([known?.['receivables_as_of.undue_retention'], known?.['receivables_as_of.net']]).toEqual([
      truths.ledger.undueRetention,
      net?.['receivables.net'],
    ]);
  });
});

describe('the other truths', () => {
  test('five names are one customer: found by its credit code, each record with its rule', async () => {
    const { names, creditCode, crmId } = truths.fiveNames;
    const identity = (name: string) => `customer_identity.${name}`;
    const [found] = await query({
      dimensions: [identity('customer_id')],
      filters: [is(identity('credit_code'), creditCode)],
    });
    const customerId = String(found?.[identity('customer_id')]);
    const rows = await query({
      measures: [identity('records')],
      dimensions: ['record_id', 'record_name', 'kind', 'rule', 'evidence'].map(identity),
      filters: [is(identity('customer_id'), customerId)],
    });
    const records = rows.map((row) => row[identity('record_id')]).sort();
    expect(records).toContain(`fxiaoke:${crmId}`);
    expect(rows.filter((row) => row[identity('kind')] === 'erp').length).toBe(2);
    expect(rows.filter((row) => row[identity('kind')] === 'payer').length).toBeGreaterThanOrEqual(1);
    for (const row of rows) {
      expect(row[identity('rule')]).toMatch(/^(credit_code|name)$/);
      expect(names).toContain(row[identity('record_name')]);
    }
    const shown = await command<{ records: Row[] }>('customer', 'show', customerId);
    expect(shown.records.map((row) => row.record_id).sort()).toEqual(records);
    expect(shown.records.every((row) => row.evidence)).toBe(true);
    const payers = await sql(`select distinct counterparty_name as name from core.bank_transaction
      where not is_bill_proceeds and customer_id in (select customer_id from core.customer where credit_code = '${creditCode}')`);
    expect(payers.map(({ name }) => String(name)).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('a bank file delivered twice counts once', async () => {
    const { account, month, netAmount, lines } = truths.duplicateFile;
    const [row] = await sql(`select count(*) as lines, sum(amount_cny) as net from core.bank_transaction
      where account = '${account}' and strftime(value_date, '%Y-%m') = '${month}'`);
    expect(row).toEqual({ lines: String(lines), net: netAmount });
  });

  test('the handed-over region belongs to the successor from its day on', async () => {
    const { fromNumber, toNumber, date, customers } = truths.handover;
    const [row] = await sql(`select count(*) as moved from core.territory_assignment as new
      join core.territory_assignment as old on old.customer_id = new.customer_id and old.valid_to = new.valid_from
      where new.valid_from = '${date}' and old.owner_id = '${fromNumber}' and new.owner_id = '${toNumber}'`);
    expect(row?.moved).toBe(String(customers));
  });

  test('bad rows stand in quarantine with their reasons, and every run adds up', async () => {
    const rows = await sql(
      'select connection, count(*) as n from quarantine.record where resolved_at is null group by connection order by connection',
    );
    expect(rows).toEqual([
      { connection: 'fxiaoke', n: String(truths.badRows.fxiaoke) },
      { connection: 'kingdee', n: String(truths.badRows.kingdee) },
    ]);
    const [sums] = await sql(
      'select count(*) as bad from meta.run_stream where read_rows <> loaded_rows + unchanged_rows + quarantined_rows',
    );
    expect(sums?.bad).toBe('0');
  });
});

describe('what finance entered', () => {
  test('three disputes: two stand as a part of receivables, of the third a deduction is agreed and not booked', async () => {
    const rows = await query({
      measures: ['disputes.amount', 'disputes.disputed', 'disputes.awaited_deduction'],
      dimensions: [
        'disputes.dispute_id',
        'disputes.document_number',
        'disputes.customer_name',
        'disputes.reason',
      ],
      order: [['disputes.dispute_id', 'asc']],
    });
    expect(
      rows.map((row) => [
        row['disputes.document_number'],
        row['disputes.customer_name'],
        row['disputes.reason'],
        row['disputes.amount'],
        row['disputes.disputed'],
        row['disputes.awaited_deduction'],
      ]),
    ).toEqual(
      truths.finance.disputes.map(({ documentNumber, customerName, reason, amount, agreed }) => [
        documentNumber,
        customerName,
        reason,
        amount,
        agreed === null ? amount : '0.00',
        agreed ?? '0.00',
      ]),
    );
  });

  test('the ledger agrees in one month and differs by one late document in the next', async () => {
    const { ledger } = truths.finance;
    const totals = await query({
      measures: ['control_totals.difference', 'control_totals.unexplained'],
      dimensions: ['control_totals.month', 'control_totals.state'],
      filters: [
        is('control_totals.measure', 'billed'),
        is('control_totals.state', 'equal', 'explained', 'unexplained'),
      ],
      order: [['control_totals.month', 'asc']],
    });
    expect(totals.map((row) => [row['control_totals.state'], row['control_totals.difference']])).toEqual([
      ['equal', '0.00'],
      ['explained', ledger.difference],
    ]);
    const documents = await query({
      measures: ['control_differences.difference'],
      dimensions: [
        'control_differences.month',
        'control_differences.document_number',
        'control_differences.customer_name',
        'control_differences.kind',
      ],
    });
    expect(documents).toEqual([
      {
        'control_differences.difference': ledger.difference,
        'control_differences.month': ledger.month,
        'control_differences.document_number': ledger.documentNumber,
        'control_differences.customer_name': ledger.customerName,
        'control_differences.kind': 'approved_after_close',
      },
    ]);
  });

  test('the command line writes a statement of account that ends at the balance, and lists what is contested', async () => {
    const [dispute] = truths.finance.disputes;
    const out = join(data, 'statement.xlsx');
    const [written] = await command<{ file: string; closing: string }[]>(
      'statement-of-account',
      dispute?.customerName ?? '',
      '--from',
      '2026-01-01',
      '--to',
      '2026-06-30',
      '--out',
      out,
    );
    const [balance] = await sql(
      `select (net_cny + undue_retention_cny - prepayment_cny)::decimal(18, 2) as account from marts.receivable_balance
       where customer_name = '${dispute?.customerName}' and as_of_date = date '2026-06-30'`,
    );
    expect(written).toEqual({ file: out, closing: balance?.account });
    const entries = utils.sheet_to_json<unknown[]>(readFile(out).Sheets['往来明细'] ?? {}, { header: 1 });
    expect(entries.at(-1)?.at(-1)).toBe(Number(balance?.account));
    const { totals } = await command<{ totals: { open: number } }>('dispute', 'list');
    expect(totals.open).toBe(2);
  });
});

describe('cash application', () => {
  test('a group payer: its lines pay for the other companies, each in its own name', async () => {
    const { payerName, customerNames, lines, amount } = truths.application.groupPayer;
    const rows = await query({
      measures: ['cash_application.count', 'cash_application.amount'],
      filters: [
        is('cash_application.payer_name', payerName),
        is('cash_application.customer_name', ...customerNames),
      ],
    });
    expect(rows).toEqual([{ 'cash_application.count': String(lines), 'cash_application.amount': amount }]);
    expect(customerNames.length).toBeGreaterThan(1);
  });

  test('an over-payment: what was too much is unapplied', async () => {
    const { customerName, over } = truths.application.overPayment;
    const rows = await query({
      measures: ['unapplied_cash.unapplied_amount', 'unapplied_cash.unapplied_count'],
      filters: [is('unapplied_cash.customer_name', customerName)],
    });
    expect(rows).toEqual([
      { 'unapplied_cash.unapplied_amount': over, 'unapplied_cash.unapplied_count': '1' },
    ]);
  });

  test('a late allocation: weeks from the bank to the button', async () => {
    const { customerName, valueDate, amount, workdays } = truths.application.lateAllocation;
    const rows = await query({
      measures: ['cash_application.amount', 'cash_application.median_workdays'],
      dimensions: ['cash_application.bank_transaction_id', 'cash_application.applied_by'],
      filters: [
        is('cash_application.customer_name', customerName),
        { member: 'cash_application.value_date', operator: 'inDateRange', values: [valueDate, valueDate] },
      ],
    });
    const found = rows.find((row) => row['cash_application.amount'] === amount);
    expect(found).toMatchObject({ 'cash_application.applied_by': 'erp' });
    expect(Number(found?.['cash_application.median_workdays'])).toBe(workdays);
    expect(workdays).toBeGreaterThan(14);
  });
});

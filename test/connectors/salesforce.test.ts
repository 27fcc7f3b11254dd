import { join } from 'node:path';
import { salesforce } from '../../connectors/salesforce';
import { SalesforceSandbox } from '../../connectors/salesforce/sandbox';
import { seedFrom } from '../../connectors/salesforce/sandbox/seeds';
import { idOf } from '../../connectors/salesforce/subject';
import { projectFolder } from '../../warehouse';
import { type Loaded, loaded } from './loaded';

/** The seed files hold ten records or fewer of each object; every figure here was counted in them. */
describe('Salesforce records as canonical entities', () => {
  const sandbox = new SalesforceSandbox();
  let warehouse: Loaded;
  beforeAll(async () => {
    await sandbox.start();
    seedFrom(join(projectFolder, 'connectors', 'salesforce', 'fixtures', 'seed'), sandbox);
    sandbox.switchCurrenciesOn();
    seedMoves();
    const { clientId, clientSecret } = sandbox.options;
    warehouse = await loaded(salesforce, {
      baseUrl: sandbox.baseUrl,
      clientId,
      clientSecret,
      rates: { USD: '7.0995' },
    });
  });
  afterAll(async () => {
    await warehouse.close();
    await sandbox.stop();
  });

  /** One opportunity beside the seeds with a history of four rows, three of them in other stages than the row before, and a change of owner. */
  function seedMoves(): void {
    const opportunity = idOf('006', 1);
    const own = {
      Id: opportunity,
      Name: '外币商机',
      StageName: 'Proposal',
      Amount: 200.33,
      CurrencyIsoCode: 'USD',
    };
    const state = {
      SystemModstamp: '2026-01-08T01:00:00.000+0000',
      CloseDate: '2026-03-31',
      IsClosed: false,
      IsWon: false,
      OwnerId: '0051G000005Mx8dQAC',
    };
    sandbox.seed('Opportunity', [{ ...own, ...state, CreatedDate: '2026-01-05T01:00:00.000+0000' }]);
    const row = (
      index: number,
      day: string,
      StageName: string,
      Amount: number,
      CurrencyIsoCode: string | null,
    ) => ({
      Id: idOf('008', 900 + index),
      OpportunityId: opportunity,
      CreatedById: '0051G000005Mx8dQAC',
      CloseDate: '2026-03-31',
      CreatedDate: `2026-01-${day}T01:00:00.000+0000`,
      StageName,
      Amount,
      CurrencyIsoCode,
    });
    sandbox.seed('OpportunityHistory', [
      row(1, '05', 'Prospecting', 100, 'USD'),
      row(2, '06', 'Qualification', 100, 'USD'),
      row(3, '07', 'Qualification', 200.33, 'USD'), // an amount, no move
      row(4, '08', 'Proposal', 200.33, 'EUR'), // a currency without a rate
    ]);
    const change = {
      OpportunityId: opportunity,
      Field: 'Owner',
      CreatedDate: '2026-01-07T02:00:00.000+0000',
    };
    sandbox.seed('OpportunityFieldHistory', [
      { Id: '017000000000001AAA', ...change, OldValue: 'Li', NewValue: 'Eric Welsh' },
      { Id: '017000000000002AAA', ...change, OldValue: '00555000003F3Q6', NewValue: '0051G000005Mx8d' },
    ]);
  }

  const table = async (entity: string, columns: string, where = 'true', order = 'source_id') => {
    const rows = await warehouse.rows(
      `select ${columns} from staging.${entity} where ${where} order by ${order}`,
    );
    return rows.map((row) => Object.values(row).map(String).join(' | '));
  };
  const seeds = `source_id <> '${idOf('006', 1)}'`;

  test('every record of the seeds came, none went to quarantine', async () => {
    expect(await warehouse.rows('select * from quarantine.record')).toEqual([]);
    const counts = Object.entries({ customer: 10, contact: 4, employee: 10, opportunity: 11, activity: 20 });
    for (const [entity, n] of counts)
      expect([entity, await table(entity, 'count(*)', 'true', '1')]).toEqual([entity, [String(n)]]);
    expect(await warehouse.rows('select count(*) as n from raw.salesforce__leads')).toEqual([{ n: '1' }]);
  });

  test('customers: nine are in the recycle bin', async () => {
    expect(await table('customer', 'source_id, name, kind, is_deleted', 'not is_deleted')).toEqual([
      "0015500000Xyy06AAB | Eric's Test | crm | false",
    ]);
    expect(await table('customer', 'name', "name like 'Blue%' and is_deleted")).toEqual([
      'Blue Test',
      'Blue Test',
    ]);
  });

  test('opportunities: 5 won, 4 lost, 1 open, all deleted; amounts that the seeds have', async () => {
    const counted = await warehouse.rows(
      `select status, count(*) as n, sum(amount_cny) as amount, count(*) filter (where is_deleted) as deleted
       from staging.opportunity where ${seeds} group by status order by status`,
    );
    expect(counted).toEqual([
      { status: 'lost', n: '4', amount: '200001.00', deleted: '4' },
      { status: 'open', n: '1', amount: '210000.00', deleted: '1' },
      { status: 'won', n: '5', amount: '24120000.00', deleted: '5' },
    ]);
  });
  test('an amount in another currency is CNY by the rate of the config, and nothing without one', async () => {
    const columns = 'amount_cny, status, owner_ref, expected_close_date, closed_date, is_deleted';
    expect(await table('opportunity', columns, `not (${seeds})`)).toEqual([
      '1422.24 | open | 0051G000005Mx8dQAC | 2026-03-31 | null | false', // 200.33 × 7.0995 = 1422.242835
    ]);
    const change = 'amount_cny, expected_close_date, owner_ref, precision, changed_at';
    const whose = `opportunity_ref = '${idOf('006', 1)}'`;
    expect(await table('opportunity_change', change, whose, 'changed_at, sequence')).toEqual([
      '709.95 | 2026-03-31 | null | exact | 2026-01-05 01:00:00',
      '709.95 | 2026-03-31 | null | exact | 2026-01-06 01:00:00',
      '1422.24 | 2026-03-31 | null | exact | 2026-01-07 01:00:00',
      'null | null | 0051G000005Mx8dQAC | exact | 2026-01-07 02:00:00', // names are another row of the history
      'null | 2026-03-31 | null | exact | 2026-01-08 01:00:00',
    ]);
  });

  test('a move is a row of the history whose stage is another than before', async () => {
    const columns = 'from_stage_key, to_stage_key, changed_by_ref, precision, sequence, changed_at';
    const whose = `opportunity_ref = '${idOf('006', 1)}'`;
    expect(await table('stage_change', columns, whose, 'sequence')).toEqual([
      'null | Prospecting | 0051G000005Mx8dQAC | exact | 1 | 2026-01-05 01:00:00',
      'Prospecting | Qualification | 0051G000005Mx8dQAC | exact | 2 | 2026-01-06 01:00:00',
      'Qualification | Proposal | 0051G000005Mx8dQAC | exact | 4 | 2026-01-08 01:00:00',
    ]);
    expect(await table('stage_change', 'count(*)', `not (${whose})`, '1')).toEqual(['10']);
  });

  test('stages: won and lost are what the vendor calls won, and closed without it', async () => {
    expect(await table('stage', 'stage_key, stage_order, is_won, is_lost', 'true', 'stage_order')).toEqual([
      'GavUFuuf4DrnQAoiRGlWpQ | 1 | true | false',
      'tXi3M8u3iPxq0ggxTSxMKw | 2 | false | true',
      '9RN9J3tlxr89gDctReax5w | 3 | false | false',
    ]);
  });

  test('activities: what an event or a done task was; an open task and an event to come are planned', async () => {
    expect(await table('activity', 'activity_type, count(*)', 'true group by 1', '1')).toEqual([
      'call | 6',
      'internal_note | 10', // closed tasks without a kind that says contact
      'meeting | 4',
    ]);
    const task = {
      Subject: 'x',
      IsClosed: true,
      WhatId: idOf('006', 1),
      CompletedDateTime: '2026-01-05T01:00:00.000+0000',
    };
    const at = { SystemModstamp: '2026-01-06T00:00:00.000+0000' };
    sandbox.seed('Task', [
      { Id: idOf('00T', 1), ...task, ...at, TaskSubtype: 'Call' },
      { Id: idOf('00T', 2), ...task, ...at, TaskSubtype: 'Email' },
      { Id: idOf('00T', 3), ...task, ...at, Type: '客户拜访' },
      { Id: idOf('00T', 4), ...task, ...at, IsClosed: false, TaskSubtype: 'Call' },
      { Id: idOf('00T', 5), ...task, ...at, CompletedDateTime: null, ActivityDate: '2026-01-04' },
    ]);
    sandbox.seed('Event', [
      {
        Id: idOf('00U', 6),
        ...at,
        WhatId: '0015500000Xyy06AAB',
        StartDateTime: '2026-01-05T01:00:00.000+0000',
      },
      { Id: idOf('00U', 7), ...at, StartDateTime: '2099-01-05T01:00:00.000+0000' },
    ]);
    await warehouse.sync();
    const columns = 'customer_ref, opportunity_ref, activity_type, occurred_at';
    expect(await table('activity', columns, "occurred_at > '2026-01-01' and source_id like '00_0%'")).toEqual(
      [
        `null | ${idOf('006', 1)} | call | 2026-01-05 01:00:00`,
        `null | ${idOf('006', 1)} | message_out | 2026-01-05 01:00:00`,
        `null | ${idOf('006', 1)} | visit | 2026-01-05 01:00:00`,
        `null | ${idOf('006', 1)} | planned | 2026-01-05 01:00:00`,
        `null | ${idOf('006', 1)} | internal_note | 2026-01-03 16:00:00`,
        '0015500000Xyy06AAB | null | meeting | 2026-01-05 01:00:00',
        'null | null | planned | 2099-01-05 01:00:00',
      ],
    );
  });

  test('people and contacts: a number is the id where the org gives none; the superior is one who is there', async () => {
    const columns = 'employee_number, name, role, manager_number, is_deleted';
    expect(await table('employee', columns, "name in ('Eric Welsh', 'empty account')")).toEqual([
      '0051G000005Mx8dQAC | Eric Welsh | sales | null | false',
      '005q0000004k6QEAAY | empty account | sales | null | false', // switched off, but its records stay its own
    ]);
    expect(await table('contact', 'customer_ref, name, title, phone', 'name is not null')).toEqual([
      '0011G00000eM9wvQAC | Janet Yellen | Daa Science Direcor | (555) 555-5555',
      '0011G00000eNyiXQAS | Jerome | Markeing Direcor | (555) 555-5555',
      '0011G00000f8NwQAU | Jerome Powell | Direcor, Business Insighs & Sraegy | null',
    ]);
  });
});

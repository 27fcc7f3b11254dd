import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileFolder } from '../../connectors/files/sandbox';
import { type CrmWarehouse, crmWarehouse, exampleConfig } from '../bench/crm/crmWarehouse';
import { pipelineFigures, stageFigures } from '../bench/crm/figures';

/**
 * The mappings of connectors/files/examples over small files with the columns and the dirt of the real sets; figures by hand.
 * `npm run bench -- crm` does the same with the real ones.
 */
const MODELS = ['+core.opportunity_stage_stay', '+core.employee'];
let folder: FileFolder;
let warehouse: CrmWarehouse;
beforeAll(() => {
  folder = new FileFolder(mkdtempSync(join(tmpdir(), 'millrace-crm-files-')));
});
afterAll(() => rmSync(folder.folder, { recursive: true }));

describe('a CRM export without history', () => {
  beforeAll(async () => {
    folder.write('accounts.csv', [
      ['account', 'sector', 'year_established', 'revenue', 'employees', 'office_location', 'subsidiary_of'],
      ['Cancity', 'technolgy', '1996', '1100.04', '2822', 'United States', ''],
      ['Isdom', 'medical', '1999', '251.41', '495', 'United States', 'Cancity'],
    ]);
    folder.write('sales_teams.csv', [
      ['sales_agent', 'manager', 'regional_office'],
      ['Anna Snelling', 'Dustin Brinkmann', 'Central'],
      ['Moses Frase', 'Dustin Brinkmann', 'Central'],
    ]);
    folder.write('sales_pipeline_asof_2017-06-30.csv', [
      [
        'opportunity_id',
        'sales_agent',
        'product',
        'account',
        'deal_stage',
        'engage_date',
        'close_date',
        'close_value',
      ],
      ['A1', 'Moses Frase', 'GTX Plus Basic', 'Cancity', 'Won', '2016-10-20', '2017-03-01', '1054.0'],
      ['A2', 'Anna Snelling', 'GTXPro', 'Isdom', 'Won', '2016-10-25', '2017-03-11', '4514.0'],
      ['A3', 'Anna Snelling', 'GTX Pro', 'Isdom', 'Lost', '2016-10-25', '2017-03-12', '0.0'],
      ['A4', 'Moses Frase', 'GTXPro', '', 'Engaging', '2017-05-01', '', ''],
      ['A5', 'Moses Frase', 'GTX Pro', '', 'Prospecting', '', '', ''],
    ]);
    warehouse = await crmWarehouse(exampleConfig('crm-maven', folder.folder), '2017-06-30', MODELS);
  });
  afterAll(() => warehouse.close());

  test('totals: nothing lost, deals without an account kept', async () => {
    expect(await warehouse.rows('select * from quarantine.record')).toEqual([]);
    expect(await pipelineFigures(warehouse)).toEqual({
      rows: '5',
      missing_account: '2',
      open_at_snapshot: '2',
      won_rate_of_closed: '0.6667', // 2 of 3
      won_value: '5568.00',
      'stages.Won': '2',
      'stages.Lost': '1',
      'stages.Engaging': '1',
      'stages.Prospecting': '1',
    });
  });

  test('one product under two names is one; owner, region and superior are there', async () => {
    expect(
      await warehouse.rows(`
        select opportunity.source_id, opportunity.business_line, employee.name as owner, employee.region, opportunity.closed_date
        from core.opportunity join core.employee on employee.employee_id = opportunity.owner_id
        where opportunity.business_line = 'GTX Pro' order by 1`),
    ).toEqual([
      {
        source_id: 'A2',
        business_line: 'GTX Pro',
        owner: 'Anna Snelling',
        region: 'Central',
        closed_date: '2017-03-11',
      },
      {
        source_id: 'A3',
        business_line: 'GTX Pro',
        owner: 'Anna Snelling',
        region: 'Central',
        closed_date: '2017-03-12',
      },
      {
        source_id: 'A4',
        business_line: 'GTX Pro',
        owner: 'Moses Frase',
        region: 'Central',
        closed_date: null,
      },
      {
        source_id: 'A5',
        business_line: 'GTX Pro',
        owner: 'Moses Frase',
        region: 'Central',
        closed_date: null,
      },
    ]);
    expect(
      await warehouse.rows("select manager_number, role from staging.employee where name = 'Moses Frase'"),
    ).toEqual([{ manager_number: 'Dustin Brinkmann', role: 'sales' }]);
  });

  test('the way through the stages: engaged on its day, then won or lost; without a date it has none', async () => {
    expect(
      await warehouse.rows(
        'select stage_key, count(distinct opportunity_id) as n, max(precision) as precision from core.opportunity_stage_stay group by stage_key order by stage_key',
      ),
    ).toEqual([
      { stage_key: 'Engaging', n: '4', precision: 'snapshot' },
      { stage_key: 'Lost', n: '1', precision: 'snapshot' },
      { stage_key: 'Won', n: '2', precision: 'snapshot' },
    ]);
  });
});

describe('an event log', () => {
  beforeAll(async () => {
    const header = ['case_id', 'amount_requested', 'registered_at', 'activity', 'timestamp', 'resource'];
    const step = (id: string, amount: string, activity: string, time: string) => {
      const zone = time < '10-30T03' ? '+02:00' : '+01:00'; // the clocks went back on 2011-10-30
      return [id, amount, '2011-10-01T08:00:00.000+02:00', activity, `2011-${time}${zone}`, '112'];
    };
    folder.write('stage_events_2011.csv', [
      header,
      // won, after an offer that was cancelled; approved in the last hour of the day in China
      step('1', '20000', 'A_SUBMITTED', '10-01T08:00:00.000'),
      step('1', '20000', 'A_ACCEPTED', '10-03T08:00:00.000'),
      step('1', '20000', 'O_SENT', '10-03T20:00:00.000'),
      step('1', '20000', 'O_CANCELLED', '10-04T08:00:00.000'),
      step('1', '20000', 'O_SENT', '10-05T08:00:00.000'),
      step('1', '20000', 'O_SENT_BACK', '10-13T20:00:00.000'),
      step('1', '20000', 'A_ACTIVATED', '11-14T16:30:00.000'),
      step('1', '20000', 'A_APPROVED', '11-14T16:30:00.001'),
      // declined at once, and accepted but open
      step('2', '5000', 'A_SUBMITTED', '10-01T08:00:00.000'),
      step('2', '5000', 'A_DECLINED', '10-01T20:00:00.000'),
      step('3', '7000', 'A_SUBMITTED', '10-29T08:00:00.000'),
      step('3', '7000', 'A_ACCEPTED', '10-30T08:00:00.000'), // 25 hours later
    ]);
    warehouse = await crmWarehouse(exampleConfig('stage-log', folder.folder), '2011-12-15', MODELS);
  });
  afterAll(() => warehouse.close());

  test('cases per stage, days from the first entry of one to that of another', async () => {
    expect(await warehouse.rows('select * from quarantine.record')).toEqual([]);
    const pairs = [
      ['A_SUBMITTED', 'A_ACCEPTED'],
      ['O_SENT', 'O_SENT_BACK'],
    ] as const;
    expect(await stageFigures(warehouse, pairs)).toEqual({
      events: '12',
      cases: '3',
      'cases_reaching.A_SUBMITTED': '3',
      'cases_reaching.A_ACCEPTED': '2',
      'cases_reaching.O_SENT': '1',
      'cases_reaching.O_CANCELLED': '1',
      'cases_reaching.O_SENT_BACK': '1',
      'cases_reaching.A_APPROVED': '1', // although the end by status follows within the hour
      'cases_reaching.A_ACTIVATED': '1',
      'cases_reaching.A_DECLINED': '1',
      'A_SUBMITTED -> A_ACCEPTED.n': '2',
      'A_SUBMITTED -> A_ACCEPTED.median_days': '1.521', // (2 + 25/24) / 2
      'A_SUBMITTED -> A_ACCEPTED.mean_days': '1.521',
      'A_SUBMITTED -> A_ACCEPTED.p90_days': '1.904', // 25/24 + 0.9 × (2 − 25/24)
      'O_SENT -> O_SENT_BACK.n': '1',
      'O_SENT -> O_SENT_BACK.median_days': '10.000', // from the first offer
      'O_SENT -> O_SENT_BACK.mean_days': '10.000',
      'O_SENT -> O_SENT_BACK.p90_days': '10.000',
    });
  });

  test('how each case ended', async () => {
    expect(
      await warehouse.rows(
        'select source_id, status, lost_reason, amount_cny, closed_date from core.opportunity order by source_id',
      ),
    ).toEqual([
      { source_id: '1', status: 'won', lost_reason: null, amount_cny: '20000.00', closed_date: '2011-11-14' },
      {
        source_id: '2',
        status: 'lost',
        lost_reason: 'A_DECLINED',
        amount_cny: '5000.00',
        closed_date: '2011-10-01',
      },
      { source_id: '3', status: 'open', lost_reason: null, amount_cny: '7000.00', closed_date: null },
    ]);
  });
});

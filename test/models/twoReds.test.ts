import { buildModels, DuckDbWarehouse } from '../../warehouse';
import { modelFiles } from '../../warehouse/models/modelFile';

/** HEA-7 and what is shown of frozen months; sequences by hand from METRICS section 8. */
const request = { runId: 'test', connections: [], asOfDate: '2025-05-30', keepStaging: true };
const MONTHS = ['2025-01', '2025-02', '2025-03', '2025-04'];
const letters: Record<string, string> = { R: 'red', Y: 'yellow', G: 'green', x: 'grey' };

/** One letter a month from January; `-` is a month in which the customer was not frozen. */
const SEQUENCES = ['RRR', 'RxR', 'RYRR', 'R-RR', 'RRGR', 'GGGG', 'RRYR'];

describe('two reds', () => {
  let warehouse: DuckDbWarehouse;
  beforeAll(async () => {
    warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
    await warehouse.transaction(async (session) => {
      for (const contract of modelFiles('staging'))
        await session.run(`create table ${contract.name} as ${contract.sql}`);
      await session.run(`insert into staging.employee (connection, source_id, employee_number, name, region, role, manager_number, is_deleted)
        values ('crm', 'u1', 'E01', '王芳', '华南', 'sales', 'M01', false), ('crm', 'u2', 'M01', '李强', '华南', 'region_manager', null, false)`);
    });
    await buildModels(warehouse, request);
    await warehouse.transaction(async (session) => {
      const freeze = (month: string, version: number, customer: string, colour: string) =>
        session.run(
          `insert into ops.frozen_customer_health (month, version, customer_id, customer_name, month_end, colour, rls_owner, rls_region)
          values (?, ?, ?, ?, month_end(cast(? as date)), ?, 'E01', '华南')`,
          [month, version, customer, customer, `${month}-01`, colour],
        );
      for (const sequence of SEQUENCES) {
        for (const [place, letter] of [...sequence].entries()) {
          if (letter !== '-') await freeze(MONTHS[place] ?? '', 1, sequence, letters[letter] ?? '');
        }
      }
      // a second freeze of March replaces the first, for every customer
      await freeze('2025-03', 2, 'RRYR', 'red');
      for (const sequence of SEQUENCES.filter((name) => name !== 'RRYR' && (name[2] ?? '-') !== '-')) {
        await freeze('2025-03', 2, sequence, letters[sequence[2] ?? ''] ?? '');
      }
    });
    await buildModels(warehouse, { ...request, isAll: true });
  });
  afterAll(async () => await warehouse.close());

  test.each`
    customer  | expected                                                               | why
    ${'RRR'}  | ${[{ second_month: '2025-02', last_month: '2025-03', red_months: 3 }]} | ${'one suggestion a streak, in its second month'}
    ${'RxR'}  | ${[]}                                                                  | ${'grey breaks it'}
    ${'RYRR'} | ${[{ second_month: '2025-04', last_month: '2025-04', red_months: 2 }]} | ${'another colour breaks it'}
    ${'R-RR'} | ${[{ second_month: '2025-04', last_month: '2025-04', red_months: 2 }]} | ${'a gap breaks it'}
    ${'RRGR'} | ${[{ second_month: '2025-02', last_month: '2025-02', red_months: 2 }]} | ${'a single red later starts anew'}
    ${'GGGG'} | ${[]}                                                                  | ${'no red'}
    ${'RRYR'} | ${[{ second_month: '2025-02', last_month: '2025-04', red_months: 4 }]} | ${'the latest freeze of March says red'}
  `('$customer: $why', async ({ customer, expected }: { customer: string; expected: object[] }) => {
    expect(
      await warehouse.rows(
        `select second_month, last_month, red_months from marts.two_reds where customer_id = '${customer}' order by second_month`,
      ),
    ).toEqual(expected);
  });

  test("the suggestion goes to the owner's manager", async () => {
    expect(
      await warehouse.rows("select manager_id, manager_name from marts.two_reds where customer_id = 'RRR'"),
    ).toEqual([{ manager_id: 'M01', manager_name: '李强' }]);
  });

  test('a frozen month shows its latest freeze and the colour of the month before', async () => {
    expect(
      await warehouse.rows(
        "select month, colour, previous_colour, is_frozen, frozen_version from marts.customer_health where customer_id = 'R-RR' order by month",
      ),
    ).toEqual([
      { month: '2025-01', colour: 'red', previous_colour: null, is_frozen: true, frozen_version: '1' },
      { month: '2025-03', colour: 'red', previous_colour: null, is_frozen: true, frozen_version: '2' },
      { month: '2025-04', colour: 'red', previous_colour: 'red', is_frozen: true, frozen_version: '1' },
    ]);
  });
});

import type { Person } from '../../hub/access/users';
import { recordOf } from '../../hub/records/record';
import { statementOf } from '../../hub/records/statement';
import { RECORD_TABLES } from '../../hub/records/tables';
import { listRuns, showRun } from '../../hub/work/records';
import { quoted, type Row } from '../../warehouse';
import { company } from '../cube/company';
import { type BuiltCase, given } from '../models/given';
import { engines } from '../support/engines';

const BOSS: Person = { id: 'boss', name: '总经理', role: 'manager', scope: 'all', regions: [] };
const EAST: Person = {
  id: 'east',
  name: '华东经理',
  role: 'region_manager',
  scope: 'region',
  regions: ['华东'],
};

/** What the hub's pages read besides Cube, asked of both engines: each answer is the same. */
describe('what the hub shows of single records', () => {
  let cases: BuiltCase[] = [];
  beforeAll(async () => {
    cases = await Promise.all(engines.map(({ open }) => given(company, open)));
    for (const { warehouse } of cases) {
      await warehouse.run(
        `insert into meta.run values ('run-1', 'sync', 'erp', 'schedule', cast('2026-01-05 08:00:00' as timestamp), cast('2026-01-05 08:00:12.34' as timestamp), 'done', null)`,
      );
      await warehouse.run(
        `insert into meta.run_stream (run_id, connection, stream, read_rows, loaded_rows, unchanged_rows, quarantined_rows, deleted_rows, bytes, batches, started_at, ended_at, status)
         values ('run-1', 'erp', 'bills', 3, 2, 1, 0, 0, 99, 1, cast('2026-01-05 08:00:00' as timestamp), cast('2026-01-05 08:00:02.56' as timestamp), 'done')`,
      );
    }
  }, 120_000);
  afterAll(async () => {
    for (const one of cases) await one.close();
  });

  /** The answer of each engine; an error is one too. */
  const both = async <T>(ask: (warehouse: BuiltCase['warehouse']) => Promise<T>) =>
    Promise.all(cases.map(({ warehouse }) => ask(warehouse).catch((error: unknown) => String(error))));

  test.each([BOSS, EAST])('records, with the rights of $name', async (person) => {
    let seen = 0;
    for (const [table, { id }] of Object.entries(RECORD_TABLES)) {
      const ids: Row[] = (await cases[0]?.rows(`select ${quoted(id)} as id from ${table} order by 1`)) ?? [];
      for (const row of ids) {
        const [one, other] = await both((warehouse) =>
          recordOf(warehouse, [], person, table, String(row.id)),
        );
        expect(other).toEqual(one);
        if (typeof one === 'object') seen++;
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  test('statements with their versions, documents, settlements and bank lines', async () => {
    const ids =
      (await cases[0]?.rows('select statement_id as id from core.forecast_statement order by 1')) ?? [];
    expect(ids.length).toBeGreaterThan(0);
    for (const row of ids) {
      const [one, other] = await both((warehouse) => statementOf(warehouse, BOSS, String(row.id)));
      expect(one).toMatchObject({ id: row.id });
      expect(other).toEqual(one);
    }
  });

  test('runs with their streams and seconds', async () => {
    const [one, other] = await both((warehouse) => listRuns(warehouse));
    expect(one).toMatchObject([{ run_id: 'run-1', seconds: 12.3, read_rows: '3' }]);
    expect(other).toEqual(one);
    const [shown, alsoShown] = await both((warehouse) => showRun(warehouse, 'run'));
    expect(shown).toMatchObject({ streams: [{ stream: 'bills', seconds: 2.6 }] });
    expect(alsoShown).toEqual(shown);
  });
});

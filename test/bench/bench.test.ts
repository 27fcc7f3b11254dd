import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '../support/postgres';
import { fillTable, writeInputs } from './inputs';
import { startOrderServer } from './orderServer';
import { tableOf } from './printTable';
import { runStep, type Step } from './workloads';

const ROWS = 2_300;
const sources: Step['source'][] = ['api', 'api, 1 % bad', 'ndjson', 'csv', 'parquet', 'table'];

let folder: string;
let server: Server;
let common: Pick<Step, 'rows' | 'folder' | 'apiUrl' | 'databaseUrl'>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const [started, databaseUrl] = await Promise.all([startOrderServer(folder), testDatabase()]);
  server = started.server;
  await writeInputs(folder, sources, () => ROWS);
  await fillTable(databaseUrl, folder, ROWS);
  common = { rows: ROWS, folder, apiUrl: started.url, databaseUrl };
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** Each step counts its rows itself and fails when one is missing; times are nobody's business here. */
describe('the benchmark, small', () => {
  test.each(sources)('%s: loader and engine both end with every row', async (source) => {
    const sides: Step['side'][] =
      source === 'api, 1 % bad' ? ['loader'] : ['engine', 'engine, same table', 'loader'];
    const ran = [];
    for (const side of sides) {
      const step: Step = { ...common, source, side };
      ran.push({ step, outcome: await runStep(step) });
    }
    const [header, , ...rows] = tableOf(ran).map((line) => line.split(' | ').length);
    expect(rows).toEqual(Array.from({ length: source === 'api' ? 3 : 1 }, () => header));
  });

  test('a step that ends with other rows than expected fails', async () => {
    chmodSync(folder, 0o755);
    await expect(runStep({ ...common, rows: ROWS + 1, source: 'csv', side: 'loader' })).rejects.toThrow(
      'csv, first: read: 2300, not 2301',
    );
  });
});

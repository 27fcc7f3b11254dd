import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  demoDataFolder,
  type HubProcess,
  millrace,
  startHubProcess,
  until,
  untilReady,
} from './support/hubProcess';

interface StreamRow {
  connection: string;
  stream: string;
  table_rows: string;
  table_hash: string;
}

/** The latest hash of each raw table, as the runs tell it. */
const HASHES = `select connection, stream, max_by(table_rows, ended_at) as table_rows, max_by(table_hash, ended_at) as table_hash
  from meta.run_stream where status = 'done' and stream not in ('files', 'statements', 'answers') group by connection, stream order by connection, stream`;

/** Three streams carry the time of their reading by nature, so their rows are compared without it. */
const TIMED = [
  'select * exclude (read_at, _sync_id, _extracted_at, _first_extracted_at, _row_hash) from raw.bank__files order by _source_id',
  'select * exclude (read_at, _sync_id, _extracted_at, _first_extracted_at, _row_hash) from raw.bank__statements order by _source_id',
  'select company_name, service, count(*) as records, sum(total) as total from raw.qichacha__answers group by all order by all',
];

/** A10: a sync killed at any point and resumed leaves the same warehouse as one never killed. */
describe('kill -9 in the middle of the first sync', () => {
  let folder: string;
  const hubs: HubProcess[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-crash-'));
  });
  afterAll(async () => {
    for (const hub of hubs) await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the next start goes on, and every table has the hash of a start that was never killed', async () => {
    const unkilled = await demoDataFolder('crash-unkilled');
    for (let kill = 0; kill < 3; kill++) {
      const hub = await startHubProcess(folder);
      hubs.push(hub);
      await until('rows being synced', 120_000, async () => {
        const { steps, status } = await hub.health();
        if (status === 'ready') throw new Error('the sync ended before it could be killed');
        return (
          steps.some(
            ({ name, state, detail }) => name.en.startsWith('sync') && state === 'running' && detail !== null,
          ) || undefined
        );
      });
      await new Promise((resolve) => setTimeout(resolve, 300 + kill * 700)); // elsewhere in the sync each time
      await hub.kill();
    }
    const last = await startHubProcess(folder);
    hubs.push(last);
    await untilReady(last);
    await last.stop();
    expect(await millrace<StreamRow[]>(folder, 'sql', HASHES)).toEqual(
      await millrace<StreamRow[]>(unkilled, 'sql', HASHES),
    );
    for (const timed of TIMED)
      expect(await millrace(folder, 'sql', timed)).toEqual(await millrace(unkilled, 'sql', timed));
    const [sums] = await millrace<{ bad: string }[]>(
      folder,
      'sql',
      'select count(*) as bad from meta.run_stream where read_rows <> loaded_rows + unchanged_rows + quarantined_rows',
    );
    expect(sums?.bad).toBe('0');
  }, 600_000);
});

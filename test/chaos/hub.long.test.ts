import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { millrace } from '../support/hubProcess';
import { HubVictim } from './hubVictim';
import { leftFiles } from './invariants';
import { open } from './openWarehouse';
import { type Found, lookAt } from './ordeal';
import { Random } from './random';
import { Side } from './side';
import { life, type Step } from './steps';
import { ChaosVendor } from './vendor';

const KILLS = 6;
/** The hub builds as of today, the other side as of a fixed day: what sources gave is compared. */
const SCHEMAS = /^(raw|quarantine)\./;

/** A10 with the program as a person runs it: `millrace start`, `millrace sync`, kill -9, `millrace start`. Needs dist/. */
describe('a real hub', () => {
  const random = Random.fromEnvironment();
  const vendor = new ChaosVendor();
  let folder: string;
  let connection: Connection;
  let hub: HubVictim;
  let calm: Side;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-chaos-hub-'));
    const temporal = process.env.MILLRACE_TEST_TEMPORAL ?? '';
    const bundle = process.env.MILLRACE_TEST_BUNDLE ?? '';
    connection = await Connection.connect({ address: temporal });
    const client = new Client({ connection });
    calm = new Side({ client, temporal, bundle, folder: join(folder, 'calm') });
    mkdirSync(join(folder, 'hub'));
    hub = new HubVictim(join(folder, 'hub'), await vendor.start());
  });
  afterAll(async () => {
    await hub.stop();
    await vendor.stop();
    await calm.close();
    await connection.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The same step on both sides: the hub is killed after some page of it, started again, and asked once more. */
  async function both({ round, workflow, input }: Step): Promise<void> {
    vendor.round = round;
    vendor.pageMs = 15;
    const asked = { ...input, build: true };
    const page = random.between(1, 12);
    await hub.ready();
    const struck = new Promise<void>((resolve) => vendor.watch((pages) => pages === page && resolve()));
    const { cause: _cause, ...body } = asked as { cause?: string };
    const first = hub.sync(body).catch(() => undefined); // its hub is killed
    await Promise.race([struck, first]);
    await hub.kill();
    vendor.watch(undefined);
    await hub.start();
    await hub.ready();
    await hub.sync(body);
    await calm.run({ round, workflow, input: asked, works: [] });
  }

  test(`killed ${KILLS} times in its syncs (seed ${random.seed}) holds what one holds that was never killed`, async () => {
    await Promise.all([hub.start(), calm.start()]);
    let kills = 0;
    for (const step of life()) {
      if (step.workflow !== 'syncConnection') continue;
      await both(step);
      if (++kills === KILLS) break;
    }
    const data = join(folder, 'hub', 'data');
    const runs = await millrace<Run[]>(data, 'runs');
    expect(runs.filter(({ status }) => status === 'running')).toEqual([]);
    const shown = await shownHashes(data, runs);
    await Promise.all([hub.stop(), calm.end()]);
    const found = await lookAt(join(data, 'warehouse.duckdb'));
    const expected = await lookAt(calm.warehouse);
    expect(given(found)).toEqual(given(expected));
    expect([...found.broken, ...expected.broken]).toEqual([]);
    expect(shown).toEqual(await shownBy(calm));
    expect(leftFiles(data).filter((name) => !name.startsWith('temporal/'))).toEqual([]);
  }, 900_000);
});

interface Run {
  run_id: string;
  kind: string;
  status: string;
}

const given = ({ tables }: Found) =>
  Object.fromEntries(Object.entries(tables).filter(([name]) => SCHEMAS.test(name)));

/** What `millrace runs show` says of each stream in the last sync that ended well. */
async function shownHashes(data: string, runs: Run[]) {
  for (const { run_id: id } of runs.filter(({ kind, status }) => kind === 'sync' && status === 'done')) {
    const { streams } = await millrace<{ streams: Record<string, string>[] }>(data, 'runs', 'show', id);
    if (streams.length === 3)
      return streams.map(({ stream, table_rows, table_hash }) => ({ stream, table_rows, table_hash }));
  }
  return [];
}

async function shownBy(side: Side) {
  const warehouse = await open(side.warehouse);
  try {
    return await warehouse.rows(
      `select stream, table_rows, table_hash from meta.run_stream
       where run_id = (select run_id from meta.run where kind = 'sync' order by started_at desc limit 1) order by stream`,
    );
  } finally {
    await warehouse.close();
  }
}

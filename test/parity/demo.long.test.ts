import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKit, MillraceError } from '../../connectors/kit';
import { hostDemo, type DemoHost } from '../../demo/host';
import { connectors } from '../../hub/connectors';
import { BothEngines, type ReadOnce } from './bothEngines';
import { differences, rowsBySchema } from './compare';

const TODAY = '2026-07-15';
const AS_OF = '2026-07-14';

/** The same pages, models, tests and frozen months on both engines give the same rows, to the last one (DESIGN section 4). */
describe('the demo company on both engines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-parity-demo-'));
  let demo: DemoHost | undefined;
  let both: BothEngines | undefined;
  beforeAll(async () => {
    demo = await hostDemo({ folder, today: TODAY, seed: 1, live: false });
    both = await BothEngines.open();
  }, 120_000);
  afterAll(async () => {
    await both?.close();
    await demo?.stop();
    rmSync(folder, { recursive: true });
  });

  test('every row of every table is the same', async () => {
    if (!demo || !both) throw new Error('the demo company did not open');
    const sources: (ReadOnce & { connector: string })[] = [];
    for (const { name, connector: kind, config } of demo.facts.connections) {
      const connector = connectors.get(kind);
      if (!connector) throw new MillraceError('internal', { what: `no connector ${kind}` });
      const kit = createKit({ connection: name, secrets: [], retryMs: 1 });
      sources.push({
        connection: name,
        connector: kind,
        source: await connector.connect(connector.spec.parse(config), kit),
      });
    }
    for (const source of sources) await both.load(source);
    await both.readAtOneTime();
    const connections = sources.map(({ connection, connector, source }) => ({
      name: connection,
      connector,
      streams: source.streams,
    }));
    await both.build(connections, AS_OF);
    const [ones, others] = await both.freeze(AS_OF);
    expect(ones?.length).toBeGreaterThan(0);
    expect(others).toEqual(ones);
    await both.build(connections, AS_OF, false); // what reads the frozen months
    const [first, second] = both.warehouses;
    if (!first || !second) throw new Error('two engines are expected');
    expect(await differences(first, second)).toEqual([]);
    const counts = await rowsBySchema(first);
    for (const schema of ['raw', 'staging', 'seeds', 'core', 'marts', 'ops', 'meta'])
      expect({ [schema]: counts[schema] }).not.toEqual({ [schema]: 0 });
  }, 1_200_000);
});

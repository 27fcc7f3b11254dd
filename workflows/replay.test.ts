import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { writeBundle } from './bundle';

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
const folder = join(__dirname, 'histories');
const histories = readdirSync(folder).filter((name) => name.endsWith('.json'));
const historyOf = (name: string) => historyFromJSON(JSON.parse(readFileSync(join(folder, name), 'utf8')));

/** Replays a saved history with the given bundle; rejects where today's code decides otherwise than it did then. */
const replay = (codePath: string, name: string) =>
  Worker.runReplayHistory({ workflowBundle: { codePath } }, historyOf(name), name);

describe('workflow code of today goes on with histories of before', () => {
  const bundle = process.env.MILLRACE_TEST_BUNDLE ?? '';

  test('every workflow has a saved history', () => {
    const saved = new Set(histories.map((name) => name.split('-')[0]));
    const code = readFileSync(join(__dirname, 'workflows.ts'), 'utf8');
    const all = [...code.matchAll(/export \{ (\w+) \}/g)].map(([, name]) => name);
    expect(all.length).toBeGreaterThan(4);
    expect(saved).toEqual(new Set(all));
  });

  test.each(histories)('%s', (name) => replay(bundle, name));

  test('code that does something else first is caught', async () => {
    const source = join(__dirname, `broken${process.pid}.tmp.ts`); // two runs in one folder do not meet
    const code = join(process.env.MILLRACE_TEST_FOLDER ?? '', 'broken.bundle.js');
    writeFileSync(
      source,
      "import { sleep } from '@temporalio/workflow';\nexport async function syncConnection() { await sleep('1 hour'); }\n",
    );
    try {
      await writeBundle(code, source);
      const name = histories.find((one) => one.startsWith('syncConnection')) ?? '';
      await expect(replay(code, name)).rejects.toThrow(/TMPRL1100|[Nn]ondeterminism/);
    } finally {
      rmSync(source);
    }
  });
});

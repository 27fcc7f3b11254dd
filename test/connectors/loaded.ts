import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connector, createKit } from '../../connectors/kit';
import { DuckDbWarehouse, loadStream, type Progress, reconcileStream, type Row } from '../../warehouse';
import { readProject } from '../../warehouse/models/project';
import { createStagingView, stagingParts } from '../../warehouse/models/staging';

export interface Loaded {
  /** Reads everything new of every stream into raw; counts by stream. */
  sync(): Promise<Record<string, Progress>>;
  /** Marks what the vendor deleted, however many; the number of rows marked. */
  reconcile(): Promise<number>;
  rows(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** A warehouse in memory with one connection, loaded by the real loader, with its staging views. */
export async function loaded(connector: Connector, config: unknown): Promise<Loaded> {
  const connection = connector.name;
  const folder = mkdtempSync(join(tmpdir(), 'millrace-staging-'));
  const warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
  const source = await connector.connect(
    connector.spec.parse(config),
    createKit({ connection, secrets: [], retryMs: 1 }),
  );
  const { streams } = source;
  const result: Loaded = {
    async sync() {
      const counts: Record<string, Progress> = {};
      const syncId = randomUUID();
      for (const stream of streams) {
        const run = `'${syncId}', '${connection}', '${stream.name}', 0, 0, 0, 0, 0, 0, 0, now()::timestamp, null, 'running', null, null, null`;
        await warehouse.run(`insert into meta.run_stream values (${run})`);
        counts[stream.name] = await loadStream(warehouse, {
          connection,
          stream,
          syncId,
          source,
          spoolFolder: folder,
        });
      }
      return counts;
    },
    async reconcile() {
      let deleted = 0;
      const runId = randomUUID();
      for (const stream of streams) {
        const request = { connection, stream, source, spoolFolder: folder, runId, isConfirmed: true };
        deleted += (await reconcileStream(warehouse, request))?.deleted ?? 0;
      }
      return deleted;
    },
    rows: (sql) => warehouse.rows(sql),
    async close() {
      await warehouse.close();
      rmSync(folder, { recursive: true });
    },
  };
  await result.sync();
  await warehouse.run('create schema if not exists staging');
  const project = await readProject();
  const parts = await stagingParts(project, [{ name: connection, connector: connector.name, streams }]);
  for (const entity of project.entities)
    await createStagingView(warehouse, warehouse.dialect, entity, parts.get(entity.name) ?? []);
  return result;
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { files } from '../../../connectors/files';
import { createKit } from '../../../connectors/kit';
import { buildModels, DuckDbWarehouse, loadStream, projectFolder, type Row } from '../../../warehouse';

export interface CrmWarehouse {
  rows(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** An example's settings for the connector `files` (connectors/files/examples), over the files of `folder`. */
export function exampleConfig(example: 'crm-maven' | 'stage-log', folder: string): Record<string, unknown> {
  const file = join(projectFolder, 'connectors', 'files', 'examples', `${example}.yaml`);
  const config = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  return { ...config, folder, settleSeconds: 0 };
}

/** A warehouse in memory with the files of a folder, read by the loader, and the models built as of `today`: all, or those selected. */
export async function crmWarehouse(
  config: Record<string, unknown>,
  today: string,
  select?: readonly string[],
): Promise<CrmWarehouse> {
  const spoolFolder = mkdtempSync(join(tmpdir(), 'millrace-crm-'));
  const connection = 'crm_files';
  const source = await files.connect(files.spec.parse(config), createKit({ connection, secrets: [] }));
  const warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
  const syncId = randomUUID();
  for (const stream of source.streams) {
    await warehouse.run(
      `insert into meta.run_stream values ('${syncId}', '${connection}', '${stream.name}', 0, 0, 0, 0, 0, 0, 0, now()::timestamp, null, 'running', null, null, null)`,
    );
    await loadStream(warehouse, { connection, stream, syncId, source, spoolFolder });
  }
  const connections = [{ name: connection, connector: files.name, streams: source.streams }];
  await buildModels(warehouse, { runId: syncId, connections, asOfDate: today, ...(select && { select }) });
  return {
    rows: (sql) => warehouse.rows(sql),
    async close() {
      await warehouse.close();
      rmSync(spoolFolder, { recursive: true });
    },
  };
}

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { messageOf, MillraceError } from '../connectors/kit';
import { type FileRequest, loadFile } from './loadFile';
import type { Progress } from './loadRequest';
import { quoted, type Warehouse } from './warehouse';

export interface TableRequest extends Omit<FileRequest, 'file' | 'format'> {
  /** Of the Postgres database that holds the table. */
  url: string;
  /** As SQL names it; its columns are named like the contract's fields, others are not read. */
  table: string;
}

/**
 * Loads a table of another Postgres database: COPY writes it to a file, which is loaded as CSV. No value passes through
 * JavaScript.
 * Errors: `network` when the database does not answer or breaks off, and those of {@link loadFile}.
 */
export async function loadTable(warehouse: Warehouse, request: TableRequest): Promise<Progress> {
  const { connection, stream, url, table, spoolFolder } = request;
  await mkdir(spoolFolder, { recursive: true });
  const file = join(spoolFolder, `${connection}__${stream.name}__${randomUUID()}.ndjson`); // found when left behind
  try {
    await copyOut(
      url,
      table,
      stream.fields.map(({ name }) => name),
      file,
    );
    return await loadFile(warehouse, {
      ...request,
      stream: { ...stream, isProjected: true },
      file,
      format: 'csv',
    });
  } finally {
    await rm(file, { force: true });
  }
}

async function copyOut(url: string, table: string, names: readonly string[], file: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // the query that waits fails with it
  try {
    await client.connect();
    const columns = names.map((name) => `${quoted(name)}::text as ${quoted(name)}`).join(', '); // a boolean as true, not t
    const source = client.query(
      copyTo(`copy (select ${columns} from ${table}) to stdout (format csv, header)`),
    );
    await pipeline(source, createWriteStream(file));
  } catch (cause) {
    throw new MillraceError('network', {
      what: `The table ${table} could not be copied: ${messageOf(cause)}`,
      todo: 'Check that the database runs, that the table exists and that the user may read it',
      cause,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { MillraceError, type OpenSource, type Page, splitLines } from '../connectors/kit';
import { loadPages } from './loadPages';
import { type LoadRequest, NOTHING_YET, type Progress } from './loadRequest';
import type { Warehouse } from './warehouse';

export interface FileRequest extends Omit<LoadRequest, 'source' | 'range' | 'isFull' | 'isConfirmed'> {
  file: string;
  /**
   * `csv`: UTF-8, comma, double quotes, with a header line; `parquet`; both with columns named like the contract's fields.
   * `ndjson`: one JSON record per line.
   */
  format: 'csv' | 'parquet' | 'ndjson';
}

const CHUNK_BYTES = 1024 * 1024;

/**
 * Loads a file that holds records of a stream: checked, merged by key and counted like the pages of an API. CSV and Parquet are
 * read by the engine itself and are one batch: all of the file or nothing. JSON goes in batches, by way of the byte loop that
 * keeps the digits of its numbers, which the engine's reader would turn into doubles.
 * Errors: `file_unreadable`; `bad_answer` or `truncated_answer` for what is no JSON; `contract_broken` (policy `freeze`).
 */
export async function loadFile(warehouse: Warehouse, request: FileRequest): Promise<Progress> {
  const { connection, stream, syncId, file, format, drift = stream.drift } = request;
  await warehouse.prepareStream(connection, stream);
  const handle = await open(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (format === 'ndjson') {
    const source: OpenSource = {
      streams: [stream],
      check: () => Promise.resolve(),
      read: () => pages(handle),
    };
    return loadPages(warehouse, { ...request, source }, { position: stream.name, keepsState: false });
  }
  const { size } = await handle.stat();
  await handle.close();
  const { batch } = await warehouse.streamState(connection, stream.name);
  const counts = await warehouse.loadBatch({
    connection,
    stream,
    syncId,
    file,
    format,
    bytes: size,
    after: batch,
    ...(drift && { drift }),
  });
  const progress = { ...NOTHING_YET, ...counts, bytes: size, batches: 1 };
  request.onProgress?.(progress);
  return progress;
}

/** Pieces of a file that end with a line. */
async function* pages(handle: Awaited<ReturnType<typeof open>>): AsyncIterable<Page> {
  let rest = Buffer.alloc(0);
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await handle.read(chunk);
      const text = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      const end = bytesRead === 0 ? text.length : text.lastIndexOf('\n') + 1;
      rest = text.subarray(end);
      if (end > 0) yield { records: splitLines(text.subarray(0, end)), state: undefined };
      if (bytesRead === 0) return;
    }
  } finally {
    await handle.close();
  }
}

function unreadable(file: string, cause: unknown): MillraceError {
  return new MillraceError('file_unreadable', {
    what: `The file ${basename(file)} cannot be read`,
    where: `file ${file}`,
    todo: 'Check that it exists and that this user may read it',
    cause,
  });
}

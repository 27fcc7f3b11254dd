import { randomUUID } from 'node:crypto';
import { noteContract } from '../contract/contractVersion';
import { Spool } from '../spool';
import type { AlsoInBatch, Row, Warehouse } from '../warehouse';
import { isOutdated, resolveOutdated } from './outdated';
import type { ReplayRequest, ReplayResult } from './replayRequest';
import { ChangedMeanwhile, reasonsIn, resolveReplayed } from './resolveReplayed';
import { conditionOf } from './waiting';

const BATCH = { rows: 10_000, characters: 32 * 1024 * 1024 } as const;
const ATTEMPTS = 10;

/**
 * Loads quarantined records again, by the loader and the contract of today. Records go in the order in which the vendor sent
 * them, in batches; a batch and the marks of its records are one transaction, so a kill at any point changes nothing and the
 * next replay takes what still waits, and the same run, taken up again, what it has not tried yet. The stored cursor stays.
 * A record that is stored in a newer version is superseded.
 */
export async function replayStream(warehouse: Warehouse, request: ReplayRequest): Promise<ReplayResult> {
  await warehouse.prepareStream(request.connection, request.stream);
  await noteContract(warehouse, request.connection, request.stream);
  const outdated = await resolveOutdated(warehouse, request);
  const result: ReplayResult = {
    read: outdated,
    loaded: 0,
    unchanged: outdated,
    quarantined: 0,
    reasons: {},
  };
  let last: Place | undefined;
  for (let attempt = 1; ; attempt++) {
    request.signal?.throwIfAborted();
    const records = await nextRecords(warehouse, request, last);
    if (records.length === 0) return result;
    const outcome = await replayBatch(warehouse, request, records);
    if (outcome instanceof ChangedMeanwhile) {
      if (attempt === ATTEMPTS) throw outcome;
      continue; // somebody else resolved one of them: look again
    }
    attempt = 0;
    add(result, outcome);
    request.onProgress?.(result);
    last = placeOf(records[records.length - 1] ?? {});
  }
}

/** Where a batch ended; what is still bad keeps its place, so the next batch begins behind it. */
type Place = [lastSeenAt: string, recordHash: string];
const placeOf = (row: Row): Place => [String(row.last_seen_at), String(row.record_hash)];

/** The next records in the order in which the vendor sent them last: a batch that memory can hold, one record at least. */
async function nextRecords(
  warehouse: Warehouse,
  { connection, stream, reason, runId }: ReplayRequest,
  last: Place | undefined,
): Promise<Row[]> {
  const waiting = conditionOf({
    connection,
    stream: stream.name,
    ...(reason !== undefined && { reason }),
  });
  const condition = `${waiting.sql} and ${last ? isBehind('>') : 'true'}
    and (record.replay_id is null or record.replay_id <> ?) and not ${isOutdated(connection, stream)}`;
  const values = [...waiting.values, ...(last ? boundTo(last) : []), runId];
  const sizes = await warehouse.rows(
    `select record.last_seen_at, record.record_hash, length(record.raw) as characters from quarantine.record
     where ${condition} order by record.last_seen_at, record.record_hash limit ${BATCH.rows}`,
    values,
  );
  let characters = 0;
  const batch = sizes.filter((row, index) => {
    characters += Number(row.characters);
    return index === 0 || characters <= BATCH.characters;
  });
  const end = batch[batch.length - 1];
  if (!end) return [];
  return warehouse.rows(
    `select record.record_hash, record.raw, record.last_seen_at from quarantine.record
     where ${condition} and ${isBehind('<=')} order by record.last_seen_at, record.record_hash`,
    [...values, ...boundTo(placeOf(end))],
  );
}

/** Compares a record's place with a bound one; DuckDB cannot make a BETWEEN of two comparisons of rows. */
const isBehind = (comparison: '>' | '<=') =>
  `(record.last_seen_at ${comparison[0]} cast(? as timestamp) or (record.last_seen_at = cast(? as timestamp) and record.record_hash ${comparison} ?))`;
const boundTo = ([lastSeenAt, recordHash]: Place) => [lastSeenAt, lastSeenAt, recordHash];

async function replayBatch(
  warehouse: Warehouse,
  request: ReplayRequest,
  records: readonly Row[],
): Promise<ReplayResult | ChangedMeanwhile> {
  const { connection, stream, runId, drift, isDryRun } = request;
  const name = `${connection}__${stream.name}__replay_${randomUUID()}`;
  const spool = await Spool.create(request.spoolFolder, name);
  const hashes = await Spool.create(request.spoolFolder, `${name}_hashes`);
  let outcome: ReplayResult | undefined;
  const also: AlsoInBatch = async (session, counts) => {
    const reasons = counts.quarantined > 0 ? await reasonsIn(session) : {};
    await resolveReplayed(session, warehouse.dialect, { ...request, file: hashes.file, counts });
    outcome = { ...counts, reasons };
    if (isDryRun) throw new DryRun();
  };
  try {
    const lines = records.map(({ raw }) => String(raw));
    const largestPage = Math.max(...lines.map((line) => Buffer.byteLength(line) + 1));
    await spool.append(rawLines(lines));
    await spool.finish();
    await hashes.append(
      rawLines(['place,record_hash', ...records.map((row, place) => `${place},${row.record_hash}`)]),
    );
    await hashes.finish();
    const { file, rows: read, bytes } = spool;
    const batch = {
      connection,
      stream,
      syncId: runId,
      file,
      read,
      bytes,
      largestPage,
      ...(drift && { drift }),
    };
    await warehouse.loadBatch(batch, also);
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return error;
    if (!(error instanceof DryRun)) throw error;
  } finally {
    await spool.remove();
    await hashes.remove();
  }
  if (!outcome) throw new Error('a batch ended without an outcome');
  return outcome;
}

/** Ends the transaction of a dry run, after everything was done in it. */
class DryRun extends Error {}

const rawLines = (lines: readonly string[]) => ({
  lines: Buffer.from(lines.map((line) => `${line}\n`).join('')),
  count: lines.length,
});

function add(result: ReplayResult, { reasons, ...counts }: ReplayResult): void {
  result.read += counts.read;
  result.loaded += counts.loaded;
  result.unchanged += counts.unchanged;
  result.quarantined += counts.quarantined;
  for (const [reason, records] of Object.entries(reasons))
    result.reasons[reason] = (result.reasons[reason] ?? 0) + records;
}

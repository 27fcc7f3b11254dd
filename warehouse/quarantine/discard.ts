import { MillraceError } from '../../connectors/kit';
import { lockStream } from '../streamLock';
import type { Session, Value, Warehouse } from '../warehouse';
import { conditionOf, type QuarantineTotal, totalOf } from './waiting';

export interface DiscardRequest {
  connection: string;
  stream: string;
  /** All waiting records with this reason … */
  reason?: string;
  /** … or these, by hash or the first digits of it. */
  records?: readonly string[];
  /** Why nobody needs them; kept with them. */
  why: string;
  by: string;
  /** Only counts what would go. */
  isDryRun: boolean;
}

const HASH = /^[0-9a-f]{8,32}$/;

/**
 * Marks records as not needed. They are kept, with who said so and why, and stay so when the vendor sends the very same
 * record again. Errors: `bad_request` for a call that names nothing or no reason why, `not_found` for a hash that does not wait.
 */
export async function discard(warehouse: Warehouse, request: DiscardRequest): Promise<QuarantineTotal> {
  const { connection, stream, reason, why, by } = request;
  checkRequest(request);
  return warehouse.transaction(async (session) => {
    await lockStream(session, connection, stream);
    const hashes = request.records && (await hashesOf(session, request));
    const filter = { connection, stream, ...(reason !== undefined && { reason }) };
    if (!hashes) {
      const total = await totalOf(session, filter);
      if (total.records === 0) throw nothing(request, `with the reason "${reason ?? ''}"`);
      if (request.isDryRun) return total;
      const { sql, values } = conditionOf(filter);
      await mark(session, sql, values, why, by);
      return total;
    }
    const list = hashes.map(() => '?').join(', ');
    const sql = `record.connection = ? and record.stream = ? and record.resolved_at is null and record.record_hash in (${list})`;
    const values = [connection, stream, ...hashes];
    const [row] = await session.rows(
      `select count(*) as records, sum(record.amount_cny) as amount_cny from quarantine.record where ${sql}`,
      values,
    );
    if (!request.isDryRun) await mark(session, sql, values, why, by);
    const amount = row?.amount_cny ?? null;
    return { records: Number(row?.records), amountCny: amount === null ? null : String(amount) };
  });
}

function checkRequest({ reason, records, why }: DiscardRequest): void {
  const problem =
    (reason === undefined) === (records === undefined)
      ? 'Name the records to discard: either by a reason or by hashes'
      : records?.some((hash) => !HASH.test(hash))
        ? 'A record is named by its hash, or by at least its first eight digits'
        : why.trim() === ''
          ? 'Say why these records are not needed'
          : undefined;
  if (problem) {
    throw new MillraceError('bad_request', {
      what: problem,
      todo: 'For example: millrace quarantine discard erp.invoices --reason "FAmount: missing" --why "test entries" --yes',
    });
  }
}

/** Full hashes of the named records; each must wait. */
async function hashesOf(session: Session, request: DiscardRequest): Promise<string[]> {
  const { connection, stream, records = [] } = request;
  const hashes: string[] = [];
  for (const start of records) {
    const found = await session.rows(
      `select record_hash from quarantine.record
       where connection = ? and stream = ? and resolved_at is null and starts_with(record_hash, ?)`,
      [connection, stream, start],
    );
    if (found.length !== 1) throw nothing(request, `with the hash ${start}`);
    hashes.push(String(found[0]?.record_hash));
  }
  return [...new Set(hashes)];
}

async function mark(session: Session, sql: string, values: Value[], why: string, by: string): Promise<void> {
  await session.run(
    `update quarantine.record set resolved_at = utc_now(), resolution = 'discarded', resolved_by = ?, note = ?
     where ${sql}`,
    [by, why, ...values],
  );
}

function nothing({ connection, stream }: DiscardRequest, which: string): MillraceError {
  return new MillraceError('not_found', {
    what: `No single record ${which} waits in quarantine`,
    where: `connection ${connection}, stream ${stream}`,
    todo: `Look at them with: millrace quarantine show ${connection}.${stream}`,
  });
}

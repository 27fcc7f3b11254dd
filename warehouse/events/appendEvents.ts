import { createHash } from 'node:crypto';
import type { Session, Warehouse } from '../warehouse';
import { warehouseNow } from '../warehouseNow';
import { noteWritten } from './noteWritten';

/** Something a person or the hub did, before it is written down. */
export interface NewEvent {
  /** Whoever appends it names it, so that a retry of the same act adds nothing. */
  eventId: string;
  /** `noun.verb`, for example statement.made, match.confirmed. */
  kind: string;
  /** Person's id, or hub. */
  actor: string;
  /** What it is about: an id that the kind explains. */
  subject: string;
  /** Flat names and texts; money as decimal text, days as YYYY-MM-DD, ids. Never a secret. */
  body: Readonly<Record<string, unknown>>;
  reason?: string;
}

/** What must still hold when the events are written, in their own transaction; throws to refuse them. */
export type BeforeAppend = (session: Session) => Promise<readonly NewEvent[] | void>;

/**
 * Appends to `ops.event`, where nothing is ever changed or removed. Each row carries the hash of the row before it, so that anyone can
 * check the chain (verifyEvents). One at a time over all processes. Events whose id is there already are left out; gives how
 * many were added. `before` runs first in the same turn and may give further events.
 */
export async function appendEvents(
  warehouse: Warehouse,
  events: readonly NewEvent[],
  before?: BeforeAppend,
): Promise<number> {
  return warehouse.transaction(
    async (session) => {
      const further = (await before?.(session)) ?? [];
      return write(session, [...events, ...further]);
    },
    { turn: 'events' },
  );
}

async function write(session: Session, events: readonly NewEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const known = new Set<string>();
  for (const ids of chunks(events.map(({ eventId }) => eventId))) {
    const rows = await session.rows(
      `select event_id from ops.event where event_id in (${ids.map(() => '?').join(', ')})`,
      ids,
    );
    for (const { event_id } of rows) known.add(String(event_id));
  }
  const [last] = await session.rows('select sequence, hash from ops.event order by sequence desc limit 1');
  let sequence = BigInt(last === undefined ? 0 : String(last.sequence));
  let previous = last === undefined ? null : String(last.hash);
  const happenedAt = await warehouseNow(session);
  let added = 0;
  for (const event of events) {
    if (known.has(event.eventId)) continue;
    known.add(event.eventId);
    sequence += 1n;
    const row = { ...event, sequence: String(sequence), happenedAt, body: JSON.stringify(event.body) };
    const hash = eventHash(row, previous);
    await session.run(
      `insert into ops.event (event_id, sequence, kind, actor, subject, body, reason, happened_at, previous_hash, hash)
       values (?, cast(? as bigint), ?, ?, ?, cast(? as json), ?, cast(? as timestamp), ?, ?)`,
      [
        row.eventId,
        row.sequence,
        row.kind,
        row.actor,
        row.subject,
        row.body,
        row.reason ?? null,
        happenedAt,
        previous,
        hash,
      ],
    );
    previous = hash;
    added += 1;
  }
  if (added > 0) await noteWritten(session, 'ops.event');
  return added;
}

/** An event as it stands in the table; `body` is its JSON text. */
export interface StoredEvent {
  eventId: string;
  sequence: string;
  kind: string;
  actor: string;
  subject: string;
  body: string;
  reason?: string | undefined;
  happenedAt: string;
}

/** SHA-256 over the event's own columns and the hash of the one before. */
export function eventHash(event: StoredEvent, previous: string | null): string {
  const { eventId, sequence, kind, actor, subject, body, reason, happenedAt } = event;
  return createHash('sha256')
    .update(
      JSON.stringify([previous, sequence, eventId, kind, actor, subject, body, reason ?? null, happenedAt]),
    )
    .digest('hex');
}

function chunks(ids: readonly string[]): string[][] {
  const size = 500;
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, at) =>
    ids.slice(at * size, (at + 1) * size),
  );
}

import { MillraceError } from '../../connectors/kit';
import type { Session } from '../warehouse';
import { eventHash } from './appendEvents';

const PAGE = 10_000;

/** Reads the whole chain of events; gives how many there are. Throws `event_chain_broken`, naming the first event that does not fit. */
export async function verifyEvents(session: Session): Promise<number> {
  let sequence = 0n;
  let previous: string | null = null;
  for (;;) {
    const rows = await session.rows(
      `select event_id, cast(sequence as varchar) as number, kind, actor, subject, cast(body as varchar) as body, reason,
         cast(happened_at as varchar) as happened_at, previous_hash, hash
       from ops.event where sequence > cast(? as bigint) order by sequence limit ${PAGE}`,
      [String(sequence)],
    );
    for (const row of rows) {
      const text = (name: string) => String(row[name]);
      sequence += 1n;
      const hash = eventHash(
        {
          eventId: text('event_id'),
          sequence: text('number'),
          kind: text('kind'),
          actor: text('actor'),
          subject: text('subject'),
          body: text('body'),
          reason: row.reason === null ? undefined : text('reason'),
          happenedAt: text('happened_at'),
        },
        previous,
      );
      if (text('number') !== String(sequence) || row.hash !== hash || row.previous_hash !== previous) {
        throw new MillraceError('event_chain_broken', {
          what: `Event ${text('event_id')} (number ${text('number')}) is not as it was written, or one before it is gone`,
          where: 'ops.event',
          todo: 'Compare with the last backup: somebody changed this table by hand',
        });
      }
      previous = hash;
    }
    if (rows.length < PAGE) return Number(sequence);
  }
}

import { contractVersion } from '../contract/contractVersion';
import type { Batch, Session } from '../warehouse';

/**
 * Keeps the bad records of temp table `bad`. One seen before gets a later last_seen_at and the reasons of today's contract;
 * it waits again, unless somebody discarded it. A replay is no new sight of it by the vendor, so its times stay.
 */
export async function keepQuarantined(session: Session, batch: Batch): Promise<void> {
  const { connection, stream, syncId, after } = batch;
  const isReplay = after === undefined;
  const kept = 'quarantine.record';
  const unlessDiscarded = (column: string) =>
    `${column} = case when ${kept}.resolution = 'discarded' then ${kept}.${column} else excluded.${column} end`;
  const seen = isReplay ? '' : 'last_seen_at = excluded.last_seen_at, sync_id = excluded.sync_id, ';
  await session.run(
    `insert into quarantine.record (connection, stream, record_hash, source_id, reasons, amount_cny, raw, first_seen_at, last_seen_at,
       sync_id, contract_version, cursor_value, resolved_at, resolution, resolved_by)
     select cast(? as varchar), cast(? as varchar), record_hash, source_id, reasons, amount_cny, raw, _now, _now,
       cast(? as varchar), cast(? as varchar), cursor_value,
       case when is_superseded then _now end, case when is_superseded then 'superseded' end,
       case when is_superseded then cast(? as varchar) end
     from bad cross join (select utc_now() as _now) as clock
     on conflict (connection, stream, record_hash) do update set ${seen}
       source_id = excluded.source_id, reasons = excluded.reasons, amount_cny = excluded.amount_cny,
       contract_version = excluded.contract_version, cursor_value = excluded.cursor_value,
       ${['resolved_at', 'resolution', 'resolved_by'].map(unlessDiscarded).join(', ')}
     ${isReplay ? `where ${kept}.resolved_at is null` : ''}`,
    [connection, stream.name, syncId, contractVersion(stream), syncId],
  );
}

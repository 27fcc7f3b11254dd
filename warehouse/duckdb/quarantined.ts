import { type Batch, literal, quoted, type Session } from '../warehouse';

/**
 * Keeps the bad rows of temp table `stage` with their raw line: the lines are read once more, by place, since a rebuilt
 * record would lose what the contract does not know. A record seen before only gets a later last_seen_at.
 */
export async function keepQuarantined(
  session: Session,
  { connection, stream, syncId, file }: Batch,
): Promise<void> {
  const amount = stream.amount && stream.fields.find(({ name }) => name === stream.amount);
  const lines = `read_json_objects(${literal(file)}, format = 'newline_delimited', maximum_object_size = 67108864)`;
  await session.run(
    `insert into quarantine.record
     select ?, ?, md5(line), any_value(_source_id), any_value(_reasons), any_value(_amount), line,
       timezone('UTC', now()), timezone('UTC', now()), ?, null, null
     from (select *, ${amount ? quoted(amount.column) : 'cast(null as decimal(18, 2))'} as _amount from stage where _reasons is not null) as bad
       join (select row_number() over () as _line_ordinal, cast(json as varchar) as line from ${lines}) as raw_lines on _line_ordinal = _ordinal
     group by line
     on conflict (connection, stream, record_hash) do update set
       last_seen_at = excluded.last_seen_at, sync_id = excluded.sync_id, reasons = excluded.reasons, resolved_at = null, resolution = null`,
    [connection, stream.name, syncId],
  );
}

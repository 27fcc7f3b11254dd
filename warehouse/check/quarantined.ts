import { type Batch, literal, quoted, type Session } from '../warehouse';

/**
 * Temp table `bad`: the bad rows of temp table `stage` with their raw line. The lines are read once more, by place, since
 * a rebuilt record would lose what the contract does not know.
 */
export async function createBadTable(
  session: Session,
  { stream, file }: Batch,
  count: number,
): Promise<void> {
  if (count === 0) {
    await session.run(
      'create or replace temp table bad (record_hash varchar, source_id varchar, reasons varchar, amount_cny decimal(18, 2), raw varchar)',
    );
    return;
  }
  const amount = stream.amount && stream.fields.find(({ name }) => name === stream.amount);
  const lines = `read_json_objects(${literal(file)}, format = 'newline_delimited', maximum_object_size = 67108864)`;
  await session.run(
    `create or replace temp table bad as
     select md5(line) as record_hash, any_value(_source_id) as source_id, any_value(_reasons) as reasons,
       any_value(_amount) as amount_cny, line as raw
     from (select *, ${amount ? quoted(amount.column) : 'cast(null as decimal(18, 2))'} as _amount from stage where _reasons is not null) as bad_row
       join (select row_number() over () as _line_ordinal, cast(json as varchar) as line from ${lines}) as raw_lines on _line_ordinal = _ordinal
     group by line`,
  );
}

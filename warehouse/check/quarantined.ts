import { type Batch, literal, quoted, type Session } from '../warehouse';
import { reasonsOf, ruleOf } from './columns';
import { mayHoldNul, nulReasons } from './nul';
import { linesOf, type Records, takenApart, unknownIn } from './records';

/**
 * Temp table `bad`: the records at the places that temp table `bad_at` (_at, _source_id, _is_superseded) names, with their raw
 * line. Lines are read once more, by place, since a rebuilt record would lose what the contract does not know; only these are
 * taken apart again for their reasons.
 */
export async function createBadTable(
  session: Session,
  batch: Batch,
  records: Records,
  count: number,
): Promise<void> {
  if (count === 0) {
    await session.run(
      'create or replace temp table bad (record_hash varchar, source_id varchar, reasons varchar, amount_cny decimal(18, 2), raw varchar, cursor_value varchar, is_superseded boolean)',
    );
    return;
  }
  const { stream } = batch;
  const lines = `(select _line, _source_id, _is_superseded from ${linesOf(batch, records)} join bad_at using (_at))`;
  const typed = (name: string | undefined, none: string) => {
    const field = stream.fields.find((one) => one.name === name);
    return field ? ruleOf(field.kind).value(`nullif(trim(${quoted(field.name)}), '')`) : none;
  };
  await session.run(
    `create or replace temp table bad as
     select md5(_line) as record_hash, replace(any_value(_source_id), chr(0), '') as source_id, any_value(_reasons) as reasons,
       any_value(_amount) as amount_cny, _line as raw, any_value(_cursor) as cursor_value, bool_and(_is_superseded) as is_superseded
     from (
       select _line, _source_id, _is_superseded, ${reasons(batch)} as _reasons,
         cast(${typed(stream.amount, 'null')} as decimal(18, 2)) as _amount,
         cast(${typed(stream.cursor?.field, 'null')} as varchar) as _cursor
       from ${takenApart(lines, stream.fields)}
     ) group by _line`,
  );
  await session.run('drop table bad_at');
}

function reasons(batch: Batch): string {
  const { stream, drift } = batch;
  const wrong = mayHoldNul(batch)
    ? `nullif(concat_ws('; ', ${reasonsOf(stream.fields)}, ${nulReasons(stream.fields)}), '')`
    : reasonsOf(stream.fields);
  if (drift !== 'quarantine' || stream.isProjected) return wrong;
  const unknown = `list_transform(${unknownIn('_line', stream.fields)}, lambda name: name || ${literal(': not in the contract')})`;
  return `nullif(concat_ws('; ', ${wrong}, nullif(array_to_string(${unknown}, '; '), '')), '')`;
}

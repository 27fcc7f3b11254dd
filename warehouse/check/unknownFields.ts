import { type Batch, literal, type Session } from '../warehouse';

/**
 * Temp table `unknown_field`: for each record (by its place in the file) the fields that the contract does not name, as
 * one JSON object. Streams that name their fields in the request have none.
 */
export async function createUnknownFieldTable(session: Session, { stream, file }: Batch): Promise<void> {
  if (stream.isProjected) {
    await session.run('create or replace temp table unknown_field (_at bigint, _extra json)');
    return;
  }
  const known = stream.fields.map(({ name }) => literal(name)).join(', ');
  const unknown = `list_filter(json_keys(json), lambda name: not list_contains([${known}], name))`;
  const lines = `read_json_objects(${literal(file)}, format = 'newline_delimited', maximum_object_size = 67108864)`;
  await session.run(`create or replace temp table unknown_field as
    select _at, to_json(map_from_entries(list_transform(names, lambda name: {k: name, v: json_extract(json, '$."' || replace(name, '"', '\\"') || '"')}))) as _extra
    from (select row_number() over () as _at, json, ${unknown} as names from ${lines}) where len(names) > 0`);
}

/** Temp table `drift`: the names of unknown fields in the batch. */
export async function createDriftTable(session: Session): Promise<void> {
  await session.run(
    'create or replace temp table drift as select distinct unnest(json_keys(_extra)) as field from unknown_field',
  );
}

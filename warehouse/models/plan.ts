import type { Session } from '../warehouse';
import type { BuildRequest } from './build';
import { FROZEN_COPIES } from './frozenCopies';
import { downstream } from './order';
import type { Model, Project } from './project';
import { selected } from './select';
import { changedEntities, type StagingParts } from './staging';

/** How a model stands since it was last published. */
export interface Published {
  generation: number;
  /** Every change recorded before this instant (UTC) is in it. */
  knownAt: string;
}

/** What a generation builds, and what it may go on from. */
export interface Plan {
  wanted: Set<string>;
  /**
   * Of `wanted`, the models with a source that changed; the others follow only where one of these really has other rows. Undefined: all
   * are built, whatever comes out.
   */
  stale: ReadonlySet<string> | undefined;
  /** Everything anew: other files, another day, asked for, or nothing published. Why, in a few words; undefined otherwise. */
  isFull: boolean;
  reason: string;
  published: Map<string, Published>;
  /** Streams (`connection.stream`) changed since an instant, each with a time before its first change. */
  changedSince(knownAt: string): ReadonlyMap<string, string>;
}

/**
 * All models unless they were published before from the same files for the same day; then what is selected, else what is
 * downstream of changes. From the record, not from the caller: so a build that failed or was killed leaves its changes to
 * the next one.
 */
export async function planBuild(
  session: Session,
  { asOfDate, isAll, select }: BuildRequest,
  { models }: Project,
  parts: StagingParts,
  hash: string,
): Promise<Plan> {
  const all = new Set(models.map(({ name }) => name));
  const asked = select && selected(models, select);
  const published = await publishedModels(session);
  const changes = await changedStreams(session);
  const changedSince = (knownAt: string) => changes.get(knownAt) ?? new Map<string, string>();
  const [last] = await session.rows(
    'select as_of_date, models_hash from meta.generation order by generation desc limit 1',
  );
  const reason = fullReason();
  if (reason) return { wanted: all, stale: undefined, isFull: true, reason, published, changedSince };
  const frozenAt = await frozenModels(session);
  const written = await writtenTables(session);
  const isStale = ({ name, reads }: Model) => {
    const own = published.get(name);
    if (!own) return true;
    const changed = changedEntities(parts, new Set(changedSince(own.knownAt).keys()));
    return reads.some(
      (source) =>
        changed.has(source) ||
        (source in FROZEN_COPIES && frozenAt.has(own.knownAt)) ||
        (written.get(source)?.has(own.generation) ?? false) ||
        (published.get(source)?.generation ?? 0) > own.generation, // it was built alone (--select)
    );
  };
  const found = { isFull: false, reason: '', published, changedSince };
  if (asked) return { ...found, wanted: asked, stale: undefined };
  const stale = models.filter(isStale).map(({ name }) => name);
  return { ...found, wanted: downstream(models, stale), stale: new Set(stale) };

  function fullReason(): string {
    if (isAll) return 'asked for';
    if (!last) return 'first build';
    if (last.as_of_date !== asOfDate) return 'another day';
    if (last.models_hash !== hash) return 'other files or connections';
    return '';
  }
}

async function publishedModels(session: Session): Promise<Map<string, Published>> {
  const rows = await session.rows(
    'select model, generation, cast(known_at as varchar) as known_at from meta.model',
  );
  return new Map(
    rows.map((row) => [
      String(row.model),
      { generation: Number(row.generation), knownAt: String(row.known_at) },
    ]),
  );
}

/**
 * For each instant at which a model was last built: streams with rows committed after it, by the runs that wrote them. A run
 * that has not ended counts. Loads and builds either take turns or see one state throughout, so none is half seen.
 */
async function changedStreams(session: Session): Promise<Map<string, Map<string, string>>> {
  const rows = await session.rows(
    `select cast(known.known_at as varchar) as known_at, run_stream.connection || '.' || run_stream.stream as stream,
       cast(min(run_stream.started_at) as varchar) as since
     from (select distinct known_at from meta.model) as known
     join meta.run_stream
       on run_stream.loaded_rows + run_stream.deleted_rows > 0
       and (run_stream.ended_at is null or run_stream.ended_at >= known.known_at)
     group by known.known_at, run_stream.connection, run_stream.stream`,
  );
  const changes = new Map<string, Map<string, string>>();
  for (const row of rows) {
    const of = changes.get(String(row.known_at)) ?? new Map<string, string>();
    changes.set(String(row.known_at), of.set(String(row.stream), String(row.since)));
  }
  return changes;
}

/** For each table of ours that models read (noteWritten): the generations of models that have not seen its last rows. */
async function writtenTables(session: Session): Promise<Map<string, Set<number>>> {
  const rows = await session.rows(
    `select written_table.table_name, model.generation
     from meta.written_table
     cross join (select distinct generation from meta.model) as model
     left join meta.generation_input
       on generation_input.generation = model.generation and generation_input.table_name = written_table.table_name
     where coalesce(generation_input.writes, 0) <> written_table.writes`,
  );
  const unseen = new Map<string, Set<number>>();
  for (const row of rows) {
    const of = unseen.get(String(row.table_name)) ?? new Set<number>();
    unseen.set(String(row.table_name), of.add(Number(row.generation)));
  }
  return unseen;
}

/** The instants at which models were last built that have a freeze after them. */
async function frozenModels(session: Session): Promise<Set<string>> {
  const rows = await session.rows(
    `select distinct cast(model.known_at as varchar) as known_at from meta.model
     join ops.frozen_month on frozen_month.frozen_at >= model.known_at`,
  );
  return new Set(rows.map((row) => String(row.known_at)));
}

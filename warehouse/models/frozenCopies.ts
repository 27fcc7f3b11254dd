import { MillraceError } from '../../connectors/kit';
import { type Dialect, quoted, type Session } from '../warehouse';

/** Frozen tables and the model whose rows they keep, one version a freeze (workflow freezeMonth). */
export const FROZEN_COPIES = {
  'ops.frozen_customer_health': 'marts.customer_health_live',
  'ops.frozen_health_reason': 'marts.customer_health_reason_live',
  'ops.frozen_forecast': 'marts.forecast_accuracy',
  'ops.frozen_gap': 'marts.forecast_gap',
  'ops.frozen_collection': 'marts.collection',
  'ops.frozen_receivable': 'marts.receivable_balance',
  'ops.frozen_ageing': 'marts.receivable_ageing',
  'ops.frozen_open_item': 'core.open_item_as_of',
} as const;

/** Refuses a model that reads a frozen table but not the mart it copies: it would be built before its columns are known. */
export function checkFrozenSources({ reads, file }: { reads: readonly string[]; file: string }): void {
  const missing = Object.entries(FROZEN_COPIES).filter(
    ([frozen, mart]) => reads.includes(frozen) && !reads.includes(mart),
  );
  if (missing.length === 0) return;
  throw new MillraceError('model_failed', {
    what: `A model reads ${missing.map(([frozen]) => frozen).join(', ')} alone`,
    where: `file ${file}`,
    todo: `Read ${missing.map(([, mart]) => mart).join(', ')} too: frozen months first, then the months of today`,
  });
}

/** Makes the frozen table beside its mart, and adds columns that the mart gained. `table` is where the mart stands now. */
export async function ensureFrozenCopy(
  session: Session,
  dialect: Dialect,
  mart: string,
  table: string,
): Promise<void> {
  for (const [frozen, copied] of Object.entries(FROZEN_COPIES)) {
    if (copied !== mart) continue;
    const columns = (await dialect.columnsOf(session, `select * from ${table}`)).filter(
      ({ name }) => name !== 'month' && name !== 'version',
    );
    const list = columns.map(({ name, type }) => `${quoted(name)} ${type}`);
    await session.run(
      `create table if not exists ${frozen} (month varchar not null, version bigint not null, ${list.join(', ')})`,
    );
    // Only where one is missing: an ALTER would make readers on Postgres wait until the generation is complete.
    const known = new Set(
      (await dialect.columnsOf(session, `select * from ${frozen}`)).map(({ name }) => name),
    );
    for (const { name, type } of columns) {
      if (!known.has(name)) await session.run(`alter table ${frozen} add column ${quoted(name)} ${type}`);
    }
  }
}

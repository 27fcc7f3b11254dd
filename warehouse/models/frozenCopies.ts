import { type Dialect, quoted, type Session } from '../warehouse';
import type { ModelFile } from './modelFile';

/** Frozen tables and the mart whose rows they keep, one version a freeze (workflow freezeMonth). */
export const FROZEN_COPIES = {
  'ops.frozen_customer_health': 'marts.customer_health_live',
  'ops.frozen_forecast': 'marts.forecast_accuracy',
} as const;

/** A model that reads a frozen table comes after the mart that the table copies. */
export function frozenSourceOf(model: ModelFile): ModelFile {
  const after = Object.entries(FROZEN_COPIES).flatMap(([frozen, mart]) =>
    model.header.sources.includes(frozen) ? [mart] : [],
  );
  if (after.every((mart) => model.header.sources.includes(mart))) return model;
  throw new Error(
    `${model.file} reads a frozen table but not ${after.join(', ')}: read both, frozen months first`,
  );
}

/** Makes the frozen table beside its mart, and adds columns that the mart gained. */
export async function ensureFrozenCopy(session: Session, dialect: Dialect, mart: string): Promise<void> {
  for (const [frozen, copied] of Object.entries(FROZEN_COPIES)) {
    if (copied !== mart) continue;
    const columns = (await dialect.columnsOf(session, `select * from ${mart}`)).filter(
      ({ name }) => name !== 'month' && name !== 'version',
    );
    const list = columns.map(({ name, type }) => `${quoted(name)} ${type}`);
    await session.run(
      `create table if not exists ${frozen} (month varchar not null, version bigint not null, ${list.join(', ')})`,
    );
    for (const column of list) await session.run(`alter table ${frozen} add column if not exists ${column}`);
  }
}

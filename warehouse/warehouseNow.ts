import type { Session } from './warehouse';

/** The warehouse's clock, in UTC: the one that wrote _extracted_at, so that times compare whatever this machine's clock says. */
export async function warehouseNow(session: Session): Promise<string> {
  const [row] = await session.rows('select cast(utc_now() as varchar) as now');
  return String(row?.now);
}

import { type Check, instantOf, ok, span, warn } from '../finding';

export const quarantine: Check = {
  name: 'quarantine',
  async run({ warehouse, now }) {
    const [waiting] = await warehouse.rows(
      `select count(*) as n, coalesce(sum(amount_cny), 0) as amount_cny, count(distinct connection || '.' || stream) as streams,
         cast(min(first_seen_at) as varchar) as oldest
       from quarantine.record where resolved_at is null`,
    );
    const count = Number(waiting?.n);
    if (count === 0) return [ok('No record waits in quarantine')];
    return [
      warn(
        `${count} records of ${String(waiting?.streams)} streams wait in quarantine with ${String(waiting?.amount_cny)} CNY; the oldest for ${span(now.getTime() - instantOf(waiting?.oldest).getTime())}`,
        null,
        'Look at the reasons: npx millrace quarantine list',
      ),
    ];
  },
};

import type { CrmWarehouse } from './crmWarehouse';

/** Figures of the hub's models, by the names that expected.json gives them. */
export type CrmFigures = Record<string, string>;

/** Opportunities of a CRM without history: what `crm-maven/expected.json` states. */
export async function pipelineFigures({ rows }: CrmWarehouse): Promise<CrmFigures> {
  const [total] = await rows(`
    select count(*) as rows, count(*) filter (where customer_id is null) as missing_account,
      count(*) filter (where status = 'open') as open_at_snapshot,
      round(cast(count(*) filter (where status = 'won') as decimal(18, 6))
        / nullif(count(*) filter (where status in ('won', 'lost')), 0), 4) as won_rate_of_closed,
      sum(amount_cny) filter (where status = 'won') as won_value
    from core.opportunity`);
  const stages = await rows('select stage_key, count(*) as n from core.opportunity group by stage_key');
  return {
    ...texts(total ?? {}),
    ...Object.fromEntries(stages.map(({ stage_key, n }) => [`stages.${String(stage_key)}`, String(n)])),
  };
}

/** Cases per stage and days from the first entry of one to that of another: what `stage-log-bpic2012/expected.json` states. */
export async function stageFigures(
  { rows }: CrmWarehouse,
  between: readonly (readonly [from: string, to: string])[],
): Promise<CrmFigures> {
  const [count] = await rows(`
    select (select count(*) from staging.stage_change) as events, (select count(*) from core.opportunity) as cases`);
  const reached = await rows(`
    select stage_key, count(distinct opportunity_id) as n from core.opportunity_stage_stay group by stage_key`);
  const times = await rows(`
    with first_entry as (
      select opportunity_id, stage_key, min(entered_at) as entered_at
      from core.opportunity_stage_stay group by opportunity_id, stage_key
    ),
    pair as (select * from (values ${between.map(([from, to]) => `('${from}', '${to}')`).join(', ')}) as pair (from_key, to_key)),
    spent as (
      select from_key, to_key, extract(epoch from later.entered_at - earlier.entered_at) / 86400 as days
      from pair
      join first_entry as earlier on earlier.stage_key = from_key
      join first_entry as later on later.stage_key = to_key and later.opportunity_id = earlier.opportunity_id
    )
    select from_key, to_key, count(*) as n,
      round(cast(percentile_cont(0.5) within group (order by days) as decimal(18, 9)), 3) as median_days,
      round(cast(avg(days) as decimal(18, 9)), 3) as mean_days,
      round(cast(percentile_cont(0.9) within group (order by days) as decimal(18, 9)), 3) as p90_days
    from spent group by from_key, to_key`);
  const timeFigures = times.flatMap(({ from_key, to_key, ...figures }) =>
    Object.entries(texts(figures)).map(([name, value]) => [
      `${String(from_key)} -> ${String(to_key)}.${name}`,
      value,
    ]),
  );
  return {
    ...texts(count ?? {}),
    ...Object.fromEntries(
      reached.map(({ stage_key, n }) => [`cases_reaching.${String(stage_key)}`, String(n)]),
    ),
    ...(Object.fromEntries(timeFigures) as CrmFigures),
  };
}

const texts = (row: Record<string, unknown>): CrmFigures =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]));

import type { Row } from '../../warehouse';
import { SHOP, type Shop } from './shop';

/** The shop with three incremental models: by record, through a lookup of the record, and by a key of several sources. */
export const INCREMENTAL: Readonly<Record<string, string>> = {
  'connectors/shop/staging/sales_order.sql': `-- what  Orders of the shop, with the name their customer has.
-- sources  raw.orders, raw.customers
select orders._connection as connection, orders._source_id as source_id, orders.customer as customer_ref,
    orders.amount as amount_cny, buyer.name as buyer_name, orders._deleted_at is not null as is_deleted
from raw.orders
left join raw.customers as buyer on buyer.id = orders.customer and buyer._deleted_at is null`,
  'models/staging/sales_order.sql': `-- what  Orders.
-- key  connection, source_id
select null::varchar as connection, null::varchar as source_id, null::varchar as customer_ref, null::decimal(18, 2) as amount_cny,
    null::varchar as buyer_name, null::boolean as is_deleted where false`,
  'models/core/sales_order.sql': `-- what     Orders of known customers.
-- grain    one row per order
-- key      sales_order_id
-- sources  core.customer, staging.sales_order
-- incremental  key connection, source_id; changed since staging.sales_order, core.customer via customer_ref
select sales_order.connection || ':' || sales_order.source_id as sales_order_id, customer.customer_id, customer.region,
    sales_order.amount_cny, sales_order.buyer_name, sales_order.connection, sales_order.source_id
from staging.sales_order
join core.customer on customer.connection = sales_order.connection and customer.source_id = sales_order.customer_ref
where not sales_order.is_deleted`,
  'models/marts/customer_total.sql': `${SHOP['models/marts/customer_total.sql'] ?? ''}`.replace(
    '-- accepted',
    '-- incremental  key customer_id; changed since core.customer, core.sales_order\n-- accepted',
  ),
};

/** The same without a connector's join to another stream, so that changed customers are found by the lookup alone. */
export const PLAIN: Readonly<Record<string, string>> = {
  ...INCREMENTAL,
  'connectors/shop/staging/sales_order.sql': `-- what  Orders of the shop.
-- sources  raw.orders
select _connection as connection, _source_id as source_id, customer as customer_ref,
    amount as amount_cny, null as buyer_name, _deleted_at is not null as is_deleted
from raw.orders`,
};

const MODELS = ['core.customer', 'core.sales_order', 'marts.customer_total', 'marts.region_total'];
const REGIONS = ['north', 'south', null];

/** Where the two first differ, if they do, and how many models were built incrementally. */
export interface Comparison {
  difference: { round: number; model: string; incremental: Row[]; full: Row[] } | undefined;
  incrementalBuilds: number;
}

/**
 * Makes the same random changes in two shops, new, changed, moved, deleted, revived and late records, some in one build, and
 * builds the one incrementally, the other whole.
 */
export async function compareSequence(
  one: Shop,
  other: Shop,
  seed: number,
  rounds: number,
): Promise<Comparison> {
  const customers = Array.from({ length: 12 }, (_, n) => ({
    id: `c${n}`,
    name: `name ${n}`,
    region: 'north',
  }));
  const orders = Array.from({ length: 70 }, (_, n) => ({
    id: `o${n}`,
    customer: `c${n % 13}`,
    amount: `${n}.50`,
  }));
  for (const shop of [one, other]) {
    await shop.put('customers', ...customers);
    await shop.put('orders', ...orders);
    await shop.build();
  }
  const next = numbers(seed);
  let incrementalBuilds = 0;
  for (let round = 0; round < rounds; round++) {
    const changes = 1 + next(4);
    for (let each = 0; each < changes; each++) {
      const from = next(1_000_000) + 1;
      for (const shop of [one, other]) await change(shop, numbers(from));
    }
    const { models } = await one.build();
    await other.build({ isAll: true });
    incrementalBuilds += models.filter(
      ({ method, changedKeys }) => method === 'incremental' && changedKeys !== 0,
    ).length;
    for (const model of MODELS) {
      const [incremental, full] = await Promise.all(
        [one, other].map((shop) => shop.rows(`select * from ${model} order by 1`)),
      );
      if (JSON.stringify(incremental) !== JSON.stringify(full))
        return {
          difference: { round, model, incremental: incremental ?? [], full: full ?? [] },
          incrementalBuilds,
        };
    }
  }
  return { difference: undefined, incrementalBuilds };
}

async function change(shop: Shop, next: (below: number) => number): Promise<void> {
  const customer = `c${next(16)}`; // some are named by orders before they come, some never come
  const order = `o${next(80)}`;
  const what = next(10);
  if (what < 5) await shop.put('orders', { id: order, customer, amount: `${next(50)}.00` });
  else if (what < 6) await shop.remove('orders', order);
  else if (what < 8)
    await shop.put('customers', { id: customer, name: `name ${next(30)}`, region: REGIONS[next(3)] ?? null });
  else if (what < 9) await shop.remove('customers', customer);
}

/** Numbers that look random and are the same each time (Park and Miller's generator). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

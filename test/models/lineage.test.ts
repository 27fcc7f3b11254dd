import { connectors } from '../../hub/connectors';
import { parseSql } from '../../warehouse/sqlParser';
import { outputColumns } from '../../warehouse/models/columnOrigins';
import { Lineage, type LineageNode } from '../../warehouse/models/lineage';
import { readProject } from '../../warehouse/models/project';
import { stagingParts } from '../../warehouse/models/staging';
import { withTables } from '../../warehouse/models/sqlTree';

const TABLES: Readonly<Record<string, readonly string[]>> = {
  'core.customer': ['customer_id', 'name', 'region'],
  'core.sales_order': ['order_id', 'customer_id', 'amount_cny', 'order_date'],
};

/** What each column of a SELECT is computed from, with c for core.customer and o for core.sales_order. */
async function originsIn(sql: string): Promise<Record<string, string[]>> {
  const columns = outputColumns(await parseSql(sql), (table) => TABLES[table]);
  const short = (origin: string) => origin.replace('core.customer.', 'c.').replace('core.sales_order.', 'o.');
  return Object.fromEntries(columns.map(({ name, origins }) => [name, [...origins].map(short).sort()]));
}

describe('the origins of columns', () => {
  test.each([
    [
      'names and aliases',
      'select name as label, customer.region from core.customer',
      { label: ['c.name'], region: ['c.region'] },
    ],
    [
      'expressions, casts, conditions and constants',
      "select upper(name) || region as text, case when region = 'x' then 1 end as flag, 1 as one, customer_id::varchar from core.customer",
      { text: ['c.name', 'c.region'], flag: ['c.region'], one: [], customer_id: ['c.customer_id'] },
    ],
    [
      'joins, by alias and without',
      'select s.amount_cny, name, b.region as of from core.sales_order as s join core.customer as b on b.customer_id = s.customer_id',
      { amount_cny: ['o.amount_cny'], name: ['c.name'], of: ['c.region'] },
    ],
    [
      'CTEs with names of their own, stars with exceptions',
      'with part(id, label) as (select customer_id, name from core.customer), wide as (select part.*, 2 as two from part) select wide.* from wide',
      { id: ['c.customer_id'], label: ['c.name'], two: [] },
    ],
    [
      'unions, column by column',
      'select customer_id as id, name as text from core.customer union all select order_id, customer_id from core.sales_order',
      { id: ['c.customer_id', 'o.order_id'], text: ['c.name', 'o.customer_id'] },
    ],
    [
      'aggregates, filters of aggregates and windows',
      "select customer_id, sum(amount_cny) filter (where order_date > date '2026-01-01') as total, row_number() over (order by amount_cny) as place from core.sales_order group by customer_id",
      { customer_id: ['o.customer_id'], total: ['o.amount_cny', 'o.order_date'], place: ['o.amount_cny'] },
    ],
    [
      'subqueries that read the query around them',
      'select name, (select max(amount_cny) from core.sales_order where sales_order.customer_id = customer.customer_id) as most from core.customer',
      { name: ['c.name'], most: ['o.amount_cny'] },
    ],
    [
      'a count, of which only the rows are certain',
      'select count(*) as orders from core.sales_order',
      { orders: ['o.*'] },
    ],
    ['a table that nobody knows', 'select frozen.score from ops.frozen', { score: ['ops.frozen.score'] }],
    [
      'lists of values and series',
      "select kind.name, day.day from (values ('a', 1), ('b', 2)) as kind(name, rank) cross join generate_series(1, 2) as day(day)",
      { name: [], day: [] },
    ],
  ])('are found through %s', async (_case, sql, expected) => {
    expect(await originsIn(sql)).toEqual(expected);
  });
});

describe('tables in the place of others', () => {
  test('are written where the parser finds them: not in texts, comments, aliases or columns', async () => {
    const sql = `select '给 core.customer' as text, -- core.customer 客户
      customer.name, other.name as twice from core.customer join Core."customer" as other on other.region = customer.region`;
    expect(withTables(await parseSql(sql), new Map([['core.customer', 'core.customer__next']]))).toBe(
      `select '给 core.customer' as text, -- core.customer 客户
      customer.name, other.name as twice from core.customer__next as customer join core.customer__next as other on other.region = customer.region`,
    );
  });
});

describe('the lineage of our models', () => {
  let lineage: Lineage;
  beforeAll(async () => {
    const project = await readProject();
    const connections = ['kingdee', 'fxiaoke', 'bank', 'qichacha'].flatMap((name) => {
      const connector = connectors.get(name);
      return connector
        ? [{ name: name.replace('_cn', ''), connector: name, streams: connector.streams }]
        : [];
    });
    lineage = new Lineage(project, await stagingParts(project, connections));
  });

  const fields = (node: LineageNode): string[] =>
    node.kind === 'stream' ? [`${node.table}.${node.column}`] : node.from.flatMap(fields);
  const fieldsOf = (table: string, column: string) => [...new Set(fields(lineage.of(table, column)))].sort();

  test.each([
    ['core.bank_transaction', 'amount_cny', ['bank.transactions.amount', 'bank.transactions.currency']],
    ['core.activity', 'note', ['fxiaoke.activities.active_record_content']],
    ['core.sales_order_line', 'product_code', ['kingdee.sales_order_entries.FMaterialId.FNumber']],
    ['marts.receivable_ageing', 'amount_cny', undefined],
    [
      'core.open_item',
      'amount_cny',
      [
        'kingdee.receivable_plans.FPAYAMOUNT',
        'kingdee.receivable_plans.FPAYAMOUNTFOR',
        'kingdee.receivables.FALLAMOUNT',
        'kingdee.receivables.FALLAMOUNTFOR',
        'kingdee.receivables.FEXCHANGERATE',
        'kingdee.receivables._connection', // a retention is split off where no plan has the document's id
        'kingdee.receivables._source_id',
      ],
    ],
  ])('of %s.%s ends at the fields of the vendors', (table, column, expected) => {
    if (expected)
      expect(fieldsOf(table, column)).toEqual(
        expected.map((name) => expect.stringMatching(new RegExp(`^${name}$`, 'i')) as string),
      );
    else expect(fieldsOf(table, column).some((name) => name.startsWith('kingdee.receivables.'))).toBe(true);
  });

  test('goes through every model on the way', () => {
    const path = (node: LineageNode, to: string): string[] | undefined => {
      if (node.table === to) return [to];
      for (const below of node.from) {
        const found = path(below, to);
        if (found) return [node.table, ...found];
      }
      return undefined;
    };
    expect(path(lineage.of('marts.open_receivable', 'open_amount_cny'), 'kingdee.receivable_plans')).toEqual([
      'marts.open_receivable',
      'core.open_item_as_of',
      'core.item_balance',
      'core.open_item',
      'core.ledger_item',
      'staging.instalment',
      'kingdee.receivable_plans',
    ]);
  });

  test('is by column for every column of every mart, but where SQL counts rows', async () => {
    const { models } = await readProject();
    const counting = new Set(models.filter(({ sql }) => sql.includes('count(*)')).map(({ name }) => name));
    const unsure = new Set<string>();
    const seen = new Set<LineageNode>();
    const walk = (node: LineageNode): void => {
      if (seen.has(node)) return;
      seen.add(node);
      for (const below of node.from) {
        if (below.level === 'table' && !counting.has(node.table))
          unsure.add(`${node.table}.${node.column} from ${below.table}`);
        walk(below);
      }
    };
    for (const { name, layer } of models) {
      const columns = lineage.columnsOf(name) ?? [];
      expect([name, columns.length > 0]).toEqual([name, true]);
      if (layer === 'marts') for (const column of columns) walk(lineage.of(name, column));
    }
    expect([...unsure]).toEqual([]);
    expect(seen.size).toBeGreaterThan(500);
  });

  test('refuses a column that is not there and names those that are', () => {
    expect(() => lineage.of('core.customer', 'nmae')).toThrow('core.customer has no column nmae');
  });
});

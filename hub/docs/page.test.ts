import { openShop, type Shop } from '../../test/models/shop';
import { engines } from '../../test/support/engines';
import { describeModels, type ModelsDescription } from '../../warehouse';
import { graphOf } from './graph';
import { modelsPage } from './page';

describe.each(engines)('the documentation of models on $name', ({ open }) => {
  let shop: Shop;
  let description: ModelsDescription;
  beforeAll(async () => {
    const warehouse = await open();
    shop = await openShop(warehouse);
    await shop.put('customers', { id: 'c1', name: 'Ada', region: 'north' });
    await shop.put('orders', { id: 'o1', customer: 'c1', amount: '10.00' });
    await shop.build();
    await shop.put('customers', { id: 'c2', name: 'Bo', region: 'west' });
    await expect(shop.build()).rejects.toThrow('one of north, south, none');
    description = await describeModels(warehouse, [shop.connection], `${shop.folder}/models`);
  });
  afterAll(() => shop.close());

  const table = (name: string) => description.tables.find((one) => one.name === name);

  test('knows types, comments, origins, readers, the last build and the last results', () => {
    expect(table('core.customer')).toMatchObject({
      what: 'Customers (客户).',
      key: ['customer_id'],
      sources: ['staging.customer'],
      readers: ['core.sales_order', 'marts.customer_total'],
      lastBuild: { generation: 1, rows: 1, method: 'full' },
    });
    const total = table('marts.customer_total');
    expect(total?.columns.find(({ name }) => name === 'amount_cny')).toMatchObject({
      type: expect.stringMatching(/^(decimal|numeric)/) as string,
      from: ['core.sales_order.amount_cny'],
      streams: ['shop.orders.amount'],
    });
    expect(total?.columns.find(({ name }) => name === 'customer_id')?.comment).toBe('connection and id'); // of core.customer
    expect(total?.tests.map(({ kind, returnedRows }) => [kind, returnedRows])).toEqual([
      ['key', 0],
      ['accepted', 1],
      ['identity', 0],
    ]);
    expect(table('shop.orders')).toMatchObject({ kind: 'stream', readers: ['staging.sales_order'] });
  });

  test('is one page that needs no network', () => {
    const page = modelsPage(description);
    expect(page).not.toMatch(/(src|href)="(?!#)|@import|url\(|https?:/);
    expect(page).toContain('<h3>marts.customer_total</h3>');
    expect(page).toContain('1 行不符');
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g))
      expect(page).toContain(`<article id="${target ?? ''}"`);
  });

  test('shows texts as they are written, not as HTML', () => {
    const [first] = description.tables;
    const page = modelsPage({
      ...description,
      tables: first ? [{ ...first, what: '<b>"大" & \'小\'</b>' }] : [],
    });
    expect(page).toContain('&lt;b&gt;&quot;大&quot; &amp; &#39;小&#39;&lt;/b&gt;');
  });

  test('draws each table right of what it reads, and no two in one place', () => {
    const svg = graphOf(description.tables);
    const places = [...svg.matchAll(/data-name="([^"]+)"[^>]*><rect x="([\d.]+)" y="([\d.]+)"/g)];
    const xOf = new Map(places.map(([, name, x]) => [name, Number(x)]));
    expect(places.length).toBe(description.tables.length);
    expect(new Set(places.map(([, , x, y]) => `${x} ${y}`)).size).toBe(places.length);
    const edges = [...svg.matchAll(/data-from="([^"]+)" data-to="([^"]+)"/g)];
    expect(edges.length).toBe(description.tables.reduce((sum, { sources }) => sum + sources.length, 0));
    for (const [, from, to] of edges) expect(xOf.get(from)).toBeLessThan(xOf.get(to) ?? 0);
  });
});

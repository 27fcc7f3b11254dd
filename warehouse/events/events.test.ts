import { engines } from '../../test/support/engines';
import type { Warehouse } from '../warehouse';
import { appendEvents, type NewEvent } from './appendEvents';
import { verifyEvents } from './verifyEvents';

const event = (eventId: string, amount: string): NewEvent => ({
  eventId,
  kind: 'statement.made',
  actor: '王丽',
  subject: 'thread 1',
  body: { amount, note: '“预计下周” ? \u00e9' },
});

describe.each(engines)('events on $name', ({ open }) => {
  let warehouse: Warehouse;
  beforeEach(async () => {
    warehouse = await open();
  });
  afterEach(() => warehouse.close());

  it('adds each id once and chains the rows', async () => {
    expect(await appendEvents(warehouse, [event('a', '1.00'), event('b', '2.00')])).toBe(2);
    expect(await appendEvents(warehouse, [event('b', '9.00'), event('c', '3.00'), event('c', '4.00')])).toBe(
      1,
    );
    const rows = await warehouse.rows(
      "select json_text(body, 'amount') as amount from ops.event order by sequence",
    );
    expect(rows.map(({ amount }) => amount)).toEqual(['1.00', '2.00', '3.00']);
    expect(await verifyEvents(warehouse)).toBe(3);
  });

  it('keeps one chain when many append at once', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, at) => appendEvents(warehouse, [event(`e${at}`, `${at}.00`)])),
    );
    expect(await verifyEvents(warehouse)).toBe(12);
  });

  it('writes nothing when what must hold does not', async () => {
    const refused = appendEvents(warehouse, [event('a', '1.00')], async () => {
      throw new Error('somebody was faster');
    });
    await expect(refused).rejects.toThrow('somebody was faster');
    expect(await verifyEvents(warehouse)).toBe(0);
  });

  it.each([
    [
      'a changed body',
      `update ops.event set body = cast('{"amount":"7.00"}' as json) where event_id = 'b'`,
      'b',
    ],
    ['a row taken away', "delete from ops.event where event_id = 'b'", 'c'],
  ])('finds %s', async (_what, sql, broken) => {
    await appendEvents(warehouse, [event('a', '1.00'), event('b', '2.00'), event('c', '3.00')]);
    await warehouse.run(sql);
    await expect(verifyEvents(warehouse)).rejects.toThrow(`Event ${broken}`);
  });
});

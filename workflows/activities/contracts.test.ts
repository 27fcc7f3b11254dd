import { z } from 'zod';
import { defineConnector, defineStream, type Drift } from '../../connectors/kit';
import { DuckDbWarehouse } from '../../warehouse';
import { contractOf, driftOf, modelConnections } from './contracts';

const define = (drift?: Drift) =>
  defineStream({
    name: 'orders',
    vendorName: 'Order',
    key: ['id'],
    contract: z.object({ id: z.string() }),
    ...(drift && { drift }),
  });

function hostOf(own: Drift | undefined, config: { drift?: Drift; driftOf?: Record<string, Drift> } = {}) {
  const connector = defineConnector({
    name: 'toy',
    title: { zh: '玩具', en: 'Toy' },
    spec: z.object({}),
    streams: [define(own)],
    open: (settings) => settings,
    check: () => Promise.resolve(),
    async *read() {},
  });
  return {
    options: { connections: [{ name: 'erp', connector, settings: () => Promise.resolve({}), ...config }] },
  };
}

test.each([
  ['nobody says anything', undefined, {}, 'propose'],
  ['the connector', 'freeze', {}, 'freeze'],
  ['the connection, before the connector', 'freeze', { drift: 'quarantine' }, 'quarantine'],
  [
    'the stream in the config, before all',
    'freeze',
    { drift: 'quarantine', driftOf: { orders: 'propose' } },
    'propose',
  ],
  [
    'another stream in the config',
    undefined,
    { drift: 'quarantine', driftOf: { other: 'freeze' } },
    'quarantine',
  ],
] as const)('drift is as %s says', (_who, own, config, expected) => {
  const host = hostOf(own, config);
  expect(driftOf(host, 'erp', contractOf(host, 'erp', 'orders'))).toBe(expected);
});

test('a connection or a stream that is not there is named with those that are', () => {
  expect(() => contractOf(hostOf(undefined), 'crm', 'orders')).toThrow(/There is no connection crm/);
  expect(() => contractOf(hostOf(undefined), 'erp', 'returns')).toThrow(/There is no stream returns/);
});

test('models see accepted columns beside those of the contract', async () => {
  const warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
  await warehouse.run(
    `insert into meta.accepted_column (connection, stream, field, column_name, kind, contract_version, filled_rows, unfit_rows, accepted_at, accepted_by)
     values ('erp', 'orders', '备注', 'remark', '{"kind":"text"}', 'v', 0, 0, timestamp '2026-01-01', 'anna')`,
  );
  const [connection] = await modelConnections({ warehouse, ...hostOf(undefined) });
  expect(connection?.streams[0]?.fields.map(({ name, column }) => [name, column])).toEqual([
    ['id', 'id'],
    ['备注', 'remark'],
  ]);
  await warehouse.close();
});

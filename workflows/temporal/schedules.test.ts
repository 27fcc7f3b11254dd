import { Client, Connection } from '@temporalio/client';
import { ensureSchedules } from './schedules';

/** A namespace of its own, since schedules are named by connections and others' would be deleted. */
describe('schedules of the config', () => {
  let connection: Connection;
  let client: Client;
  beforeAll(async () => {
    const address = process.env.MILLRACE_TEST_TEMPORAL ?? '';
    connection = await Connection.connect({ address });
    const namespace = `schedules-${process.pid}`;
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: 86_400 } as never,
    });
    client = new Client({ connection, namespace });
  });
  afterAll(() => connection.close());

  const intervalOf = async (id: string) =>
    (await client.schedule.getHandle(id).describe()).spec.intervals?.[0]?.every;
  const inputOf = async (id: string) => {
    const { action } = await client.schedule.getHandle(id).describe();
    return action.args?.[0];
  };
  const ensure = async (...syncs: Parameters<typeof ensureSchedules>[1]) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await ensureSchedules(client, syncs);
      } catch (error) {
        if (attempt === 50) throw error; // a new namespace is known everywhere after a moment
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  };

  test('keys are compared by a schedule of each connection, and one of each stream with an interval of its own', async () => {
    const reconcile = { every: '1 days', streams: { orders: '6 hours', files: 'never' } } as const;
    expect(await ensure({ connection: 'erp', every: '15 minutes', reconcile })).toEqual([
      'freezeMonth',
      'forecastCash',
      'sync/erp',
      'reconcile/erp',
      'reconcile/erp/orders',
    ]);
    expect(await intervalOf('reconcile/erp')).toBe(86_400_000);
    expect(await intervalOf('reconcile/erp/orders')).toBe(6 * 3_600_000);
    expect(await inputOf('reconcile/erp')).toEqual({
      connection: 'erp',
      cause: 'schedule',
      except: ['orders', 'files'],
    });
    expect(await inputOf('reconcile/erp/orders')).toEqual({
      connection: 'erp',
      cause: 'schedule',
      streams: ['orders'],
    });
  });

  test('what the config no longer has goes, and a pause set by hand stays', async () => {
    const reconcile = { every: '1 days', streams: {} } as const;
    await ensure({ connection: 'erp', every: '15 minutes', reconcile });
    await client.schedule.getHandle('reconcile/erp').pause('closing of the books');
    const left = await ensure({
      connection: 'erp',
      every: '15 minutes',
      reconcile: { every: '2 days', streams: {} },
    });
    expect(left).toEqual(['freezeMonth', 'forecastCash', 'sync/erp', 'reconcile/erp']);
    const { state } = await client.schedule.getHandle('reconcile/erp').describe();
    expect(state).toMatchObject({ paused: true, note: 'closing of the books' });
    expect(await intervalOf('reconcile/erp')).toBe(2 * 86_400_000);
    await ensure({ connection: 'erp', every: '15 minutes', reconcile: { every: 'never', streams: {} } });
    await expect(client.schedule.getHandle('reconcile/erp').describe()).rejects.toThrow(
      /not found|No such schedule/i,
    );
  });
});

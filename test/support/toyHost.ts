import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { z } from 'zod';
import { defineConnector, type Stream } from '../../connectors/kit';
import { DuckDbWarehouse, projectFolder } from '../../warehouse';
import { Host } from '../../workflows';
import { startTestWorker, type TestWorker } from './temporal';
import { ToyVendor } from './toyVendor';

/** A connection `toys` whose streams have a vendor each, with a worker on the real Temporal server and a DuckDB warehouse. */
export class ToyHost {
  readonly vendors: ReadonlyMap<string, ToyVendor>;
  readonly warehouse: DuckDbWarehouse;
  readonly worker: TestWorker;
  private readonly folder: string;

  private constructor(
    vendors: ReadonlyMap<string, ToyVendor>,
    warehouse: DuckDbWarehouse,
    worker: TestWorker,
    folder: string,
  ) {
    this.vendors = vendors;
    this.warehouse = warehouse;
    this.worker = worker;
    this.folder = folder;
  }

  static async open(streams: readonly Stream[], { hasKeys = true } = {}): Promise<ToyHost> {
    const vendors = new Map(streams.map(({ name }) => [name, new ToyVendor()]));
    const folder = mkdtempSync(join(tmpdir(), 'millrace-toys-'));
    const warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
    const connector = defineConnector({
      name: 'toy',
      title: { zh: '玩具', en: 'Toy' },
      spec: z.object({}),
      streams,
      open: (config) => config,
      check: () => Promise.resolve(),
      read: (_api, stream, state, request) =>
        vendorOf(vendors, stream).source(stream).read(stream, state, request),
      ...(hasKeys && {
        keys: (_api: object, stream: Stream) =>
          vendorOf(vendors, stream).source(stream).keys?.(stream) ?? none(),
      }),
    });
    const host = new Host({
      warehouse,
      connections: [{ name: 'toys', connector, settings: () => Promise.resolve({}) }],
      spoolFolder: join(folder, 'spool'),
      folder,
      asOfDate: () => '2026-03-31',
      budgetOf: () => ({ spend: () => Promise.resolve() }),
      lookup: () => Promise.resolve([]),
      batchRows: 2,
    });
    return new ToyHost(vendors, warehouse, await startTestWorker(host), folder);
  }

  vendor(stream: string): ToyVendor {
    const vendor = this.vendors.get(stream);
    if (!vendor) throw new Error(`no vendor of ${stream}`);
    return vendor;
  }

  /** Starts a workflow over connection `toys`; builds nothing unless asked. */
  start(workflow: string, input: object, workflowId = `${workflow}-${randomUUID()}`) {
    return this.worker.client.workflow.start(workflow, {
      workflowId,
      taskQueue: this.worker.taskQueue,
      args: [{ connection: 'toys', cause: 'manual', build: false, ...input }],
    });
  }

  async run<Result>(workflow: string, input: object = {}): Promise<Result> {
    return (await (await this.start(workflow, input)).result()) as Result;
  }

  async close(): Promise<void> {
    await this.worker.close();
    await this.warehouse.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** With MILLRACE_SAVE_HISTORY=<date> a history is written to workflows/histories, where replay.test.ts keeps it valid. */
export async function keepHistory(worker: TestWorker, name: string, workflowId: string): Promise<void> {
  const date = process.env.MILLRACE_SAVE_HISTORY;
  if (!date) return;
  const history = await worker.client.workflow.getHandle(workflowId).fetchHistory();
  const file = join(projectFolder, 'workflows', 'histories', `${name}-${date}.json`);
  writeFileSync(file, historyToJSON(history).replaceAll(`${projectFolder}/`, '')); // stack traces name this machine's folders
}

function vendorOf(vendors: ReadonlyMap<string, ToyVendor>, { name }: Stream): ToyVendor {
  const vendor = vendors.get(name);
  if (!vendor) throw new Error(`no vendor of ${name}`);
  return vendor;
}

async function* none(): AsyncGenerator<string[][]> {}

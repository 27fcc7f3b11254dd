import { MillraceError } from '../../connectors/kit';
import { DuckDbWarehouse, loadStream, tableHash } from '../../warehouse';
import { order, orders, ToyVendor } from '../support/toyVendor';

/** What a loader process is told (its only argument, as JSON). */
export interface LoaderOptions {
  file: string;
  spoolFolder: string;
  /** The vendor holds this many orders … */
  rows: number;
  /** … each with a title of so many characters that no compression makes small. */
  titleChars: number;
  runId: string;
  batchRows?: number;
  /** Stays after loading, with the file open, until it is killed. */
  isHolding?: boolean;
  /** From when on root is nobody, since root may write everywhere. Not from the start: nobody may not read the program's folder. */
  isNobodyFrom?: 'opening' | 'loading';
}

/** What it prints: how the load ended, and what stands in the warehouse if that can still be told. */
export interface Outcome {
  problem?: { code: string; what: string; where: string; todo: string };
  loaded?: number;
  table?: { rows: number; hash: string };
}

async function load(options: LoaderOptions): Promise<Outcome> {
  if (options.isNobodyFrom === 'opening') becomeNobody();
  const warehouse = await DuckDbWarehouse.open({ file: options.file, memoryLimit: '300MB', threads: 2 });
  try {
    const vendor = new ToyVendor();
    vendor.pageRows = 200;
    vendor.rows = Array.from({ length: options.rows }, (_, n) =>
      order(String(100_000 + n), { title: noise(n, options.titleChars) }),
    );
    await warehouse.run(
      `insert into meta.run_stream values (?, 'toys', 'orders', 0, 0, 0, 0, 0, 0, 0, timezone('UTC', now()), null, 'running', null, null, null)`,
      [options.runId],
    );
    if (options.isNobodyFrom === 'loading') becomeNobody();
    const { loaded } = await loadStream(warehouse, {
      connection: 'toys',
      stream: orders,
      syncId: options.runId,
      source: vendor.source(),
      spoolFolder: options.spoolFolder,
      ...(options.batchRows !== undefined && { batchRows: options.batchRows }),
    });
    const table = await tableHash(warehouse, 'toys', 'orders');
    if (options.isHolding) {
      process.stdout.write(JSON.stringify({ loaded, table } satisfies Outcome));
      setInterval(() => undefined, 1_000);
      await new Promise(() => undefined);
    }
    return { loaded, table };
  } finally {
    await warehouse.close().catch(() => undefined); // a warehouse that lost its disk cannot always close in order
  }
}

/** Who is not root is refused anyway. */
function becomeNobody(): void {
  if (process.geteuid?.() !== 0) return;
  process.setegid?.(65_534);
  process.seteuid?.(65_534);
}

/** The same for the same number, and as long when compressed. */
function noise(seed: number, chars: number): string {
  let state = (seed + 1) >>> 0;
  let text = '';
  while (text.length < chars) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += (state >>> 4).toString(36);
  }
  return text.slice(0, chars);
}

function problemOf(error: unknown): NonNullable<Outcome['problem']> {
  if (!(error instanceof MillraceError)) return { code: 'none', what: String(error), where: '', todo: '' };
  const { code, what, where, todo } = error;
  return { code, what, where, todo };
}

void load(JSON.parse(process.argv[2] ?? '{}') as LoaderOptions)
  .catch((error: unknown): Outcome => ({ problem: problemOf(error) }))
  .then((outcome) => process.stdout.write(JSON.stringify(outcome), () => process.exit()));

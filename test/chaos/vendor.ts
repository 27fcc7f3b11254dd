import { Sandbox, type SandboxAnswer, type SandboxRequest } from '../../connectors/kit';
import { KINDS, type Kind, orderOf, recordsOf } from './records';

/** Small, so that a stream has many pages to be killed between. */
const PAGE_ROWS = 25;
const KEYS_PER_PAGE = 100;

/** The vendor's server. It runs in the test's own process and is never killed; what it holds follows from `round` alone. */
export class ChaosVendor extends Sandbox {
  round = 0;
  /** Milliseconds that a page takes: long enough to be killed in the middle. */
  pageMs = 0;
  /** Called with the number of pages given since the last `watch`, after each. */
  private onPage: ((pages: number) => void) | undefined;
  private pages = 0;
  private held: { round: number; rows: Map<Kind, ReturnType<typeof recordsOf>> } | undefined;

  /** Counts pages anew and tells each. */
  watch(onPage: ((pages: number) => void) | undefined): void {
    this.pages = 0;
    this.onPage = onPage;
  }

  override seed(): void {
    throw new Error('the chaos vendor holds what its round says');
  }
  override remove(): void {
    throw new Error('the chaos vendor holds what its round says');
  }

  protected override async answer({ path, query }: SandboxRequest): Promise<SandboxAnswer> {
    if (path === '/ping') return { body: { ok: true } };
    const [, what, name] = path.split('/');
    const kind = KINDS.find((one) => one === name);
    if (!kind) return { status: 404, body: { message: `there is no ${String(name)}` } };
    await new Promise((resolve) => setTimeout(resolve, this.pageMs));
    const rows = this.rows(kind);
    const body = what === 'keys' ? keyPage(rows, query) : page(rows, query);
    this.pages++;
    this.onPage?.(this.pages);
    return { body };
  }

  private rows(kind: Kind) {
    if (this.held?.round !== this.round) this.held = { round: this.round, rows: new Map() };
    const rows = this.held.rows.get(kind) ?? recordsOf(kind, this.round);
    this.held.rows.set(kind, rows);
    return rows;
  }
}

function page(rows: ReturnType<typeof recordsOf>, query: URLSearchParams): object {
  const after = query.get('after');
  const from = query.get('from') ?? '';
  const to = query.get('to');
  const due = rows.filter(
    (row) =>
      (after === null ? String(row.changed) >= from : orderOf(row) > after) &&
      (to === null || String(row.changed) <= to),
  );
  return { data: due.slice(0, PAGE_ROWS) };
}

function keyPage(rows: ReturnType<typeof recordsOf>, query: URLSearchParams): object {
  const offset = Number(query.get('offset'));
  return { data: rows.slice(offset, offset + KEYS_PER_PAGE).map(({ id }) => ({ id })) };
}

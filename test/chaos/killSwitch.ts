import type { Row, Session, Value, Warehouse } from '../../warehouse';

/** A place in the warehouse's SQL at which the process kills itself: the n-th statement that matches. */
export interface Place {
  /** Of a regular expression. */
  sql: string;
  nth: number;
  /** Before or after the statement; or after the commit of the transaction that held it. */
  moment: 'before' | 'after' | 'committed';
}

type Within = (work: (session: Session) => Promise<unknown>, options?: unknown) => Promise<unknown>;

/** kill -9 from within, at a place that no timer would hit. Nothing of the process runs after it. */
export class KillSwitch {
  private place: Place | undefined;
  private seen = 0;
  private isDue = false;

  /** From now on; undefined takes an armed place back. */
  arm(place: Place | undefined): void {
    this.place = place;
    this.seen = 0;
    this.isDue = false;
  }

  /** Watches what a warehouse runs in transactions, on either engine: all of its writing is in some. */
  watch(warehouse: Warehouse): void {
    const within = warehouse as unknown as Record<string, Within | undefined>;
    // Postgres runs some transactions beside transaction(), all of them through this one.
    const name = within.onWriter ? 'onWriter' : 'transaction';
    const inner = within[name]?.bind(warehouse);
    if (!inner) throw new Error('the warehouse has no transactions to watch');
    within[name] = async (work, options) => {
      const result = await inner((session) => work(this.watched(session)), options);
      if (this.isDue) await die();
      return result;
    };
    if (name === 'onWriter') return;
    const run = warehouse.run.bind(warehouse);
    warehouse.run = (sql, values) => this.around(sql, () => run(sql, values), true);
  }

  private watched(session: Session): Session {
    return new Proxy(session, {
      get: (target, name) => {
        if (name === 'run')
          return (sql: string, values?: readonly Value[]) => this.around(sql, () => target.run(sql, values));
        if (name === 'rows')
          return (sql: string, values?: readonly Value[]) =>
            this.around<Row[]>(sql, () => target.rows(sql, values));
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  private async around<T>(sql: string, work: () => Promise<T>, isAlone = false): Promise<T> {
    const { place } = this;
    const isHere = place !== undefined && new RegExp(place.sql).test(sql) && ++this.seen === place.nth;
    if (isHere && place.moment === 'before') await die();
    const result = await work();
    if (isHere && (place.moment === 'after' || isAlone)) await die();
    if (isHere) this.isDue = true;
    return result;
  }
}

async function die(): Promise<void> {
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => undefined);
}

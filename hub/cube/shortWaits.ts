/** What waits for a result in Cube's queue in memory. */
interface Waiting {
  /** Seconds; the timer of a wait is never cleared, also when the result is there. */
  continueWaitTimeout: number;
  getResultBlocking(...query: unknown[]): Promise<unknown>;
}

const SLICE_SECONDS = 0.25;

/** Cuts long waits into slices, so that no timer of Cube keeps a process that has done its work from ending. */
export function waitInSlices(queue: { createConnection(): Promise<unknown> }): void {
  const createConnection = queue.createConnection.bind(queue);
  queue.createConnection = async () => {
    const connection = (await createConnection()) as Waiting;
    const slices = Math.ceil(connection.continueWaitTimeout / SLICE_SECONDS);
    const wait = connection.getResultBlocking.bind(connection);
    connection.continueWaitTimeout = SLICE_SECONDS;
    connection.getResultBlocking = async (...query) => {
      for (let slice = 1; slice < slices; slice++) {
        const asked = performance.now();
        const result = await wait(...query);
        if (result || performance.now() - asked < (SLICE_SECONDS * 1_000) / 2) return result; // null at once: no such query
      }
      return wait(...query);
    };
    return connection;
  };
}

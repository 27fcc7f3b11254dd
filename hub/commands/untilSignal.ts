/** Resolves at the first SIGINT or SIGTERM; a second one is the same wish, not another one. */
export function untilSignal(): Promise<void> {
  let isStopping = false;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (!isStopping) console.log('Stopping …');
        isStopping = true;
        resolve();
      });
    }
  });
}

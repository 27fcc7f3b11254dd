import type { SetupOptions } from '../setup/setup';
import { startHub } from '../start/startHub';

/** Runs the hub until SIGINT or SIGTERM; a second signal is the same wish, not another one. */
export async function start(options: SetupOptions & { port: number }): Promise<void> {
  let isStopping = false;
  const stop = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (!isStopping) console.log('Stopping …');
        isStopping = true;
        resolve();
      });
    }
  });
  const starting = startHub({ ...options, print: (line) => console.log(line) });
  const hub = await Promise.race([starting, stop.then(() => undefined)]);
  if (hub) {
    console.log(`\nOpen this link (it signs you in, once):\n\n    ${hub.link()}\n\nStop with Ctrl-C.`);
    await stop;
    await hub.close();
  } else {
    await starting.then(
      (late) => late.close(),
      () => undefined,
    ); // it closes what it opened when it fails
  }
}

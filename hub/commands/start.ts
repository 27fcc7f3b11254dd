import { type HubOptions, startHub } from '../start/startHub';
import { untilSignal } from './untilSignal';

export type StartOptions = Omit<HubOptions, 'print'>;

/** Runs the hub until SIGINT or SIGTERM. */
export async function start(options: StartOptions): Promise<void> {
  const stop = untilSignal();
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

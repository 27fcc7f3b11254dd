import { isRunning } from '../../../warehouse';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { bad, type Check, ok, warn, type Place } from '../finding';

const PATIENCE_MS = 3_000;
const noteSchema = z.object({ pid: z.number(), address: z.string() });

export const temporal: Check<Place> = {
  name: 'temporal',
  async run({ dataFolder, hasHub }) {
    const elsewhere = process.env.TEMPORAL_ADDRESS;
    if (elsewhere !== undefined && elsewhere !== '') {
      if (await answers(elsewhere)) return [ok('The Temporal server answers', elsewhere)];
      return [
        bad(
          'The Temporal server does not answer: nothing is synced',
          `TEMPORAL_ADDRESS=${elsewhere}`,
          'Start it, or correct the address',
        ),
      ];
    }
    const note = noteIn(join(dataFolder, 'temporal', 'temporal.json'));
    if (!note || !isRunning(note.pid))
      return hasHub
        ? [
            bad(
              'The Temporal server of the hub is gone',
              `folder ${dataFolder}`,
              'Start the hub again; it goes on where it was',
            ),
          ]
        : [];
    if (hasHub) return [ok('The Temporal server of the hub runs', note.address)];
    return [
      warn(
        'A Temporal server runs without its hub, which was killed',
        `process ${note.pid}, ${note.address}`,
        'Start the hub, it takes it over; or end this process',
      ),
    ];
  },
};

function noteIn(file: string): z.infer<typeof noteSchema> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return noteSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function answers(address: string): Promise<boolean> {
  const [host = '', port = '7233'] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: PATIENCE_MS });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

import { MillraceError } from '../../connectors/kit';
import type { SetupOptions } from '../setup/setup';
import { Progress } from '../start/progress';
import { readHubNote } from '../work/hubNote';
import { openLocalWork } from '../work/localWork';
import { remoteWork } from '../work/remoteWork';
import type { Work } from '../work/work';

/** Does a command's work: asks the hub that runs over the data folder, else opens what it needs here. */
export async function withWork<T>(options: SetupOptions, work: (work: Work) => Promise<T>): Promise<T> {
  const note = readHubNote(options.data);
  const progress = new Progress((line) => console.error(line));
  const open = note ? remoteWork(note) : openLocalWork(options, (stream) => progress.stream(stream));
  const interrupted = new Promise<never>((_resolve, reject) => {
    process.once('SIGINT', () =>
      reject(
        new MillraceError('internal', {
          what: 'Stopped by Ctrl-C',
          todo: 'The next run goes on where this one was',
        }),
      ),
    );
  });
  try {
    return await Promise.race([work(open), interrupted]);
  } finally {
    await open.close(); // the embedded Temporal server is a child of ours: it would outlive us
  }
}

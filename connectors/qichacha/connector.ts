import { defineConnector, MillraceError } from '../kit';
import { Bureau } from './bureau';
import { spec } from './config';
import { planOf } from './plan';
import { scan } from './scan';
import { answers } from './streams';

export const qichacha = defineConnector({
  name: 'qichacha',
  title: { zh: '企查查', en: 'Qichacha' },
  spec,
  streams: [answers],
  open: (config, kit) => new Bureau(config, kit),
  /** Makes no call: the bureau has none that is free, and bills a question about nobody too. The first read proves the key. */
  check: () => Promise.resolve(),
  async *read(bureau, _stream, state, request) {
    if (request.from !== undefined || request.to !== undefined) {
      throw new MillraceError('bad_request', {
        what: 'The bureau cannot be asked about a range of days',
        todo: 'Sync the connection without dates; companies whose last check is old enough are asked about',
      });
    }
    yield* scan(bureau, await bureau.lookup('bureau_targets'), state);
  },
  plan: async (bureau, _stream, state) =>
    planOf(bureau.config, await bureau.lookup('bureau_targets'), bureau.now(), state),
});

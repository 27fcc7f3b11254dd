import { compareSequence, INCREMENTAL, PLAIN } from '../../test/models/incrementalShop';
import { openShop } from '../../test/models/shop';
import { engines } from '../../test/support/engines';

describe.each(engines)('incremental models on $name', ({ open }) => {
  test.each(
    [3, 555, 65_537].flatMap((seed) => [
      { seed, name: 'with a join in the connector', files: INCREMENTAL },
      { seed, name: 'with a lookup alone', files: PLAIN },
    ]),
  )('hold what a full build gives in sequence $seed $name', async ({ seed, files }) => {
    const one = await openShop(await open(), files);
    const other = await openShop(await open(), files);
    try {
      const { difference, incrementalBuilds } = await compareSequence(one, other, seed, 30);
      expect(difference).toBeUndefined();
      expect(incrementalBuilds).toBeGreaterThan(20);
    } finally {
      await one.close();
      await other.close();
    }
  });
});

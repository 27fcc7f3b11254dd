import { existsSync } from 'node:fs';
import { dirtyRecords } from './dirtyRecords';
import { measure } from './measureLinks';
import { measureVariants, variantsFile } from './variants';

/** `npm run bench -- identity`, small; the aims stand over the large set (docs/identity.md). */
test('4,000 made records: links are right, most of what belongs together is, and candidates hold most of the rest', () => {
  const { records, links, payers, candidates } = measure(dirtyRecords(11, 4_000));
  expect(records).toBeGreaterThan(3_500);
  expect(links.right / links.linked).toBeGreaterThanOrEqual(0.998);
  expect(links.right / links.true).toBeGreaterThanOrEqual(0.9);
  expect(payers.right / payers.led).toBeGreaterThanOrEqual(0.998);
  expect(payers.right / payers.known).toBeGreaterThanOrEqual(0.9);
  expect(candidates.found / candidates.missing).toBeGreaterThanOrEqual(0.75);
  expect(candidates.pairs).toBeLessThan(records / 4);
});

test('names with a true customer: a name alone is no proof, so little is linked and all is found', () => {
  const variants = measureVariants();
  if (!variants) return expect(existsSync(variantsFile())).toBe(false); // the set is only read where it lies
  const [linked, suggested] = variants.rules;
  expect(variants.names).toBe(1_430);
  expect(linked?.linked ?? 0).toBeLessThan(variants.pairs / 10);
  expect((suggested?.right ?? 0) / variants.pairs).toBeGreaterThan(0.95);
});

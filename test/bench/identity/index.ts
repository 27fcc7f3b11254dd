import { dirtyRecords } from './dirtyRecords';
import { type Measured, measure } from './measureLinks';
import { measureVariants } from './variants';

const RECORDS = 50_000;
/** Never looked at while rules and points were made; those were 1 to 3. */
const SEEDS = [101, 102] as const;

/** `npm run bench -- identity [seed]`: precision and recall of automatic links, payers and candidates over 50,000 made records. */
export function identityBench(...seeds: readonly number[]): void {
  for (const seed of seeds.length > 0 ? seeds : SEEDS) print(seed, measure(dirtyRecords(seed, RECORDS)));
  const variants = measureVariants();
  if (!variants) return console.log('\nnames-variants is not there (MILLRACE_REALDATA)');
  console.log(
    `\nnames-variants, ${variants.names} names of ${variants.customers} customers, no codes, no places\n`,
  );
  console.log('| rule | pairs | precision | recall |\n| --- | --- | --- | --- |');
  for (const { rule, linked, right } of variants.rules)
    console.log(`| ${rule} | ${linked} | ${percent(right, linked)} | ${percent(right, variants.pairs)} |`);
}

function print(seed: number, { records, links, payers, byDirt, candidates, seconds }: Measured): void {
  console.log(
    `\nseed ${seed}: ${records} records, links in ${seconds.links.toFixed(1)} s, candidates in ${seconds.candidates.toFixed(1)} s\n`,
  );
  console.log('| automatic | pairs | precision | recall |\n| --- | --- | --- | --- |');
  console.log(
    `| records | ${links.linked} | ${percent(links.right, links.linked)} | ${percent(links.right, links.true)} |`,
  );
  console.log(
    `| payers | ${payers.led} | ${percent(payers.right, payers.led)} | ${percent(payers.right, payers.known)} |`,
  );
  console.log(
    '\n| candidates | pairs | precision | recall of what is not linked |\n| --- | --- | --- | --- |',
  );
  console.log(
    `| all | ${candidates.pairs} | ${percent(candidates.right, candidates.pairs)} | ${percent(candidates.found, candidates.missing)} |`,
  );
  console.log(
    `| 70 and more | ${candidates.sure} | ${percent(candidates.sureRight, candidates.sure)} | ${percent(candidates.sureRight, candidates.missing)} |`,
  );
  console.log('\n| what was done | records | with their own | with a stranger |\n| --- | --- | --- | --- |');
  for (const [dirt, { records: all, found, wrong }] of [...byDirt].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  ))
    console.log(`| ${dirt} | ${all} | ${percent(found, all)} | ${percent(wrong, all)} |`);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '—' : `${((part / whole) * 100).toFixed(2)} %`;
}

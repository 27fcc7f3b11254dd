import { makeCompany } from '../../../demo/company/makeCompany';
import { labelledRuns } from './labelledSet';
import { type Figures, measure } from './measure';
import { growth } from './size';

const TODAY = '2026-11-24';
const WEEKS = 20;
/** The second one was never looked at while the matcher was made. */
const SEEDS = [1, 7] as const;

/** `npm run bench -- matching`: precision, recall and what is left to people over a labelled set; then how time grows with size. */
export function matchingBench(): void {
  for (const seed of SEEDS) {
    const company = makeCompany({ seed, today: TODAY });
    const { all, byNastiness, byClass, seconds } = measure(labelledRuns(company, seed, WEEKS));
    console.log(`\nseed ${seed}: ${all.lines} lines in ${WEEKS} runs, ${seconds.toFixed(1)} s\n`);
    console.log(
      '| lines | n | automatic | by value | precision | by value | recall | left to people, by value |',
    );
    console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
    console.log(rowOf('all', all));
    for (const [name, figures] of [...byNastiness].sort(([, one], [, other]) => other.lines - one.lines))
      console.log(rowOf(name, figures));
    console.log('\n| class | n | share by value | first explanation right |\n| --- | --- | --- | --- |');
    for (const [name, figures] of byClass)
      console.log(
        `| ${name} | ${figures.lines} | ${percent(figures.cents, all.cents)} | ${percent(figures.found, figures.lines)} |`,
      );
  }
  console.log('\n| lines | items | s |\n| --- | --- | --- |');
  for (const { lines, items, seconds } of growth([1_250, 2_500, 5_000, 10_000]))
    console.log(`| ${lines} | ${items} | ${seconds.toFixed(2)} |`);
}

/** Recall: lines whose first explanation is right, applied or suggested, of all lines; those that pay nothing yet included. */
const rowOf = (
  name: string,
  { lines, cents, automatic, automaticCents, right, rightCents, found }: Figures,
): string =>
  `| ${[
    name,
    lines,
    percent(automatic, lines),
    percent(automaticCents, cents),
    percent(right, automatic),
    percent(rightCents, automaticCents),
    percent(found, lines),
    percent(cents - automaticCents, cents),
  ].join(' | ')} |`;

function percent(part: number | bigint, whole: number | bigint): string {
  const share = Number(part) / Number(whole);
  return Number.isNaN(share) ? '—' : `${(share * 100).toFixed(1)} %`;
}

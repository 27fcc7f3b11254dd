import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../../../warehouse';
import { crmWarehouse, exampleConfig } from './crmWarehouse';
import { type CrmFigures, pipelineFigures, stageFigures } from './figures';

const mavenExpected = z.object({ stages: z.record(z.string(), z.number()) }).catchall(z.number());
const logExpected = z.object({
  events: z.number(),
  cases: z.number(),
  cases_reaching: z.record(z.string(), z.number()),
  time_between: z.record(z.string(), z.record(z.string(), z.number())),
});

/**
 * `npm run bench -- crm`: real CRM files through the connector `files` and the models, against the control totals that came with
 * them. The sets lie beside the project (MILLRACE_REALDATA). A figure that differs makes the command fail.
 */
export async function benchCrm(): Promise<void> {
  const real = process.env.MILLRACE_REALDATA ?? join(projectFolder, '..', 'shared', 'realdata');
  const ran = [
    await comparison(join(real, 'crm-maven'), maven),
    await comparison(join(real, 'stage-log-bpic2012'), stageLog),
  ];
  if (ran.some((isEqual) => !isEqual)) process.exitCode = 1;
}

interface Compared {
  expected: CrmFigures;
  found: CrmFigures;
}

async function comparison(folder: string, compare: (folder: string) => Promise<Compared>): Promise<boolean> {
  if (!existsSync(join(folder, 'expected.json'))) {
    console.error(`${folder} is not there: say in MILLRACE_REALDATA where the sets lie`);
    return false;
  }
  const started = performance.now();
  const { expected, found } = await compare(folder);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const differ = Object.keys(expected).filter((name) => Number(expected[name]) !== Number(found[name]));
  console.log(
    `\n${folder}: ${Object.keys(expected).length} figures, ${differ.length} differ, ${seconds} s\n`,
  );
  console.log('| figure | expected | found |\n| --- | --- | --- |');
  for (const [name, value] of Object.entries(expected))
    console.log(
      `| ${name} | ${value} | ${found[name] ?? '-'}${differ.includes(name) ? ' **differs**' : ''} |`,
    );
  return differ.length === 0;
}

async function maven(folder: string): Promise<Compared> {
  const { stages, ...totals } = mavenExpected.parse(expectedOf(folder));
  const warehouse = await crmWarehouse(exampleConfig('crm-maven', folder), '2017-06-30');
  try {
    return {
      expected: { ...textsOf(totals), ...textsOf(stages, 'stages.') },
      found: await pipelineFigures(warehouse),
    };
  } finally {
    await warehouse.close();
  }
}

async function stageLog(folder: string): Promise<Compared> {
  const { events, cases, cases_reaching, time_between } = logExpected.parse(expectedOf(folder));
  const pairs = Object.keys(time_between).map((name) => name.split(' -> ') as [string, string]);
  const warehouse = await crmWarehouse(exampleConfig('stage-log', folder), '2011-12-15');
  try {
    const times = Object.entries(time_between).map(([name, figures]) => textsOf(figures, `${name}.`));
    return {
      expected: Object.assign(
        { ...textsOf({ events, cases }), ...textsOf(cases_reaching, 'cases_reaching.') },
        ...times,
      ) as CrmFigures,
      found: await stageFigures(warehouse, pairs),
    };
  } finally {
    await warehouse.close();
  }
}

const expectedOf = (folder: string): unknown =>
  JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));

const textsOf = (figures: Record<string, number>, prefix = ''): CrmFigures =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${prefix}${name}`, String(value)]));

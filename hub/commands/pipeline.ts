import { type Command, InvalidArgumentError } from 'commander';
import type { Row } from '../../warehouse';
import type { StallFilter } from '../pipeline/pipelineWork';
import type { SetupOptions } from '../setup/setup';
import { toDay } from './dayArgument';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };

const STEPS = [
  'open_start',
  'new',
  'reopened',
  'raised',
  'lowered',
  'won',
  'lost',
  'invalid',
  'owner_moved',
  'close_moved',
  'open_end',
  'won_amount',
  'passed',
] as const;

interface ChangesOptions {
  since?: string;
  until?: string;
  region?: string;
  owner?: string;
  line?: string;
  closing?: string;
  details?: boolean;
  as: string;
}

/** Adds `millrace pipeline` and `millrace stall` (docs/pipeline.md). */
export function addPipelineCommands(program: Command, common: Common): void {
  program
    .command('pipeline')
    .description('the sales pipeline')
    .command('changes')
    .description('what moved since Monday, or between two days (FUN-9)')
    .option(
      '--since <day>',
      'first day; its 00:00 is the start. Default: Monday (on Mondays the Monday before)',
      toDay,
    )
    .option('--until <day>', 'last day; its end is the end. Default: today', toDay)
    .option('--region <name>', 'only this region')
    .option('--owner <id>', 'only this owner')
    .option('--line <name>', 'only this business line')
    .option('--closing <month>', 'only what is expected to close in this month, YYYY-MM', toMonth)
    .option('--details', 'each opportunity that moved')
    .option('--as <user>', 'with the rights of this user', 'admin')
    .action(async (options: ChangesOptions) => {
      const rows = await withWork(common(), (work) => work.query(changesQuery(options), options.as));
      printRows(options.details ? rows.map(withoutView) : steps(rows), common().json ?? false);
    });
  addStalls(program, common);
}

function addStalls(program: Command, common: Common): void {
  const stall = program.command('stall').description('opportunities that nothing moves (FUN-10)');
  stall
    .command('list')
    .description('stalls of today, the largest first')
    .option('--all', 'also those that are snoozed')
    .option('--region <name>', 'only this region')
    .option('--owner <id>', 'only this owner')
    .option('--customer <id or name>', 'only this customer')
    .option('--as <user>', 'with the rights of this user', 'admin')
    .action(async ({ as, ...filter }: StallFilter & { as: string }) => {
      const rows = await withWork(common(), (work) => work.pipeline.stalls(filter, as));
      printRows(common().json ? rows : rows.map(shown), common().json ?? false);
    });
  stall
    .command('snooze <opportunity>')
    .description('put a stall off, at most twice and for 30 days (id of the opportunity, or its name)')
    .requiredOption('--until <day>', 'last day on which it stays away', toDay)
    .requiredOption('--reason <text>', 'why nothing can move now')
    .option('--as <user>', 'with the rights of this user', 'admin')
    .action(
      async (opportunity: string, { until, reason, as }: { until: string; reason: string; as: string }) => {
        const snoozed = await withWork(common(), (work) =>
          work.pipeline.snooze({ stall: opportunity, until, reason }, as),
        );
        if (common().json) return console.log(JSON.stringify(snoozed, null, 2));
        console.log(`snoozed until ${snoozed.until}; ${snoozed.left} more for this stall`);
      },
    );
  stall
    .command('wake <opportunity>')
    .description('take the latest snooze back')
    .option('--as <user>', 'with the rights of this user', 'admin')
    .action(async (opportunity: string, { as }: { as: string }) => {
      await withWork(common(), (work) => work.pipeline.wake(opportunity, as));
      console.log(common().json ? '{}' : 'woken');
    });
}

const VIEW = 'pipeline_changes_between';

function changesQuery({ since, until, region, owner, line, closing, details }: ChangesOptions): object {
  const wanted = {
    from_day: since,
    to_day: until,
    region,
    owner_id: owner,
    business_line: line,
    expected_close_month: closing,
  };
  const filters = Object.entries(wanted).flatMap(([name, value]) =>
    value === undefined ? [] : [{ member: `${VIEW}.${name}`, operator: 'equals', values: [value] }],
  );
  if (!details) return { measures: STEPS.map((step) => `${VIEW}.${step}`), filters };
  return {
    dimensions: [
      'step',
      'opportunity_name',
      'customer_name',
      'owner_name',
      'change_amount',
      'expected_close_date',
      'opportunity_id',
    ].map((name) => `${VIEW}.${name}`),
    filters: [
      ...filters,
      { member: `${VIEW}.step`, operator: 'notEquals', values: ['open_start', 'open_end'] },
    ],
    order: { [`${VIEW}.step`]: 'asc', [`${VIEW}.change_amount`]: 'desc', [`${VIEW}.opportunity_id`]: 'asc' },
  };
}

/** One line for each step; a step that nothing took is zero. */
function steps([row]: readonly Row[]): Row[] {
  return STEPS.map((step) => ({ step, cny: row?.[`${VIEW}.${step}`] ?? '0.00' }));
}

const withoutView = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(`${VIEW}.`, ''), value]));

const shown = (row: Row): Row => ({
  opportunity: row.opportunity_name ?? null,
  customer: row.customer_name ?? null,
  owner: row.owner_name ?? null,
  stage: row.stage_name ?? null,
  amount: row.amount_cny ?? null,
  days: row.stall_days ?? null,
  last_movement: row.last_movement_date ?? null,
  by: row.last_movement_kind ?? null,
  snoozed_until: row.is_snoozed === true ? (row.snoozed_until ?? null) : null,
  id: row.opportunity_id ?? null,
});

function toMonth(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('a month looks like 2026-01.');
  return text;
}

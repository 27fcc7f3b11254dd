import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import type { Row } from '../../warehouse';
import { ADMIN } from '../access/users';
import type { ListMatches, SplitPart } from '../matching/matchWork';
import type { SetupOptions } from '../setup/setup';
import { printRows } from './output';
import { withWork } from './withWork';

type Common = () => SetupOptions & { json?: boolean };
type State = NonNullable<ListMatches['state']>;
type Wanted = NonNullable<ListMatches['matchClass']>;

const STATES: readonly State[] = ['open', 'matched', 'differs'];
const CLASSES: Readonly<Record<string, Wanted>> = {
  strong: 'suggested_strong',
  check: 'suggested_check',
  none: 'none',
};

/** Adds `millrace match run|list|show|confirm|decline|split|undo` (matching/README.md). */
export function addMatchCommands(program: Command, common: Common): void {
  const match = program.command('match').description('which bank line pays what, with reasons');
  match
    .command('run')
    .description('match what is open; a sync does it by itself')
    .action(async () => {
      const outcome = await withWork(common(), ({ matching }) => matching.run());
      printRows([{ runId: outcome.runId, ...outcome.counts }], common().json ?? false);
    });
  match
    .command('list')
    .description('bank lines that wait for a decision, or what was decided')
    .option('--state <state>', `${STATES.join(', ')}: the ERP booked it otherwise`, toState, 'open')
    .option('--class <class>', 'of open ones: strong, check, none', toClass)
    .option('--customer <id>', 'only of this customer')
    .option('--limit <n>', 'how many', toLimit, 50)
    .action(async (options: { state: State; class?: Wanted; customer?: string; limit: number }) =>
      list(common(), options),
    );
  match
    .command('show <line>')
    .description('one bank line: every suggestion with its points and reasons, and what was decided')
    .action(async (line: string) => {
      const detail = await withWork(common(), ({ matching }) => matching.show(line, ADMIN));
      if (common().json) return console.log(JSON.stringify(detail, null, 2));
      printRows([detail.line], false);
      for (const suggestion of detail.suggestions) console.log(describe(suggestion));
      if (detail.decisions.length > 0)
        printRows(
          detail.decisions.map((row) =>
            columnsOf(row, ['kind', 'actor', 'match_id', 'reason', 'happened_at']),
          ),
          false,
        );
    });
  match
    .command('confirm [lines...]')
    .description('the first suggestion of these bank lines is right')
    .option('--strong', 'of all bank lines with a strong suggestion')
    .option('--match <id...>', 'automatic matches that you have looked at')
    .option('--by <name>', 'who says so', userInfo().username)
    .action(async (lines: string[], options: { strong?: boolean; match?: string[]; by: string }) => {
      const { strong, match: matches, by } = options;
      const decided = await withWork(common(), ({ matching }) =>
        matching.confirm({
          by,
          ...(lines.length > 0 && { lines }),
          ...(strong && { allStrong: true }),
          ...(matches && { matches }),
        }),
      );
      printRows([{ matches: decided.matches.length, amountCny: decided.amountCny }], common().json ?? false);
    });
  match
    .command('decline <line>')
    .description('its suggestion is wrong; it is not made again')
    .option('--rank <n>', 'which suggestion', toLimit, 1)
    .option('--customer', 'nothing of this customer, not only this combination')
    .requiredOption('--why <text>', 'why')
    .option('--by <name>', 'who says so', userInfo().username)
    .action(async (line: string, options: { rank: number; customer?: boolean; why: string; by: string }) => {
      const { customer = false, ...input } = options;
      await withWork(common(), ({ matching }) => matching.decline({ line, customer, ...input }));
      console.log('Declined');
    });
  match
    .command('split <line> <parts...>')
    .description(
      'what it pays, by hand: AR0001=1200.00, with a fee kept AR0001=1200.00+15.00:bank_fee, a rest =30.00',
    )
    .option('--payer <id>', 'the customer who paid')
    .option('--why <text>', 'why')
    .option('--by <name>', 'who says so', userInfo().username)
    .action(async (line: string, parts: string[], options: { payer?: string; why?: string; by: string }) => {
      const decided = await withWork(common(), ({ matching }) =>
        matching.split({ line, parts: parts.map(toPart), ...options }),
      );
      printRows(
        [{ match: decided.matches[0] ?? null, amountCny: decided.amountCny }],
        common().json ?? false,
      );
    });
  match
    .command('undo <match>')
    .description('take a match back; it is not made again')
    .requiredOption('--why <text>', 'why')
    .option('--by <name>', 'who says so', userInfo().username)
    .action(async (id: string, { why, by }: { why: string; by: string }) => {
      await withWork(common(), ({ matching }) => matching.undo({ match: id, why, by }));
      console.log('Undone');
    });
}

async function list(
  options: ReturnType<Common>,
  {
    state,
    class: matchClass,
    customer,
    limit,
  }: { state: State; class?: Wanted; customer?: string; limit: number },
): Promise<void> {
  const rows = await withWork(options, ({ matching }) =>
    matching.list(
      { state, limit, ...(matchClass && { matchClass }), ...(customer !== undefined && { customer }) },
      ADMIN,
    ),
  );
  if (options.json) return console.log(JSON.stringify(rows, null, 2));
  const columns =
    state === 'open'
      ? [
          'bank_transaction_id',
          'value_date',
          'amount_cny',
          'payer_name',
          'remark',
          'match_class',
          'score',
          'why_en',
        ]
      : [
          'match_id',
          'value_date',
          'amount_cny',
          'payer_name',
          'customer_name',
          'status',
          'rule',
          'decided_by',
          'is_different',
        ];
  printRows(
    rows.map((row) => columnsOf(row, columns)),
    false,
  );
}

const columnsOf = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]));

const describe = ({ rank, match_class, rule, score, margin, points, parts, why_en }: Row): string =>
  [
    `${String(rank)}. ${String(match_class)}, ${String(rule)}: ${String(score)} points, ${String(margin)} ahead`,
    `  ${String(why_en)}`,
    `  ${String(points)}`,
    ...(JSON.parse(String(parts)) as { documentId: string | null; kind: string; cents: string }[]).map(
      ({ documentId, kind, cents }) => `  ${documentId ?? 'no document'}  ${kind}  ${cents}`,
    ),
  ].join('\n');

function toPart(text: string): SplitPart {
  const found =
    /^([^=]*)=(\d+(?:\.\d{1,2})?)(?:\+(\d+(?:\.\d{1,2})?):(bank_fee|discount|deduction|rounding))?$/.exec(
      text,
    );
  const [, document = '', amount = '', kept, kind] = found ?? [];
  if (!found) throw new InvalidArgumentError(`"${text}": write AR0001=1200.00 or =30.00 for a rest.`);
  return {
    amount,
    ...(document !== '' && { document }),
    ...(kept !== undefined && {
      kept: { amount: kept, kind: kind as NonNullable<SplitPart['kept']>['kind'] },
    }),
  };
}

function toState(text: string): State {
  const state = STATES.find((one) => one === text);
  if (!state) throw new InvalidArgumentError(`one of ${STATES.join(', ')}.`);
  return state;
}

function toClass(text: string): Wanted {
  const found = CLASSES[text];
  if (!found) throw new InvalidArgumentError(`one of ${Object.keys(CLASSES).join(', ')}.`);
  return found;
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000)
    throw new InvalidArgumentError('a whole number from 1 to 1000.');
  return limit;
}

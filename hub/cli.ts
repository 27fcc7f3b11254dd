import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { init } from './commands/init';
import { printError, printRows } from './commands/output';
import { start } from './commands/start';
import { withWork } from './commands/withWork';
import { isDay } from './setup/day';

interface Common {
  data: string;
  config?: string;
  json?: boolean;
}

const program = new Command('millrace')
  .description('Orders, risk, customers and cash of a manufacturer in one warehouse')
  .option('--data <folder>', 'data folder', '.millrace')
  .option('--config <file>', 'config file (default: millrace.yaml where there is one, else the demo company)')
  .option('--json', 'one JSON document on standard output')
  .exitOverride()
  .showHelpAfterError();

const common = () => program.opts<Common>();
const isJson = () => common().json ?? false;

program
  .command('start')
  .description('the hub: syncs, builds, serves the pages')
  .option('--port <n>', 'port on loopback', toPort, 4000)
  .option('--demo', 'the demo company, although a config is there')
  .option('--today <day>', "the demo company's day, YYYY-MM-DD", toDay)
  .action(async (options: { port: number; demo?: boolean; today?: string }) =>
    start({ ...common(), ...options }),
  );

program
  .command('init')
  .description('write a commented config')
  .action(() => console.log(`Wrote ${init(common().config)}. Fill it in, then run: npx millrace check`));

program
  .command('check [connection]')
  .description('every login and stream: what is wrong and what to do')
  .action(async (connection?: string) => {
    const lines = await withWork(common(), (work) => work.check(connection));
    if (isJson()) console.log(JSON.stringify(lines, null, 2));
    else
      for (const line of lines)
        console.log(
          `${line.isOk ? '✓' : '✗'} ${line.connection}${line.stream ? `.${line.stream}` : ' login'}${line.problem ? `\n${line.problem}` : ''}`,
        );
    if (lines.length === 0)
      console.error('There are no connections in the config: take "# " away in front of those you have');
    if (lines.some(({ isOk }) => !isOk)) process.exitCode = 1;
  });

program
  .command('sync [connection]')
  .description('sync one or all connections and build what changed')
  .option('--stream <name...>', 'only these streams')
  .option('--full', 'read everything again')
  .option('--from <time>', 'backfill from this cursor value on; the cursor stays')
  .option('--to <time>', 'backfill up to this cursor value')
  .option('--reconcile', 'also mark what the vendor deleted')
  .option('--confirm-deletes', 'mark them although they are many')
  .action(async (connection: string | undefined, options: SyncOptions) => {
    await withWork(common(), async (work) => {
      const names = connection
        ? [connection]
        : (await work.status()).sources.map((source) => source.connection);
      const results = [];
      for (const name of names)
        results.push({ connection: name, ...(await work.sync({ connection: name, ...syncInput(options) })) });
      if (isJson()) console.log(JSON.stringify(results, null, 2));
      else
        printRows(
          results.flatMap(({ streams, connection: name }) =>
            streams.map(({ error, ...stream }) => ({
              connection: name,
              ...stream,
              error: error?.what ?? null,
            })),
          ),
          false,
        );
    });
  });

program
  .command('build')
  .description('build, test and publish what reads changed streams')
  .option('--select <models>', 'these and what reads them: core.customer+,marts.collection+')
  .option('--all', 'every model, changed or not')
  .action(async ({ select, all }: { select?: string; all?: boolean }) => {
    const models = select?.split(',').map((name) => name.trim().replace(/\+$/, ''));
    const outcome = await withWork(common(), (work) =>
      work.build({ ...(models && { select: models }), ...(all && { isAll: true }) }),
    );
    printRows([{ ...outcome }], isJson());
  });

const runs = program
  .command('runs')
  .description('what ran, with counts and row hashes')
  .action(async () => {
    printRows(await withWork(common(), (work) => work.runs()), isJson());
  });
runs
  .command('show <id>')
  .description('one run with its streams')
  .action(async (id: string) => {
    const detail = await withWork(common(), (work) => work.run(id));
    if (isJson()) console.log(JSON.stringify(detail, null, 2));
    else {
      printRows([detail.run], false);
      printRows(detail.streams, false);
    }
  });

program
  .command('status')
  .description('freshness of every source')
  .action(async () => {
    const status = await withWork(common(), (work) => work.status());
    if (isJson()) console.log(JSON.stringify(status, null, 2));
    else {
      console.log(
        `as of ${status.asOf}, generation ${status.generation ?? '—'}, built ${status.builtAt ?? '—'}`,
      );
      printRows(
        status.sources.map(({ connection, connector, lastSuccessAt, late, status: state, lastError }) => ({
          connection,
          connector,
          lastSuccessAt,
          late,
          status: state,
          lastError,
        })),
        false,
      );
    }
  });

program
  .command('query <json>')
  .description('rows of a Cube query, with the rights of a user')
  .option('--as <user>', 'user or employee number', 'admin')
  .action(async (text: string, { as }: { as: string }) => {
    const query = parseQuery(text);
    printRows(await withWork(common(), (work) => work.query(query, as)), isJson());
  });

program
  .command('sql <select>')
  .description('read-only SQL over the warehouse')
  .action(async (sql: string) => printRows(await withWork(common(), (work) => work.sql(sql)), isJson()));

const quarantine = program.command('quarantine').description('rows that stepped aside');
quarantine
  .command('list')
  .description('by reason')
  .action(async () => printRows(await withWork(common(), (work) => work.quarantine()), isJson()));

interface SyncOptions {
  stream?: string[];
  full?: boolean;
  from?: string;
  to?: string;
  reconcile?: boolean;
  confirmDeletes?: boolean;
}

function syncInput({ stream, full, from, to, reconcile, confirmDeletes }: SyncOptions) {
  const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return {
    ...(stream && { streams: stream }),
    ...(full && { isFull: true }),
    ...(Object.keys(range).length > 0 && { range }),
    ...(reconcile && { reconcile: true }),
    ...(confirmDeletes && { confirmDeletes: true }),
  };
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('a port is a whole number up to 65535.');
  return port;
}

function toDay(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('a day looks like 2026-01-31.');
  return text;
}

function parseQuery(text: string): object {
  try {
    const query = JSON.parse(text) as unknown;
    if (typeof query === 'object' && query !== null) return query;
  } catch {
    // said below
  }
  const example = `'{"measures":["collections.amount"]}'`;
  throw new CommanderError(
    2,
    'millrace.query',
    `The query is no JSON object. Write for example: npx millrace query ${example}`,
  );
}

async function main(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.code === 'millrace.query') console.error(error.message);
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      process.exitCode = printError(error, isJson());
    }
  }
}

// Ends the process although native threads may still run, but not before a pipe has taken all of a long answer.
void main().then(() => process.stdout.write('', () => process.exit()));

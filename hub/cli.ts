import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { addBackfillCommands } from './commands/backfill';
import { backup } from './commands/backup';
import { addBankCommands } from './commands/bank';
import { addBenchmarkCommands } from './commands/benchmark';
import { addColumnCommands } from './commands/columns';
import { addCustomerCommands } from './commands/customers';
import { addCustomer360Command } from './commands/customer360';
import { toDay } from './commands/dayArgument';
import { writeDocs } from './commands/docs';
import { doctor } from './commands/doctor';
import { addForecastCommand } from './commands/forecast';
import { addFreezeCommand } from './commands/freeze';
import { addFinanceCommands } from './commands/finance';
import { addHealthCommands } from './commands/health';
import { init } from './commands/init';
import { addMatchCommands } from './commands/match';
import { addOutcomeCommands } from './commands/outcomes';
import { printError, printRows } from './commands/output';
import { addPipelineCommands } from './commands/pipeline';
import { addQuarantineCommands } from './commands/quarantine';
import { addRiskCommands } from './commands/risk';
import { addReconcileCommand } from './commands/reconcile';
import { server } from './commands/server';
import { restore } from './commands/restore';
import { start } from './commands/start';
import { addStatementCommands } from './commands/statements';
import { addSyncCommand } from './commands/sync';
import { upgrade } from './commands/upgrade';
import { withWork } from './commands/withWork';
import { worker } from './commands/worker';

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
  .command('server')
  .description('pages, API, Cube and schedules; workers run elsewhere (docs/operating.md)')
  .option('--port <n>', 'port', toPort, 4000)
  .option('--host <address>', 'where it listens', '127.0.0.1')
  .option('--public-url <url>', 'the address that people use, where a proxy stands before the hub')
  .action(async (options: { port: number; host: string; publicUrl?: string }) =>
    server({ ...common(), ...options }),
  );

program
  .command('worker')
  .description('syncs and builds for a server; any number of them (docs/operating.md)')
  .option('--port <n>', 'port of /healthz; 0: any free one', toPort, 0)
  .option('--host <address>', 'where /healthz listens', '127.0.0.1')
  .option('--at-once <n>', 'streams and builds at once', toCount)
  .action(async (options: { port: number; host: string; atOnce?: number }) =>
    worker({ ...common(), ...options }),
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

addBenchmarkCommands(program, common);
addSyncCommand(program, common);
addReconcileCommand(program, common);
addBackfillCommands(program, common);

program
  .command('build')
  .description('build, test and publish what reads changed streams')
  .option(
    '--select <models>',
    'core.customer; with what reads it: customer+; with what it reads: +customer; several: a+,b',
  )
  .option('--all', 'every model, changed or not')
  .action(async ({ select, all }: { select?: string; all?: boolean }) => {
    const outcome = await withWork(common(), (work) =>
      work.build({ ...(select !== undefined && { select: [select] }), ...(all && { isAll: true }) }),
    );
    printRows([{ ...outcome }], isJson());
  });

program
  .command('docs')
  .description('what every table holds and where it comes from, as one HTML page')
  .option('--out <folder>', 'where to write it (default: docs in the data folder)')
  .action(async ({ out = join(common().data, 'docs') }: { out?: string }) => {
    const description = await withWork(common(), (work) => work.models());
    if (isJson()) console.log(JSON.stringify(description, null, 2));
    else console.log(`Wrote ${writeDocs(description, out)}`);
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
      if (detail.streams.length > 0 || detail.models.length === 0) printRows(detail.streams, false);
      if (detail.models.length > 0) printRows(detail.models, false);
      if (detail.tests.length > 0) printRows(detail.tests, false);
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

addStatementCommands(program, common);
addFreezeCommand(program, common);
addHealthCommands(program, common);
addFinanceCommands(program, common);
addMatchCommands(program, common);
addCustomerCommands(program, common);
addPipelineCommands(program, common);
addRiskCommands(program, common);
addBankCommands(program, common);
addQuarantineCommands(program, common);
addColumnCommands(program, common);
addForecastCommand(program, common);
addCustomer360Command(program, common);
addOutcomeCommands(program, common);

program
  .command('backup')
  .description('a copy of the warehouse and the config, while everything goes on (docs/backup.md)')
  .option('--out <folder>', "holds the backups (default: the config's, else backups in the data folder)")
  .option('--keep <n>', 'remove the oldest until this many are left', toCount)
  .action(async (options: { out?: string; keep?: number }) => backup({ ...common(), ...options }));

program
  .command('restore <backup>')
  .description(
    'into the new folder that --data names, or into an empty Postgres database; every row is compared',
  )
  .option('--into <url>', 'an empty Postgres database instead of a DuckDB file')
  .action(async (folder: string, { into }: { into?: string }) => {
    const { data, json } = common();
    const isNamed = into === undefined || program.getOptionValueSource('data') === 'cli';
    await restore({
      backup: folder,
      ...(isNamed && { data }),
      ...(into !== undefined && { into }),
      ...(json && { json }),
    });
  });

program
  .command('upgrade')
  .description('what a newer version needs of an older warehouse: a backup first, then all of it')
  .option('--out <folder>', 'where the backup goes')
  .action(async (options: { out?: string }) => upgrade({ ...common(), ...options }));

program
  .command('doctor')
  .description('disk, clock, backups, calendar, late sources and files: what is wrong and what to do')
  .action(async () => doctor(common()));

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('a port is a whole number up to 65535.');
  return port;
}

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 100)
    throw new InvalidArgumentError('a whole number from 1 to 100.');
  return count;
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

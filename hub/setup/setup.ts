import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { DEMO_COMPANY, type FinanceTruths, type RunningDemo, startDemo } from '../../demo';
import type { Connection } from '../../workflows';
import { loadConfig } from '../config/loadConfig';
import { type Config, configSchema } from '../config/schema';
import { warehouseAddress } from '../config/warehouseAddress';
import { connectors } from '../connectors';
import type { Caps } from '../runtime/bureauBudget';
import { addDays, today } from './day';

export interface SetupOptions {
  /** Data folder, `--data`. */
  data: string;
  /** Config file, `--config`; default millrace.yaml where there is one. */
  config?: string;
  /** The demo company although a config file is there. */
  demo?: boolean;
  /** The demo company's day; tests fix it. */
  today?: string;
}

/** What a hub or a command works with: from millrace.yaml, or the demo company. */
export interface Setup {
  dataFolder: string;
  folder: string;
  config: Config;
  connections: Connection[];
  budgets: Map<string, Caps>;
  isDemo: boolean;
  /** What people of the demo company entered in the hub: written at its first start. */
  demoFinance?: () => Promise<FinanceTruths>;
  asOfDate(): string;
  close(): Promise<void>;
}

export const DEFAULT_CONFIG = 'millrace.yaml';

export function openSetup(options: SetupOptions): Setup {
  const file = configFile(options);
  return file === undefined
    ? fromDemo(resolve(options.data), options.today)
    : fromConfig(resolve(options.data), file);
}

/** The config alone, for those who only read the warehouse: no source is opened, no sandbox started. */
export function readConfig(options: SetupOptions): Config {
  const file = configFile(options);
  return file === undefined ? demoConfig({}) : loadConfig(file).config;
}

/** Errors: `config_invalid` where the demo company is all there is: each process would make one of its own. */
export function mustHaveConfig(options: SetupOptions, command: string): void {
  if (configFile(options) !== undefined) return;
  throw new MillraceError('config_invalid', {
    what: `millrace ${command} needs a config file: all processes read the same sources`,
    where: `file ${DEFAULT_CONFIG}`,
    todo: 'Write one with: npx millrace init, or name it with --config FILE; the demo company runs with: npx millrace start',
  });
}

/** The demo company in the warehouse that MILLRACE_WAREHOUSE names, if it names one. */
function demoConfig(connections: Record<string, unknown>): Config {
  const config = configSchema.parse({ company: DEMO_COMPANY, asOf: 'yesterday', connections });
  const warehouse = warehouseAddress(undefined, '.', (what) => {
    throw new MillraceError('config_invalid', {
      what,
      where: 'environment MILLRACE_WAREHOUSE',
      todo: 'Correct it, or take it away: the warehouse is then DuckDB in the data folder',
    });
  });
  return { ...config, ...(warehouse !== undefined && { warehouse }) };
}

/** Undefined: the demo company. */
export function configFile({ config, demo }: SetupOptions): string | undefined {
  if (demo) return undefined;
  return config ?? (existsSync(DEFAULT_CONFIG) ? DEFAULT_CONFIG : undefined);
}

function fromConfig(dataFolder: string, file: string): Setup {
  const { config, folder, connections } = loadConfig(file);
  return {
    dataFolder,
    folder,
    config,
    connections,
    budgets: budgetsOf(config),
    isDemo: false,
    asOfDate: () => (config.asOf === 'today' ? today() : addDays(today(), -1)),
    close: () => Promise.resolve(),
  };
}

/** Which connectors the demo company is read by; their settings come from the demo when its servers listen. */
const DEMO_CONNECTORS = {
  kingdee: 'kingdee',
  fxiaoke: 'fxiaoke',
  qichacha: 'qichacha',
  bank: 'bank',
} as const;

/** The demo company lives behind its connectors' sandboxes; making it takes seconds, in a thread, and nobody waits for it here. */
function fromDemo(dataFolder: string, fixedToday: string | undefined): Setup {
  const demo = startDemo({
    folder: join(dataFolder, 'demo'),
    today: fixedToday ?? today(),
    seed: 1,
    live: fixedToday === undefined,
  });
  demo.catch(() => undefined); // whoever asks for settings gets the failure
  const entries = Object.entries(DEMO_CONNECTORS).map(([name, connector]) => {
    const isPaid = connector === 'qichacha';
    return [
      name,
      {
        connector,
        every: isPaid ? '1 days' : '5 minutes',
        ...(isPaid && { budget: { dayCny: '700.00', monthCny: '3000.00' } }),
      },
    ];
  });
  const config = demoConfig(Object.fromEntries(entries));
  return {
    dataFolder,
    folder: dataFolder,
    config,
    connections: Object.entries(DEMO_CONNECTORS).map(([name, kind]) => demoConnection(name, kind, demo)),
    budgets: budgetsOf(config),
    isDemo: true,
    demoFinance: async () => (await demo).truths.finance,
    asOfDate: () => addDays(fixedToday ?? today(), -1),
    close: async () => {
      await (await demo.catch(() => undefined))?.stop();
    },
  };
}

function demoConnection(name: string, kind: string, demo: Promise<RunningDemo>): Connection {
  const connector = connectors.get(kind);
  if (!connector) throw new Error(`the demo company names a connector that is not there: ${kind}`);
  return {
    name,
    connector,
    async settings() {
      const found = (await demo).connections.find((connection) => connection.name === name);
      if (!found) throw new Error(`the demo company has no ${name}`);
      return connector.spec.parse(found.config);
    },
  };
}

function budgetsOf(config: Config): Map<string, Caps> {
  return new Map(
    Object.entries(config.connections).flatMap(([name, { budget }]) => (budget ? [[name, budget]] : [])),
  );
}

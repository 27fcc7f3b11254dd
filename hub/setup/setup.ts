import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startDemo } from '../../demo';
import type { Connection } from '../../workflows';
import { loadConfig } from '../config/loadConfig';
import { type Config, configSchema } from '../config/schema';
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
  asOfDate(): string;
  close(): Promise<void>;
}

export const DEFAULT_CONFIG = 'millrace.yaml';

export async function openSetup(options: SetupOptions): Promise<Setup> {
  const file = configFile(options);
  return file === undefined ? fromDemo(resolve(options.data), options.today) : fromConfig(resolve(options.data), file);
}

/** The config alone, for those who only read the warehouse: no source is opened, no sandbox started. */
export function readConfig(options: SetupOptions): Config {
  const file = configFile(options);
  return file === undefined ? configSchema.parse({ company: 'demo', connections: {} }) : loadConfig(file).config;
}

/** Undefined: the demo company. */
function configFile({ config, demo }: SetupOptions): string | undefined {
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

/** The demo company lives behind its connectors' sandboxes; its config is made here, not written to a file. */
async function fromDemo(dataFolder: string, fixedToday: string | undefined): Promise<Setup> {
  const demo = await startDemo({ folder: join(dataFolder, 'demo'), today: fixedToday ?? today(), seed: 1, live: fixedToday === undefined });
  const entries = demo.connections.map(({ name, connector, config }) => {
    const budget = connector === 'qichacha' ? { budget: { dayCny: '600.00', monthCny: '3000.00' } } : {};
    return [name, { connector, config, every: connector === 'qichacha' ? '1 days' : '5 minutes', ...budget }];
  });
  const config = configSchema.parse({ company: demo.company, asOf: 'yesterday', connections: Object.fromEntries(entries) });
  return {
    dataFolder,
    folder: dataFolder,
    config,
    connections: demo.connections.map(({ name, connector, config: settings }) => connectionOf(name, connector, settings)),
    budgets: budgetsOf(config),
    isDemo: true,
    asOfDate: () => addDays(fixedToday ?? today(), -1),
    close: () => demo.stop(),
  };
}

function connectionOf(name: string, kind: string, settings: unknown): Connection {
  const connector = connectors.get(kind);
  if (!connector) throw new Error(`the demo company names a connector that is not there: ${kind}`);
  return { name, connector, config: connector.spec.parse(settings) };
}

function budgetsOf(config: Config): Map<string, Caps> {
  return new Map(Object.entries(config.connections).flatMap(([name, { budget }]) => (budget ? [[name, budget]] : [])));
}

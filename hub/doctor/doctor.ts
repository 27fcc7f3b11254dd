import { resolve } from 'node:path';
import { MillraceError, messageOf } from '../../connectors/kit';
import type { Warehouse } from '../../warehouse';
import { mustHaveWarehouse, openWarehouse } from '../runtime/openWarehouse';
import { configFile, readConfig, type SetupOptions } from '../setup/setup';
import { backups } from './checks/backups';
import { bankFiles } from './checks/bankFiles';
import { builds } from './checks/builds';
import { calendar } from './checks/calendar';
import { clock } from './checks/clock';
import { dataFolder } from './checks/dataFolder';
import { disk } from './checks/disk';
import { events } from './checks/events';
import { leftovers } from './checks/leftovers';
import { memory } from './checks/memory';
import { migrations } from './checks/migrations';
import { quarantine } from './checks/quarantine';
import { rawTables } from './checks/rawTables';
import { secrets } from './checks/secrets';
import { sources } from './checks/sources';
import { temporal } from './checks/temporal';
import { versions } from './checks/versions';
import type { Check, Finding, Patient, Place } from './finding';

/** One more check is a file in `checks/` and its name here or below. */
const OF_FOLDER: readonly Check<Place>[] = [dataFolder, disk, memory, secrets, temporal, leftovers];

const OF_WAREHOUSE: readonly Check[] = [
  versions,
  clock,
  backups,
  migrations,
  rawTables,
  sources,
  bankFiles,
  builds,
  quarantine,
  calendar,
  events,
];

/** Looks at everything that goes wrong with time (H4). A check that fails is a finding, not an end. */
export async function examine(patient: Patient): Promise<Finding[]> {
  return [...(await examinePlace(patient)), ...(await runChecks(OF_WAREHOUSE, patient))];
}

/** What can be seen without the warehouse. */
export function examinePlace(place: Place): Promise<Finding[]> {
  return runChecks(OF_FOLDER, place);
}

/** Without a hub: a config with mistakes and a warehouse that cannot be opened are findings, the other checks go on. */
export async function examineFolder(options: SetupOptions): Promise<Finding[]> {
  let place: Place;
  try {
    place = {
      options,
      config: readConfig(options),
      dataFolder: resolve(options.data),
      configFile: configFile(options),
      now: new Date(),
      hasHub: false,
    };
  } catch (error) {
    return [found('config', error)];
  }
  let warehouse: Warehouse;
  try {
    warehouse = await open(place);
  } catch (error) {
    return [found('warehouse', error), ...(await examinePlace(place))];
  }
  try {
    return await examine({ ...place, warehouse });
  } finally {
    await warehouse.close();
  }
}

const PATIENCE_MS = 5_000;

async function open({ config, dataFolder: folder }: Place): Promise<Warehouse> {
  mustHaveWarehouse(config, folder);
  return openWarehouse({ config, dataFolder: folder, tell: () => undefined, limitMs: PATIENCE_MS });
}

async function runChecks<On extends Place>(checks: readonly Check<On>[], on: On): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, run } of checks) {
    try {
      for (const said of await run(on)) findings.push({ check: name, ...said });
    } catch (error) {
      findings.push(found(name, error));
    }
  }
  return findings;
}

function found(check: string, error: unknown): Finding {
  const { what, where, todo } =
    error instanceof MillraceError
      ? error
      : { what: `This could not be looked at: ${messageOf(error)}`, where: '', todo: '' };
  return { check, level: 'bad', what, where: where || null, todo: todo || 'Tell us, with this text' };
}

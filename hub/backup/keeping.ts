import { resolve } from 'node:path';
import type { Warehouse } from '../../warehouse';
import type { Config } from '../config/schema';
import { examine } from '../doctor/doctor';
import { configFile, type SetupOptions } from '../setup/setup';
import type { Work } from '../work/work';
import { makeBackup } from './makeBackup';

/** What keeps a warehouse safe, over one that is open: in the hub, or in the command itself. */
export function keepingOver(
  warehouse: Warehouse,
  options: SetupOptions,
  config: Config,
): Pick<Work, 'backup' | 'doctor'> {
  return {
    backup: (input) => makeBackup(warehouse, options, input, { cause: 'manual' }),
    doctor: () =>
      examine({
        options,
        config,
        warehouse,
        dataFolder: resolve(options.data),
        configFile: configFile(options),
        now: new Date(),
        hasHub: true,
      }),
  };
}

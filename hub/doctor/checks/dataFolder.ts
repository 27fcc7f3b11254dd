import { randomUUID } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../connectors/kit';
import { bad, type Check, ok, type Place } from '../finding';

export const dataFolder: Check<Place> = {
  name: 'data_folder',
  run({ dataFolder: folder }) {
    const where = `folder ${folder}`;
    if (!existsSync(folder))
      return [bad('There is no data folder', where, 'Start the hub, or name the folder with --data')];
    const file = join(folder, `.doctor-${randomUUID()}`);
    try {
      writeFileSync(file, '');
      rmSync(file);
      return [ok('The data folder can be written', where)];
    } catch (error) {
      return [
        bad(
          `The data folder cannot be written: ${messageOf(error)}`,
          where,
          'Give this user the right to write there; a disk that went read-only has a fault: look into the system log',
        ),
      ];
    }
  },
};

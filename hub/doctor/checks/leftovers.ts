import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { backupFolder } from '../../backup/makeBackup';
import { type Check, ok, warn, type Place } from '../finding';

/** What killed processes left. The next start, backup or restore removes it by itself. */
export const leftovers: Check<Place> = {
  name: 'leftovers',
  run({ dataFolder, options, hasHub }) {
    const found = [
      { folder: backupFolder(options), what: 'backups that were broken off', is: /\.partial-/ },
      { folder: dataFolder, what: 'restores that were broken off', is: /^warehouse\.duckdb\.restoring/ },
      ...(hasHub
        ? []
        : [{ folder: join(dataFolder, 'spool'), what: 'spool files of killed syncs', is: /./ }]),
    ].flatMap(({ folder, what, is }) => {
      const names = existsSync(folder) ? readdirSync(folder).filter((name) => is.test(name)) : [];
      return names.length === 0
        ? []
        : [
            warn(
              `${names.length} ${what}`,
              `folder ${folder}`,
              'Nothing: the next start or backup removes them',
            ),
          ];
    });
    return found.length > 0 ? found : [ok('Nothing was left by killed processes')];
  },
};

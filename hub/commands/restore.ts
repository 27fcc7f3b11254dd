import { restoreData } from '../backup/restoreData';
import { printRows } from './output';

interface RestoreOptions {
  backup: string;
  /** Undefined: none was named, only the warehouse is restored. */
  data?: string;
  into?: string;
  json?: boolean;
}

/** `millrace restore`: never through a hub, since what it fills is new. */
export async function restore({ backup, data, into, json }: RestoreOptions): Promise<void> {
  const { manifest, tables, warehouse, config } = await restoreData({
    backup,
    ...(data !== undefined && { data }),
    ...(into !== undefined && { into }),
  });
  if (json) {
    console.log(
      JSON.stringify(
        { backup, warehouse, config: config ?? null, tables, secrets: manifest.secrets },
        null,
        2,
      ),
    );
    return;
  }
  printRows(
    tables.map(({ table, rows, rowHash, isEqual }) => ({
      table,
      rows,
      rowHash,
      isEqual: isEqual ? 'equal' : 'NOT EQUAL',
    })),
    false,
  );
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(
    `\nRestored ${rows.toLocaleString('en-US')} rows of ${tables.length} tables as of ${manifest.startedAt}, each compared, into ${warehouse}`,
  );
  if (manifest.secrets.length > 0)
    console.log(`Needed besides:\n${manifest.secrets.map((one) => `  ${one}`).join('\n')}`);
  const start = ['npx millrace start', data && `--data ${data}`, config && `--config ${config}`];
  console.log(
    into === undefined
      ? `Start it with: ${start.filter(Boolean).join(' ')}`
      : `Write it into the config, or set MILLRACE_WAREHOUSE, then start: ${start.filter(Boolean).join(' ')}`,
  );
}

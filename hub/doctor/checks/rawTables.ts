import { quoted } from '../../../warehouse';
import { bad, type Check, ok } from '../finding';

/** One row for each record of a source: merges keep it so, this looks whether they did. */
export const rawTables: Check = {
  name: 'raw_tables',
  async run({ warehouse }) {
    const tables = await warehouse.rows(
      "select table_name from information_schema.columns where table_schema = 'raw' and column_name = '_row_hash' order by table_name",
    );
    const twice = [];
    let rows = 0;
    for (const { table_name: name } of tables) {
      const [row] = await warehouse.rows(
        `select count(*) as n, count(distinct _source_id) as keys from raw.${quoted(String(name))}`,
      );
      rows += Number(row?.n);
      if (row?.n !== row?.keys)
        twice.push(
          bad(
            `${Number(row?.n) - Number(row?.keys)} records are there twice`,
            `table raw.${String(name)}`,
            'Restore a backup, or read the stream anew: npx millrace sync <connection> --stream <stream> --full. Tell us: this must not happen',
          ),
        );
    }
    if (twice.length > 0) return twice;
    return tables.length === 0 ? [] : [ok(`${tables.length} raw tables hold each of ${rows} records once`)];
  },
};

import { millraceVersion } from '../../backup/version';
import { bad, type Check, ok } from '../finding';

const NODE = [20, 19] as const;

export const versions: Check = {
  name: 'versions',
  async run({ warehouse }) {
    const [row] = await warehouse.rows('select version() as version');
    const engine =
      warehouse.dialect.engine === 'duckdb' ? `DuckDB ${String(row?.version)}` : String(row?.version);
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    if (major < NODE[0] || (major === NODE[0] && minor < NODE[1]))
      return [
        bad(
          `Node.js ${process.versions.node} is too old`,
          null,
          `Install Node.js ${NODE.join('.')} or later`,
        ),
      ];
    return [ok(`Millrace ${millraceVersion()}, Node.js ${process.versions.node}, ${engine}`)];
  },
};

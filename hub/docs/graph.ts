import type { TableDescription } from '../../warehouse';
import { escaped } from './escaped';

interface Placed {
  table: TableDescription;
  x: number;
  y: number;
}

const NODE = { width: 176, height: 18, gapX: 64, gapY: 6 } as const;
const MARGIN = 12;
const SWEEPS = 6;

/**
 * The graph of all tables as SVG: each stands right of what it reads, in its column near the middle of its neighbours. A layout
 * of our own, forty lines, since the graph has no cycles and a hundred nodes.
 */
export function graphOf(tables: readonly TableDescription[]): string {
  const columns = ordered(layers(tables));
  const placed = new Map<string, Placed>();
  const most = Math.max(1, ...columns.map(({ length }) => length));
  for (const [layer, column] of columns.entries()) {
    for (const [index, table] of column.entries()) {
      const x = MARGIN + layer * (NODE.width + NODE.gapX);
      const row = index + (most - column.length) / 2; // columns stand in the middle
      placed.set(table.name, { table, x, y: MARGIN + row * (NODE.height + NODE.gapY) });
    }
  }
  const width = 2 * MARGIN + columns.length * (NODE.width + NODE.gapX) - NODE.gapX;
  const height = 2 * MARGIN + most * (NODE.height + NODE.gapY);
  const edges = tables.flatMap(({ name, sources }) =>
    sources.map((source) => edgeOf(placed.get(source), placed.get(name))),
  );
  return `<svg class="graph" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<g class="edges">${edges.join('')}</g>
<g class="nodes">${[...placed.values()].map(nodeOf).join('')}</g>
</svg>`;
}

/** Columns from the left: a table stands one right of the last thing it reads. */
function layers(tables: readonly TableDescription[]): TableDescription[][] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const depths = new Map<string, number>();
  const depthOf = (table: TableDescription): number => {
    const known = depths.get(table.name);
    if (known !== undefined) return known;
    depths.set(table.name, 0); // a circle cannot be, the runner refuses it
    const read = table.sources.flatMap((source) => byName.get(source) ?? []);
    const least = table.kind === 'model' ? 2 : table.kind === 'staging' || table.kind === 'seed' ? 1 : 0;
    const depth = Math.max(least, ...read.map((source) => depthOf(source) + 1));
    depths.set(table.name, depth);
    return depth;
  };
  const columns: TableDescription[][] = [];
  for (const table of tables) (columns[depthOf(table)] ??= []).push(table);
  return Array.from(columns, (column) => column ?? []);
}

/** Barycentres: each column sorted by the mean place of its neighbours, there and back, so that fewer lines cross. */
function ordered(columns: readonly TableDescription[][]): TableDescription[][] {
  const place = new Map<string, number>();
  const note = () => {
    for (const column of columns)
      for (const [index, { name }] of column.entries()) place.set(name, (index + 0.5) / column.length);
  };
  note();
  const mean = (names: readonly string[], own: string) => {
    const places = names.flatMap((name) => place.get(name) ?? []);
    if (places.length === 0) return place.get(own) ?? 0;
    return places.reduce((sum, one) => sum + one, 0) / places.length;
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const around = sweep % 2 === 0 ? 'sources' : 'readers';
    for (const column of sweep % 2 === 0 ? columns : [...columns].reverse()) {
      column.sort((one, other) => mean(one[around], one.name) - mean(other[around], other.name));
      for (const [index, { name }] of column.entries()) place.set(name, (index + 0.5) / column.length);
    }
  }
  return columns.map((column) => [...column]);
}

function edgeOf(from: Placed | undefined, to: Placed | undefined): string {
  if (!from || !to) return '';
  const start = from.x + NODE.width;
  const startY = from.y + NODE.height / 2;
  const endY = to.y + NODE.height / 2;
  const bend = Math.max(24, (to.x - start) / 2);
  const path = `M${start} ${startY}C${start + bend} ${startY} ${to.x - bend} ${endY} ${to.x} ${endY}`;
  return `<path data-from="${escaped(from.table.name)}" data-to="${escaped(to.table.name)}" d="${path}"/>`;
}

function nodeOf({ table, x, y }: Placed): string {
  const name = escaped(table.name);
  const kind = table.name.startsWith('marts.') ? 'mart' : table.kind;
  return `<a href="#${name}" data-name="${name}" class="${kind}"><rect x="${x}" y="${y}" width="${NODE.width}" height="${NODE.height}" rx="3"/><text x="${x + 6}" y="${y + 13}">${name}</text><title>${escaped(table.what)}</title></a>`;
}

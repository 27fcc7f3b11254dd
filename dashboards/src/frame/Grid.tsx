import { Button, Table } from '@mantine/core';
import {
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, Copy } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Row } from '../api/cube';
import { useFilters } from '../filters';
import { count } from '../format';
import { useWords } from '../words';
import { useNarrow } from './useNarrow';

export type Column = {
  key: string;
  title: string;
  isNumber?: boolean;
  cell?: (row: Row) => ReactNode;
  /** what is copied and read out; without it the value itself */
  text?: (row: Row) => string;
  /** the order of values that are words; small is first */
  rank?: (row: Row) => number;
  className?: string;
};

type Props = {
  label: string;
  rows: readonly Row[];
  /** must be stable between renders */
  columns: readonly Column[];
  /** keys of the columns that order the rows at first: figures from the largest, texts and ranks from the smallest */
  sort?: string | readonly string[];
  total?: Row | undefined;
  totalLabel?: ReactNode;
  note?: ReactNode;
  height?: number;
};

const LINE_PX = 33; // 6 + 20 + 6 and a border
const TOUCH_LINE_PX = 45;
const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/**
 * A real table with sorting, virtual rows and a total line. The total comes from the server for the whole filtered set:
 * adding up the rows on screen is how two totals come to disagree.
 */
export function Grid({ label, rows, columns, sort = [], total, totalLabel, note, height = 430 }: Props) {
  const words = useWords('frame');
  const narrow = useNarrow();
  const box = useRef<HTMLDivElement>(null);
  const definitions = useMemo(() => columns.map(toDefinition), [columns]);
  const initial = [sort].flat().flatMap((key) => {
    const column = columns.find((one) => one.key === key);
    return column ? [{ id: key, desc: isFigure(column) }] : [];
  });
  const table = useTable({
    features,
    data: rows,
    columns: definitions,
    initialState: { sorting: initial },
  });
  const sorted = table.getRowModel().rows.map((row) => row.original);
  const line = narrow ? TOUCH_LINE_PX : LINE_PX;
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => box.current,
    estimateSize: () => line,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <>
      <div
        ref={box}
        className="grid-box"
        style={{ maxHeight: height }}
        tabIndex={0}
        role="region"
        aria-label={label}
        onKeyDown={arrows}
      >
        <Table
          fz={13}
          verticalSpacing={narrow ? 12 : 6}
          horizontalSpacing={8}
          highlightOnHover
          stickyHeader
          aria-rowcount={sorted.length + 1}
        >
          <Table.Thead bg="var(--page)">
            <Table.Tr>
              {columns.map(({ key, title, isNumber }) => {
                const column = table.getColumn(key);
                const way = column?.getIsSorted();
                return (
                  <Table.Th
                    key={key}
                    scope="col"
                    className={isNumber ? 'num' : undefined}
                    aria-sort={way ? (way === 'asc' ? 'ascending' : 'descending') : undefined}
                  >
                    <button type="button" className="plain" onClick={column?.getToggleSortingHandler()}>
                      {title}
                      {way === 'asc' && <ArrowUp size={12} aria-hidden />}
                      {way === 'desc' && <ArrowDown size={12} aria-hidden />}
                    </button>
                  </Table.Th>
                );
              })}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {before > 0 && <tr style={{ height: before }} />}
            {items.map(({ index }) => (
              <GridRow key={index} index={index} row={sorted[index]} columns={columns} />
            ))}
            {after > 0 && <tr style={{ height: after }} />}
          </Table.Tbody>
          {total && <TotalRow total={total} label={totalLabel} columns={columns} />}
        </Table>
      </div>
      <div className="grid-foot muted">
        <span>{note}</span>
        <CopyButton rows={sorted} columns={columns} label={words.copy} />
      </div>
    </>
  );
}

const text = (column: Column, row: Row) => column.text?.(row) ?? row[column.key] ?? '';

const isFigure = ({ isNumber, rank }: Column) => isNumber === true && !rank;

function toDefinition(column: Column): ColumnDef<typeof features, Row> {
  const { key, isNumber, rank } = column;
  const isRanked = isNumber ?? rank !== undefined;
  return {
    id: key,
    accessorFn: (row) => {
      if (rank) return rank(row);
      return isNumber ? Number(row[key] ?? Number.NEGATIVE_INFINITY) : (row[key] ?? '');
    },
    sortDescFirst: isFigure(column),
    sortFn: (one, other, id) =>
      isRanked
        ? compare(one.getValue<number>(id), other.getValue<number>(id))
        : one.getValue<string>(id).localeCompare(other.getValue<string>(id), 'zh-CN'),
  };
}

const compare = (one: number, other: number) => (one === other ? 0 : one < other ? -1 : 1);

function GridRow({
  index,
  row,
  columns,
}: {
  index: number;
  row: Row | undefined;
  columns: readonly Column[];
}) {
  if (!row) return null;
  return (
    <Table.Tr aria-rowindex={index + 2}>
      {columns.map((column) => (
        <Table.Td key={column.key} className={`${column.isNumber ? 'num' : ''} ${column.className ?? ''}`}>
          {column.cell?.(row) ?? text(column, row)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function TotalRow({ total, label, columns }: { total: Row; label: ReactNode; columns: readonly Column[] }) {
  const firstFigure = Math.max(
    1,
    columns.findIndex((column) => total[column.key] != null),
  );
  return (
    <Table.Tfoot className="foot">
      <Table.Tr>
        <Table.Th scope="row" colSpan={firstFigure}>
          {label}
        </Table.Th>
        {columns.slice(firstFigure).map((column) => (
          <Table.Td key={column.key} className={column.isNumber ? 'num' : undefined}>
            <b>{total[column.key] != null && text(column, total)}</b>
          </Table.Td>
        ))}
      </Table.Tr>
    </Table.Tfoot>
  );
}

/** Copies every row of the list, not those that happen to be drawn. */
function CopyButton({
  rows,
  columns,
  label,
}: {
  rows: readonly Row[];
  columns: readonly Column[];
  label: string;
}) {
  const words = useWords('frame');
  const { lang } = useFilters().filters;
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const lines = rows.map((row) => columns.map((column) => text(column, row)));
    const all = [columns.map((column) => column.title), ...lines];
    await navigator.clipboard.writeText(all.map((line) => line.join('\t')).join('\n'));
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      className="touch"
      leftSection={<Copy size={12} />}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{copied ? words.copied(count(String(rows.length), lang)) : label}</span>
    </Button>
  );
}

/** Arrow keys go from row to row; Enter opens, since each row starts with a link. */
function arrows(event: KeyboardEvent<HTMLDivElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody [data-row]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

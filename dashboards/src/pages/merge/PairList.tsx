import { useEffect, useRef, useState } from 'react';
import { useMergeWords } from '../../words/merge';
import { hasTwoCodes, PairRow } from './PairRow';
import type { Decide } from './useDecide';
import type { Waiting } from './useQueue';

const SHOWN = 100;

type Props = { rows: readonly Waiting[]; mayDecide: boolean; decide: Decide };

/** Worked through by keys: the pair that is chosen is the one that keys are for. */
export function PairList({ rows, mayDecide, decide }: Props) {
  const words = useMergeWords();
  const box = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const [asking, setAsking] = useState<string>();
  const shown = rows.slice(0, SHOWN);
  const place = Math.min(at, Math.max(0, shown.length - 1));
  const keyOf = (row: Waiting) => `${row.record_a} ${row.record_b ?? ''}`;

  const focus = (next: number) => {
    const row = box.current?.querySelectorAll<HTMLElement>('li[data-pair]')[next];
    if (!row) return;
    setAt(next);
    row.focus();
  };
  const refsOf = (row: Waiting) => [row.record_a, row.record_b ?? ''] as const;
  const look = (row: Waiting) => {
    if (row.record_b !== null && mayDecide) void decide.look(refsOf(row));
  };
  const merge = (row: Waiting) => {
    if (!mayDecide) return;
    if (row.record_b === null || hasTwoCodes(row)) setAsking(keyOf(row));
    else void decide.merge(refsOf(row));
  };
  const apart = (row: Waiting) => {
    if (row.record_b !== null && mayDecide) void decide.keepApart(refsOf(row));
  };
  const undo = () => {
    const { last } = decide;
    if (last && !last.preview && last.kind !== 'undone') void decide.undo(last.decision);
  };
  const keys: Record<string, (row: Waiting) => void> = {
    j: () => focus(place + 1),
    ArrowDown: () => focus(place + 1),
    k: () => focus(place - 1),
    ArrowUp: () => focus(place - 1),
    Enter: look,
    m: merge,
    x: apart,
    u: undo,
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
      if (target.closest('input, textarea, select, [role="dialog"], [role="combobox"]')) return;
      if (event.key === 'Enter' && target.closest('a, button')) return;
      const act = keys[event.key];
      const row = shown[place];
      if (event.key === 'u') undo();
      else if (act && row) act(row);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });

  if (shown.length === 0) return <p className="centred">{words.nothingOfKind}</p>;
  return (
    <ul className="merge-list" ref={box} aria-label={words.queue}>
      {shown.map((row, number) => (
        <PairRow
          key={keyOf(row)}
          row={row}
          isChosen={number === place}
          isAsking={asking === keyOf(row)}
          mayDecide={mayDecide}
          decide={decide}
          choose={() => setAt(number)}
          merge={() => merge(row)}
          apart={() => apart(row)}
          look={() => look(row)}
          stopAsking={() => setAsking(undefined)}
        />
      ))}
    </ul>
  );
}

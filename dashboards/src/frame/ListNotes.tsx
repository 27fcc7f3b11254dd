import { X } from 'lucide-react';
import { MOST_ROWS, type Row } from '../api/cube';
import { useFilters, type Address } from '../filters';
import { count, money, sameAmount, type Value } from '../format';
import { useWords } from '../words';
import { Go } from './Go';

type TotalProps = {
  n: Value;
  /** the figure above that these rows explain, under its name */
  against?: { what: string; figure: Value; total: Value } | undefined;
};

/** How many rows, and whether their total is the figure that was clicked: both computed by the server. */
export function TotalLabel({ n, against }: TotalProps) {
  const words = useWords('frame');
  const { lang } = useFilters().filters;
  const total = words.total(count(n ?? '0', lang));
  if (!against || against.figure == null) return total;
  const agrees = sameAmount(against.figure, against.total);
  return (
    <>
      {`${total} · `}
      <span className={agrees ? 'good' : 'warn'}>
        {agrees ? words.agrees(against.what) : words.differs(against.what, money(against.figure, lang))}
      </span>
    </>
  );
}

/** Said only when the browser holds fewer rows than there are. */
export function ShownNote({ rows, n }: { rows: readonly Row[]; n: Value }) {
  const words = useWords('frame');
  const { lang } = useFilters().filters;
  if (rows.length < MOST_ROWS) return null;
  return words.first(count(String(rows.length), lang), count(n, lang));
}

/** What a drill narrowed the list to, and the way back. */
export function Narrowed({ what, clear, label }: { what: string; clear: Partial<Address>; label: string }) {
  return (
    <Go patch={clear} className="chip" label={`${label}: ${what}`}>
      {what}
      <X size={12} aria-hidden />
    </Go>
  );
}

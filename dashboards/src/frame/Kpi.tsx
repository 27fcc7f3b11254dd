import { Card, Skeleton, Tooltip } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Answer } from '../api/cube';
import type { Address } from '../filters';
import type { Change } from '../format';
import { useWords } from '../words';
import { Definition } from './Definition';
import { Go } from './Go';

type Props = {
  label: string;
  definition: string;
  answer: Answer;
  /** null: no data, shown as a dash and never as a zero */
  value: string | null;
  unit?: string;
  exact?: string | undefined;
  isBad?: boolean;
  mark?: ReactNode;
  note?: ReactNode;
  delta?: (Change & { isGood: boolean | null }) | null;
  drill?: Partial<Address>;
  drillTo?: string;
};

/** One figure with its definition beside it, its exact value on hover and focus, and its rows behind it. */
export function Kpi(props: Props) {
  const { label, definition, answer, value, unit, isBad, mark, note, delta } = props;
  const words = useWords('frame');
  const known = value !== null && !answer.error;
  const figure = (
    <>
      {mark}
      {known ? value : '—'} {known && unit && <small>{unit}</small>}
    </>
  );
  return (
    <Card withBorder p={12} bg="var(--surface)" style={{ opacity: answer.isPlaceholderData ? 0.5 : 1 }}>
      <div className="kpi-label muted">
        {label}
        <Definition id={definition} of={label} />
      </div>
      {answer.isPending ? (
        <Skeleton h={32} w="70%" />
      ) : (
        <div className={`big ${known ? (isBad ? 'bad' : '') : 'muted'}`}>
          {known ? <Figure {...props}>{figure}</Figure> : figure}
        </div>
      )}
      <div className="kpi-note muted">
        {known && delta && <Delta {...delta} />}
        {answer.error ? <span className="bad">{words.failed}</span> : !answer.isPending && note}
      </div>
    </Card>
  );
}

function Figure({ exact, drill, drillTo, label, children }: Props & { children: ReactNode }) {
  const shown = drill ? (
    <Go patch={drill} className="figure" {...(drillTo && { to: drillTo })}>
      {children}
      <span className="hidden">{` ${label}`}</span>
    </Go>
  ) : (
    <span>{children}</span>
  );
  if (!exact) return shown;
  return (
    <Tooltip label={exact} events={{ hover: true, focus: true, touch: true }} withinPortal>
      <span>{shown}</span>
    </Tooltip>
  );
}

/** The arrow says direction, the colour says good or bad for this number; null is neither. */
function Delta({ text, isUp, isGood }: Change & { isGood: boolean | null }) {
  const words = useWords('frame');
  const Arrow = isUp ? ArrowUp : ArrowDown;
  const tone = isGood === null ? '' : isGood ? 'good' : 'bad';
  return (
    <span className={`delta ${tone}`}>
      <Arrow size={12} aria-hidden />
      {`${words.mom} ${isUp ? '+' : '−'}${text}`}
    </span>
  );
}

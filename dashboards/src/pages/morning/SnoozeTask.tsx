import { useFilters } from '../../filters';
import { daysAfter, SnoozeForm } from '../../frame/SnoozeForm';
import { useFinanceWords } from '../../words/finance';

type Props = { name: string; save: (until: string, reason: string) => void; cancel: () => void };

/** Puts a task off. The list's day is one after the as-of day. */
export function SnoozeTask(props: Props) {
  const words = useFinanceWords();
  const { asOf } = useFilters().filters;
  const later = (days: number) => daysAfter(asOf, days + 1);
  const choices = Object.entries(words.days).map(([days, text]) => ({ text, until: later(Number(days)) }));
  return <SnoozeForm {...props} words={words} choices={choices} first={later(3)} />;
}

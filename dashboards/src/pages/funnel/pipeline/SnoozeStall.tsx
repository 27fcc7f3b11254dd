import { useFilters } from '../../../filters';
import { daysAfter, SnoozeForm } from '../../../frame/SnoozeForm';
import { usePipelineWords } from '../../../words/pipeline';

type Props = { name: string; save: (until: string, reason: string) => void; cancel: () => void };

const DAYS = [7, 14, 30];

/** Puts a stall off, by 30 days at most. */
export function SnoozeStall(props: Props) {
  const words = usePipelineWords();
  const { asOf } = useFilters().filters;
  const choices = DAYS.map((days) => ({ text: words.inDays(days), until: daysAfter(asOf, days) }));
  return <SnoozeForm {...props} words={words} choices={choices} first={daysAfter(asOf, 7)} />;
}

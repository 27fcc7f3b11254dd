import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useFilters } from '../../../filters';
import { useFocus } from '../../../frame/useFocus';
import { usePipelineWords } from '../../../words/pipeline';

type Props = { name: string; save: (until: string, reason: string) => void; cancel: () => void };

const DAYS = [7, 14, 30];

/** Until when, and why: both are kept with the stall. */
export function SnoozeStall({ name, save, cancel }: Props) {
  const words = usePipelineWords();
  const field = useFocus<HTMLInputElement>();
  const { asOf } = useFilters().filters;
  const [days, setDays] = useState(7);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') setMissing(true);
    else save(later(asOf, days), reason.trim());
  };
  return (
    <form
      className="inline-form"
      aria-label={`${words.snooze}: ${name}`}
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && cancel()}
    >
      <label>
        {words.until}
        <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {DAYS.map((value) => (
            <option key={value} value={value}>{`${words.inDays(value)} (${later(asOf, value)})`}</option>
          ))}
        </select>
      </label>
      <label>
        {words.reason}
        <input
          ref={field}
          value={reason}
          maxLength={500}
          aria-invalid={isMissing}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <Button variant="default" type="submit" size="compact-sm" className="touch">
        {words.save}
      </Button>
      <Button variant="default" size="compact-sm" className="touch" onClick={cancel}>
        {words.cancel}
      </Button>
      {isMissing && (
        <span className="bad" role="alert">
          {words.reasonNeeded}
        </span>
      )}
    </form>
  );
}

/** A day of the calendar, not of money: plain arithmetic. */
const later = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

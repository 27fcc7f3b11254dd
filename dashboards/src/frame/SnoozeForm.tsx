import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useFocus } from './useFocus';

interface Words {
  snooze: string;
  until: string;
  reason: string;
  save: string;
  cancel: string;
  reasonNeeded: string;
}

type Props = {
  name: string;
  words: Words;
  /** Days to choose from, with what each is called. */
  choices: readonly { text: string; until: string }[];
  /** The one that is chosen at first. */
  first: string;
  save: (until: string, reason: string) => void;
  cancel: () => void;
};

/** Until when, and why: both are kept with what is put off. */
export function SnoozeForm({ name, words, choices, first, save, cancel }: Props) {
  const field = useFocus<HTMLInputElement>();
  const [until, setUntil] = useState(first);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') setMissing(true);
    else save(until, reason.trim());
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
        <select value={until} onChange={(event) => setUntil(event.target.value)}>
          {choices.map((choice) => (
            <option key={choice.until} value={choice.until}>{`${choice.text} (${choice.until})`}</option>
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
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

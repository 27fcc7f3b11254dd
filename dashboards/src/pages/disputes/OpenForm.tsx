import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useFocus } from '../../frame/useFocus';
import { useFinanceWords } from '../../words/finance';

type Input = { id: string; document: string; amount?: string; reason: string; note?: string };
type Props = { save: (input: Input) => Promise<void>; cancel: () => void };

export function OpenForm({ save, cancel }: Props) {
  const words = useFinanceWords();
  const field = useFocus<HTMLInputElement>();
  const [id] = useState(() => `web-${Date.now()}-${Math.random().toString(36).slice(2)}`); // a double click opens one
  const [document, setDocument] = useState('');
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('quality');
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await save({
      id,
      document: document.trim(),
      reason,
      ...(amount.trim() && { amount: amount.trim() }),
      ...(note.trim() && { note: note.trim() }),
    });
    setBusy(false);
  };
  return (
    <form
      className="inline-form card"
      aria-label={words.newDispute}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && cancel()}
    >
      <label>
        {words.documentNumber}
        <input ref={field} required value={document} onChange={(event) => setDocument(event.target.value)} />
      </label>
      <label>
        {words.disputedAmount}
        <input
          inputMode="decimal"
          placeholder={words.allOpen}
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
      </label>
      <label>
        {words.disputeReason}
        <select value={reason} onChange={(event) => setReason(event.target.value)}>
          {Object.entries(words.reasons).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <label className="grow">
        {words.note}
        <input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </label>
      <Button variant="default" type="submit" size="compact-sm" className="touch" disabled={isBusy}>
        {words.newDispute}
      </Button>
      <Button variant="default" size="compact-sm" className="touch" onClick={cancel}>
        {words.cancel}
      </Button>
    </form>
  );
}

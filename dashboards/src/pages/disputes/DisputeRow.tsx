import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Dispute } from '../../api/finance';
import { recordKey } from '../../api/record';
import { useFilters } from '../../filters';
import { cutMiddle, money } from '../../format';
import { Go } from '../../frame/Go';
import { useNarrow } from '../../frame/useNarrow';
import { useFocus } from '../../frame/useFocus';
import { useFinanceWords } from '../../words/finance';

const NARROW_NAME = 9;

export type Closing = { outcome: string; deduction?: string; note?: string };

type Props = {
  dispute: Dispute;
  isClosing: boolean;
  startClosing: () => void;
  cancel: () => void;
  close: (input: Closing) => Promise<void>;
};

export function DisputeRow({ dispute, isClosing, startClosing, cancel, close }: Props) {
  const words = useFinanceWords();
  const narrow = useNarrow();
  const { lang } = useFilters().filters;
  const document = dispute.document_number ?? dispute.item_id;
  const customer = dispute.customer_name ?? '—';
  return (
    <>
      <tr>
        <td>
          <Go patch={{ record: recordKey('core.open_item', dispute.item_id) }} isRow>
            {document}
          </Go>
        </td>
        <td title={customer}>{narrow ? cutMiddle(customer, NARROW_NAME) : customer}</td>
        <td className="wide">{words.reasons[dispute.reason] ?? dispute.reason}</td>
        <td className="num">{money(dispute.amount_cny, lang)}</td>
        <td className="num wide">{money(dispute.open_amount_cny, lang)}</td>
        <td className="num wide">{money(dispute.agreed_deduction_cny, lang)}</td>
        <td className="wide why" title={dispute.note ?? ''}>
          {dispute.note ?? '—'}
        </td>
        <td className="wide nowrap">{dispute.opened_date}</td>
        <td className="wide">{dispute.owner_name ?? '—'}</td>
        <td className="row-actions">
          {dispute.is_open ? (
            <Button
              variant="subtle"
              size="compact-xs"
              className="touch"
              onClick={startClosing}
              aria-label={words.closeIt(document)}
            >
              {words.close}
            </Button>
          ) : (
            <span className="tag">
              {`${words.outcomes[dispute.outcome ?? ''] ?? '—'} ${dispute.closed_date ?? ''}`}
            </span>
          )}
        </td>
      </tr>
      {isClosing && (
        <tr>
          <td colSpan={10}>
            <CloseForm name={words.closeIt(document)} close={close} cancel={cancel} />
          </td>
        </tr>
      )}
    </>
  );
}

function CloseForm({ name, close, cancel }: { name: string; close: Props['close']; cancel: () => void }) {
  const words = useFinanceWords();
  const field = useFocus<HTMLSelectElement>();
  const [outcome, setOutcome] = useState('customer_pays');
  const [deduction, setDeduction] = useState('');
  const [note, setNote] = useState('');
  const isDeduction = outcome === 'deduction';
  return (
    <form
      className="inline-form"
      aria-label={name}
      onKeyDown={(event) => event.key === 'Escape' && cancel()}
      onSubmit={(event) => {
        event.preventDefault();
        void close({ outcome, ...(isDeduction && { deduction }), ...(note.trim() && { note: note.trim() }) });
      }}
    >
      <label>
        {words.outcome}
        <select ref={field} value={outcome} onChange={(event) => setOutcome(event.target.value)}>
          {Object.entries(words.outcomes).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {isDeduction && (
        <label>
          {words.deduction}
          <input
            required
            inputMode="decimal"
            value={deduction}
            onChange={(event) => setDeduction(event.target.value)}
          />
        </label>
      )}
      <label>
        {words.note}
        <input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </label>
      <Button variant="default" type="submit" size="compact-sm" className="touch">
        {words.close}
      </Button>
      <Button variant="default" size="compact-sm" className="touch" onClick={cancel}>
        {words.cancel}
      </Button>
    </form>
  );
}

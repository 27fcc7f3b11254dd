import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFocus } from '../../frame/useFocus';
import { useMergeWords } from '../../words/merge';

type Props = {
  /** What it is about, for a screen reader. */
  name: string;
  /** Also asks which customer. */
  isAttach: boolean;
  /** Two registered companies: nothing goes without a reason. */
  isReasonNeeded: boolean;
  save: (ref: string, reason: string | undefined) => void;
  cancel: () => void;
};

/** The customer that a record is given to, and why two registered companies are one. */
export function JudgeForm({ name, isAttach, isReasonNeeded, save, cancel }: Props) {
  const words = useMergeWords();
  const field = useFocus<HTMLInputElement>();
  const [ref, setRef] = useState('');
  const [reason, setReason] = useState('');
  return (
    <form
      className="inline-form"
      aria-label={name}
      onKeyDown={(event) => event.key === 'Escape' && cancel()}
      onSubmit={(event) => {
        event.preventDefault();
        save(ref.trim(), reason.trim() || undefined);
      }}
    >
      {isReasonNeeded && <p className="muted">{words.needsReason}</p>}
      {isAttach && (
        <label>
          {words.which}
          <input
            ref={field}
            required
            maxLength={500}
            value={ref}
            onChange={(event) => setRef(event.target.value)}
          />
        </label>
      )}
      <label className="grow">
        {words.reason}
        <input
          ref={isAttach ? undefined : field}
          required={isReasonNeeded}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <Button variant="default" type="submit" size="compact-sm" className="touch">
        {isAttach ? words.attach : words.merge}
      </Button>
      <Button variant="default" size="compact-sm" className="touch" onClick={cancel}>
        {words.cancel}
      </Button>
    </form>
  );
}

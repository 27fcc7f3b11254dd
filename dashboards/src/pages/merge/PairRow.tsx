import { Button } from '@mantine/core';
import { useFilters } from '../../filters';
import { count, money } from '../../format';
import { useMergeWords } from '../../words/merge';
import { JudgeForm } from './JudgeForm';
import type { Decide } from './useDecide';
import type { Waiting } from './useQueue';

type Props = {
  row: Waiting;
  isChosen: boolean;
  isAsking: boolean;
  mayDecide: boolean;
  decide: Decide;
  choose: () => void;
  merge: () => void;
  apart: () => void;
  look: () => void;
  stopAsking: () => void;
};

/** Two sides with their money, what speaks for and against, and what can be done. */
export function PairRow(props: Props) {
  const { row, isChosen, isAsking, mayDecide, decide } = props;
  const words = useMergeWords();
  const { lang } = useFilters().filters;
  const isPair = row.record_b !== null;
  const [one, other] = [row.name_a ?? row.record_a, row.name_b ?? row.record_b ?? ''];
  const label = isPair ? words.pair(one, other) : one;
  const save = (ref: string, reason: string | undefined) => {
    props.stopAsking();
    void decide.merge([row.record_a, isPair ? (row.record_b ?? '') : ref], reason);
  };
  return (
    <li
      data-pair
      tabIndex={isChosen ? 0 : -1}
      className={isChosen ? 'merge-pair chosen' : 'merge-pair'}
      aria-current={isChosen}
      aria-busy={decide.isBusy && isChosen ? true : undefined}
      onFocus={props.choose}
    >
      <div className="merge-sides">
        <Side row={row} side="a" />
        {isPair && <Side row={row} side="b" />}
        <div className="merge-why">
          <div className="merge-total">{money(row.money_cny, lang)}</div>
          <span className="tag">{words.kinds[row.kind] ?? row.kind}</span>
          {row.score !== null && <span className="tag">{words.score(count(String(row.score), lang))}</span>}
          <Reasons row={row} />
        </div>
      </div>
      {mayDecide && (
        <div className="row-actions">
          {isPair && <Act label={words.look} of={label} act={props.look} isBusy={decide.isBusy} />}
          <Act
            label={isPair ? words.merge : words.attach}
            of={label}
            act={props.merge}
            isBusy={decide.isBusy}
          />
          {isPair && <Act label={words.keepApart} of={label} act={props.apart} isBusy={decide.isBusy} />}
        </div>
      )}
      {isAsking && (
        <JudgeForm
          name={label}
          isAttach={!isPair}
          isReasonNeeded={isPair && hasTwoCodes(row)}
          save={save}
          cancel={props.stopAsking}
        />
      )}
    </li>
  );
}

/** Both sides are registered, as different companies. */
export const hasTwoCodes = ({ credit_code_a: one, credit_code_b: other }: Waiting): boolean =>
  one !== null && other !== null && one !== other;

function Side({ row, side }: { row: Waiting; side: 'a' | 'b' }) {
  const words = useMergeWords();
  const { lang } = useFilters().filters;
  const kind = row[`kind_${side}`] ?? '';
  const isPayer = kind === 'payer';
  const name = row[`name_${side}`] ?? row[`record_${side}`];
  const code = row[`credit_code_${side}`];
  return (
    <div className="merge-side">
      <div className="merge-name">{name}</div>
      <div className="muted">
        <span className="tag">{words.sources[kind] ?? kind}</span>
        {!isPayer && row[`record_${side}`]}
      </div>
      {!isPayer && <div className="muted">{code === null ? words.noCode : `${words.code} ${code}`}</div>}
      <dl>
        <div>
          <dt>{isPayer ? words.paid : words.receivable}</dt>
          <dd>{money(row[`receivable_${side}`], lang)}</dd>
        </div>
        {!isPayer && (
          <div>
            <dt>{words.orders}</dt>
            <dd>{money(row[`intake_${side}`], lang)}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

function Reasons({ row }: { row: Waiting }) {
  const words = useMergeWords();
  if (row.detail === null) return row.reasons === null ? null : <p className="muted">{row.reasons}</p>;
  const reasons = JSON.parse(row.detail) as { key: string; points: number }[];
  return (
    <ul className="merge-reasons">
      {reasons.map(({ key, points }) => (
        <li key={key}>
          {words.reasons[key] ?? key}
          {points < 0 && <span className="muted">{` (${words.against})`}</span>}
        </li>
      ))}
    </ul>
  );
}

function Act({ label, of, act, isBusy }: { label: string; of: string; act: () => void; isBusy: boolean }) {
  return (
    <Button
      variant="default"
      size="compact-sm"
      className="touch"
      disabled={isBusy}
      onClick={act}
      aria-label={`${label}: ${of}`}
    >
      {label}
    </Button>
  );
}

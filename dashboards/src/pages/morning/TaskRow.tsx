import { Button } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { Task } from '../../api/finance';
import { useFilters } from '../../filters';
import { cutMiddle, money } from '../../format';
import { useNarrow } from '../../frame/useNarrow';
import { useFinanceWords } from '../../words/finance';
import { SnoozeTask } from './SnoozeTask';
import { recordOf, whyOf } from './taskText';

const NARROW_NAME = 9;
const ALARMS = new Set(['missing', 'broken', 'payer', 'bank']);

type Props = {
  task: Task;
  isChosen: boolean;
  isBusy: boolean;
  isSnoozing: boolean;
  choose: () => void;
  open: () => void;
  done: () => void;
  ask: () => void;
  reopen: () => void;
  startSnooze: () => void;
  snooze: (until: string, reason: string) => void;
  cancelSnooze: () => void;
};

export function TaskRow(props: Props) {
  const { task, isChosen, isBusy, isSnoozing } = props;
  const words = useFinanceWords();
  const narrow = useNarrow();
  const { lang } = useFilters().filters;
  const kind = words.kinds[task.task_kind] ?? task.task_kind;
  const name = task.customer_name ?? (task.task_kind === 'bank' ? '—' : words.unknown);
  const isOver = task.state === 'done' || task.state === 'snoozed';
  const label = `${kind} ${name}`;
  const isAlarm = ALARMS.has(task.task_kind) && !isOver;
  const why =
    task.state === 'snoozed'
      ? words.snoozedUntil(task.snoozed_until ?? '', task.state_reason ?? '')
      : whyOf(task, words);
  const shown = narrow ? cutMiddle(name, NARROW_NAME) : name;
  const opener = recordOf(task) ? (
    <button type="button" className="plain link" onClick={props.open} title={name}>
      {shown}
    </button>
  ) : (
    shown
  );
  const actions = isOver ? (
    <Act label={words.reopen} of={label} act={props.reopen} isBusy={isBusy} />
  ) : (
    <>
      <Act label={words.done} of={label} act={props.done} isBusy={isBusy} />
      {task.task_kind !== 'bank' && <Act label={words.ask} of={label} act={props.ask} isBusy={isBusy} />}
      <Act label={words.snooze} of={label} act={props.startSnooze} isBusy={isBusy} />
    </>
  );
  return (
    <>
      <tr
        data-task={task.task_key}
        tabIndex={isChosen ? 0 : -1}
        className={isChosen ? 'chosen' : undefined}
        aria-busy={isBusy || undefined}
        aria-current={isChosen}
        onFocus={props.choose}
        onClick={props.choose}
      >
        <td>
          <span className={isAlarm ? 'tag alarm' : 'tag'}>
            {isAlarm && <TriangleAlert size={12} aria-hidden />}
            {kind}
          </span>
          {task.state !== 'open' && <span className="tag">{words.states[task.state] ?? task.state}</span>}
          {task.is_disputed && <span className="tag">{words.disputed}</span>}
          {narrow && <div>{opener}</div>}
        </td>
        {!narrow && <td title={name}>{opener}</td>}
        <td className="num">
          {money(task.amount_cny, lang)}
          {narrow && <div className="muted">{task.task_date}</div>}
        </td>
        {!narrow && (
          <>
            <td>{task.document_number ?? '—'}</td>
            <td className="why" title={whyOf(task, words)}>
              {why}
            </td>
            <td className="nowrap">{task.task_date}</td>
            <td>{task.who ?? task.owner_name ?? '—'}</td>
            <td className="row-actions">{actions}</td>
          </>
        )}
      </tr>
      {narrow && isChosen && (
        <tr className="chosen">
          <td colSpan={2}>
            <p className="muted">{`${why} · ${task.who ?? task.owner_name ?? '—'}`}</p>
            <div className="row-actions">{actions}</div>
          </td>
        </tr>
      )}
      {isSnoozing && (
        <tr>
          <td colSpan={8}>
            <SnoozeTask name={label} save={props.snooze} cancel={props.cancelSnooze} />
          </td>
        </tr>
      )}
    </>
  );
}

function Act({ label, of, act, isBusy }: { label: string; of: string; act: () => void; isBusy: boolean }) {
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      className="touch"
      disabled={isBusy}
      onClick={act}
      aria-label={`${label}: ${of}`}
    >
      {label}
    </Button>
  );
}

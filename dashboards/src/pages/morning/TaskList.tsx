import { Alert, Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import type { Task } from '../../api/finance';
import { useFilters, type Address } from '../../filters';
import { useNarrow } from '../../frame/useNarrow';
import { useFinanceWords } from '../../words/finance';
import { TaskRow } from './TaskRow';
import { recordOf } from './taskText';
import { useTodo } from './useTodo';

const SHOWN = 200;

/** One row a task, worked through by keys: the row that has the focus is the one that keys are for. */
export function TaskList({ tasks }: { tasks: readonly Task[] }) {
  const words = useFinanceWords();
  const narrow = useNarrow();
  const { filters } = useFilters();
  const go = useNavigate();
  const box = useRef<HTMLTableSectionElement>(null);
  const [at, setAt] = useState(0);
  const [snoozing, setSnoozing] = useState<string>();
  const todo = useTodo();
  const shown = tasks.slice(0, SHOWN);
  const place = Math.min(at, Math.max(0, shown.length - 1));

  const focus = (next: number) => {
    const row = box.current?.querySelectorAll<HTMLElement>('tr[data-task]')[next];
    if (!row) return;
    setAt(next);
    row.focus();
  };
  const open = (task: Task) => {
    const record = recordOf(task);
    if (record)
      void go({
        to: '.',
        search: (old: Address) => ({ ...old, record }),
        state: (old) => ({ ...old, drawerDepth: (old.drawerDepth ?? 0) + 1 }),
        resetScroll: false,
      });
  };
  const keys: Record<string, (task: Task) => void> = {
    j: () => focus(place + 1),
    ArrowDown: () => focus(place + 1),
    k: () => focus(place - 1),
    ArrowUp: () => focus(place - 1),
    Enter: open,
    o: open,
    c: (task) => void todo.act(task, 'done'),
    a: (task) => void todo.ask(task),
    s: (task) => setSnoozing(task.task_key),
    u: () => void todo.undo(),
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || filters.record !== undefined) return;
      if (
        target instanceof HTMLElement &&
        target.closest('input, textarea, select, [role="dialog"], [role="combobox"]')
      )
        return;
      if (event.key === 'Enter' && target instanceof HTMLElement && target.closest('a, button')) return;
      const act = keys[event.key];
      const task = shown[place];
      if (!act || (!task && event.key !== 'u')) return;
      event.preventDefault();
      if (task) act(task);
      else void todo.undo();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });

  return (
    <>
      <div aria-live="polite" className="acted">
        {todo.last && (
          <span>
            {`${words.did[todo.last.action] ?? ''}: ${todo.last.name} `}
            {todo.last.action !== 'reopened' && (
              <Button variant="subtle" size="compact-xs" className="touch" onClick={() => void todo.undo()}>
                {words.undo}
              </Button>
            )}
          </span>
        )}
      </div>
      {todo.error && (
        <Alert className="failed" title={words.failedAct}>
          {todo.error}
        </Alert>
      )}
      {shown.length === 0 ? (
        <p className="centred">{words.nothing}</p>
      ) : (
        <div className="grid-box tasks" role="region" aria-label={words.morning} tabIndex={0}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{words.task}</th>
                {!narrow && <th scope="col">{words.customer}</th>}
                <th scope="col" className="num">
                  {words.amount}
                </th>
                {!narrow &&
                  [words.document, words.why, words.date, words.who, words.actions].map((title) => (
                    <th key={title} scope="col">
                      {title}
                    </th>
                  ))}
              </tr>
            </thead>
            <tbody ref={box}>
              {shown.map((task, row) => (
                <TaskRow
                  key={task.task_key}
                  task={task}
                  isChosen={row === place}
                  isBusy={todo.busy === task.task_key}
                  isSnoozing={snoozing === task.task_key}
                  choose={() => setAt(row)}
                  open={() => open(task)}
                  done={() => void todo.act(task, 'done')}
                  ask={() => void todo.ask(task)}
                  reopen={() => void todo.act(task, 'reopened')}
                  startSnooze={() => setSnoozing(task.task_key)}
                  snooze={(until, reason) => {
                    setSnoozing(undefined);
                    void todo.act(task, 'snoozed', { until, reason });
                  }}
                  cancelSnooze={() => setSnoozing(undefined)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

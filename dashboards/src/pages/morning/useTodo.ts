import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postJson } from '../../api/act';
import type { Task } from '../../api/finance';
import { useFilters } from '../../filters';
import { useFinanceWords } from '../../words/finance';
import { questionOf } from './taskText';

type Action = 'done' | 'asked' | 'snoozed' | 'reopened';
type Last = { taskKey: string; name: string; action: Action };

/** What a person does with a task: the row changes when the hub has written it down, and the last act can be taken back. */
export function useTodo() {
  const words = useFinanceWords();
  const { lang } = useFilters().filters;
  const queries = useQueryClient();
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<string>();
  const [last, setLast] = useState<Last>();

  async function send(one: Last, more: { until?: string; reason?: string } = {}): Promise<void> {
    setBusy(one.taskKey);
    setError(undefined);
    try {
      await postJson('/api/finance/todo', { taskKey: one.taskKey, action: one.action, ...more });
      setLast(one);
      await queries.invalidateQueries({ queryKey: ['finance', 'morning-list'] });
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    } finally {
      setBusy(undefined);
    }
  }
  const nameOf = (task: Task) => task.customer_name ?? words.kinds[task.task_kind] ?? task.task_kind;
  return {
    busy,
    error,
    last,
    act: (task: Task, action: Action, more?: { until: string; reason: string }) =>
      send({ taskKey: task.task_key, name: nameOf(task), action }, more),
    async ask(task: Task) {
      await navigator.clipboard.writeText(questionOf(task, words, lang)).catch(() => undefined); // no clipboard without https
      await send({ taskKey: task.task_key, name: nameOf(task), action: 'asked' });
    },
    undo: () =>
      last === undefined || last.action === 'reopened'
        ? Promise.resolve()
        : send({ ...last, action: 'reopened' }),
  };
}

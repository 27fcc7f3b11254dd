import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { postJson } from '../../api/act';

const outcome = z.object({
  decision: z.string(),
  kind: z.string(),
  preview: z.boolean(),
  moves: z.array(
    z.object({
      recordId: z.string(),
      from: z.string(),
      fromName: z.string(),
      to: z.string(),
      toName: z.string(),
    }),
  ),
  money: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      records: z.number(),
      receivableCny: z.string(),
      openItems: z.number(),
      intakeCny: z.string(),
      orders: z.number(),
    }),
  ),
});
export type Outcome = z.infer<typeof outcome>;

/** What a person decides: rows change when the hub has written it down, and the last act can be taken back. */
export function useDecide() {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [last, setLast] = useState<Outcome>();

  /** True when the hub has done it. */
  async function send(path: string, body: object): Promise<boolean> {
    if (isBusy) return false;
    setBusy(true);
    setError(undefined);
    try {
      const done = outcome.parse(await postJson(`/api/customers/${path}`, body));
      setLast(done);
      if (!done.preview) await queries.invalidateQueries({ queryKey: ['customers'] });
      return true;
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
      return false;
    } finally {
      setBusy(false);
    }
  }
  return {
    isBusy,
    error,
    last,
    merge: (refs: readonly string[], reason?: string) =>
      send('merge', { refs, id: actId(), ...(reason !== undefined && { reason }) }),
    look: (refs: readonly string[]) => send('merge', { refs, preview: true, reason: 'preview' }),
    keepApart: (pair: readonly [string, string]) => send('keep-apart', { pair, id: actId() }),
    undo: (decision: string) => send('undo', { decision }),
  };
}
export type Decide = ReturnType<typeof useDecide>;

/** A double click decides once. */
const actId = (): string => `web-${Date.now()}-${Math.random().toString(36).slice(2)}`;

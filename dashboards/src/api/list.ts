import { together, useView, type Answer, type Ask, type Row } from './cube';

export type List<K extends string, M extends string> = {
  rows: readonly Row<K>[];
  /** of all rows, computed by the server: the rows here may be fewer */
  total: Row<M> | undefined;
  answer: Answer;
};

/** The rows of a drill and their total: the same question with and without its dimensions. */
export function useList<const M extends string, const D extends string>(ask: Ask<M, D>): List<M | D, M> {
  const rows = useView(ask);
  const { dimensions: _, order: __, ...whole } = ask;
  const total = useView<M>(whole);
  return { rows: rows.data ?? [], total: total.data?.[0], answer: together(rows, total) };
}

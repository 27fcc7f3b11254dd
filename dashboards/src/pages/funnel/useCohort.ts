import { useFilters } from '../../filters';
import { firstDay, lastDay } from '../../months';
import { useLines } from './useLines';

/**
 * Which opportunities a question is about: those of one pipeline that first reached a stage in the period, and whose 90
 * days are over, unless the reader wants the younger ones too: their rates are only so far.
 */
export function useCohort() {
  const { from, to, line, young } = useFilters().filters;
  const lines = useLines();
  const chosen = line ?? (lines.length > 1 ? lines[0] : undefined);
  return {
    lines,
    line: chosen,
    where: { business_line: chosen, is_mature: young ? undefined : 'true' },
    range: { by: 'entered_date', from: firstDay(from), to: lastDay(to) },
  };
}

import { useFilters } from '../../filters';
import { firstDay, lastDay } from '../../months';
import { useLines } from './useLines';

/** Which opportunities a question is about: those that first reached a stage in the period, of one pipeline. */
export function useCohort() {
  const { from, to, line } = useFilters().filters;
  const lines = useLines();
  const chosen = line ?? (lines.length > 1 ? lines[0] : undefined);
  return {
    lines,
    line: chosen,
    where: { business_line: chosen },
    range: { by: 'entered_date', from: firstDay(from), to: lastDay(to) },
  };
}

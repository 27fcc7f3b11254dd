import { useFilters } from '../../filters';
import { firstDay, lastDay } from '../../months';
import { useLines } from './useLines';

/** In the address: all business lines together. */
export const ALL_LINES = 'all';

/**
 * Which opportunities a question is about: those of all pipelines, or of one, that first reached a stage in the period,
 * and whose 90 days are over, unless the reader wants the younger ones too: their rates are only so far.
 */
export function useCohort() {
  const { from, to, line, young, strict } = useFilters().filters;
  const { lines, areAlike } = useLines();
  const isKnown = lines.length === 0 || lines.some((one) => one === line); // before they are there the address is right
  const chosen = line && isKnown && line !== ALL_LINES ? line : areAlike ? undefined : lines[0];
  return {
    lines,
    areAlike,
    line: chosen,
    where: {
      business_line: chosen,
      is_mature: young ? undefined : 'true',
      variant: strict ? 'strict' : 'reached',
    },
    range: { by: 'entered_date', from: firstDay(from), to: lastDay(to) },
  };
}

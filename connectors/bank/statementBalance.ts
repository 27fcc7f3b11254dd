import { isSameAmount, negated, sumOf } from './decimal';
import type { Note } from './parsed';

/** Opening + lines = closing (METRICS APP-5): the difference as a note, nothing where it holds or a balance is missing. */
export function balanceNotes(
  line: number,
  opening: string | null,
  closing: string | null,
  amounts: readonly string[],
): Note[] {
  if (opening === null || closing === null) return [];
  const end = sumOf([opening, ...amounts]);
  if (isSameAmount(end, closing)) return [];
  const gap = sumOf([closing, negated(end)]);
  return [
    {
      line,
      text: `does not balance: opening ${opening} and its lines give ${end}, closing ${closing}, difference ${gap}`,
    },
  ];
}

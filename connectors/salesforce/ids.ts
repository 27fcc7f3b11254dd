const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a 15-character id: three characters more, each telling which of five are capitals. Ids that differ only
 * in case are different records, so only the long form may be compared by programs that ignore case. Other texts stay as they are.
 */
export function longId(id: string): string {
  if (!/^[A-Za-z0-9]{15}$/.test(id)) return id;
  const suffix = [0, 5, 10].map((start) => {
    const bits = [0, 1, 2, 3, 4].reduce(
      (sum, place) => sum + (/[A-Z]/.test(id[start + place] ?? '') ? 2 ** place : 0),
      0,
    );
    return SUFFIX[bits];
  });
  return id + suffix.join('');
}

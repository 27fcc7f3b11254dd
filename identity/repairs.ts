/** Letters that no unified credit code has, and what they were meant to be. */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  O: ['0'],
  I: ['1'],
  S: ['5'],
  Z: ['2'],
  V: ['U', 'Y'],
};
/** Characters of the alphabet that are read or typed for one another. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  '0': ['D', 'Q'],
  '1': ['L'],
  '6': ['G'],
  '8': ['B'],
  B: ['8'],
  D: ['0'],
  G: ['6'],
  L: ['1'],
  Q: ['0'],
};
/** More forbidden letters than this are no slip. */
const MOST_FORBIDDEN = 4;

/**
 * What a code of 18 characters may have been before it was misread. `certain`: only letters were put right that no code has. `possible`:
 * besides, one character became one that looks like it. The caller checks them.
 */
export function repairsOf(said: string): { certain: string[]; possible: string[] } {
  const characters = [...said];
  const forbidden = characters.filter((character) => character in FORBIDDEN);
  if (forbidden.length > MOST_FORBIDDEN) return { certain: [], possible: [] };
  let starts: string[] = [''];
  for (const character of characters)
    starts = starts.flatMap((start) => (FORBIDDEN[character] ?? [character]).map((each) => start + each));
  const possible = new Set(
    starts.flatMap((start) =>
      [...start].flatMap((character, at) =>
        (ALIKE[character] ?? []).map((other) => start.slice(0, at) + other + start.slice(at + 1)),
      ),
    ),
  );
  return { certain: forbidden.length > 0 ? starts : [], possible: [...possible] };
}

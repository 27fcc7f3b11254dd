import type { Entry, Ignored, Note, StatementFacts } from './parsed';

interface Read {
  line: number;
  facts: StatementFacts;
  entries: Entry[];
  ignored: Ignored[];
  notes: Note[];
}

/**
 * A statement that stands in a file twice, with the same number, balances and lines, was booked once: the lines of the second are
 * named as ignored. Without a number, or without balances where the format has them, nobody can tell, and both stay.
 */
export function withoutRepeats<Statement extends Read>(
  statements: readonly Statement[],
  isIdentified: (facts: StatementFacts) => boolean,
): Statement[] {
  const seen = new Map<string, number>();
  return statements.map((statement) => {
    const { facts, entries, line } = statement;
    if (entries.length === 0 || facts.number === null || !isIdentified(facts)) return statement;
    const print = JSON.stringify([facts, entries.map((entry) => ({ ...entry, line: 0, statement: 0 }))]);
    const before = seen.get(print);
    if (before === undefined) {
      seen.set(print, line);
      return statement;
    }
    return {
      ...statement,
      entries: [],
      ignored: [
        ...statement.ignored,
        ...entries.map((entry) => ({ line: entry.line, name: 'repeated statement' })),
      ],
      notes: [
        ...statement.notes,
        { line, text: `repeats the statement of line ${before}: its lines are not counted again` },
      ],
    };
  });
}

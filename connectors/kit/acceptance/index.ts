import type { Connector } from '../contract';
import { accessChecks } from './access';
import { faultChecks } from './faults';
import { changeChecks, readingChecks } from './reading';
import { type AcceptanceCheck, benchOf, type OpenSubject } from './subject';

export type { AcceptanceCheck, AcceptanceSubject, OpenSubject } from './subject';

/** What every connector must do, against its own sandbox. Each check gets a subject of its own, empty and without faults. */
export const acceptanceChecks: readonly AcceptanceCheck[] = [
  ...accessChecks,
  ...readingChecks,
  ...changeChecks,
  ...faultChecks,
];

/** Opens a subject, runs one check on it and closes it. Throws when the connector fails the check. */
export async function runCheck(
  check: AcceptanceCheck,
  connector: Connector,
  open: OpenSubject,
): Promise<void> {
  const subject = await open();
  try {
    await check.run(benchOf(connector, subject));
  } finally {
    await subject.close();
  }
}

/**
 * Registers every check as a test of `connector`. What its vendor cannot have (`notApplicable` of the subject) is
 * registered all the same: the test then asks for the reason, so that nothing is left out without a word.
 */
export function acceptance(connector: Connector, open: OpenSubject): void {
  describe(`${connector.name} is a good connector`, () => {
    test.each(acceptanceChecks.map((check) => [check.name, check] as const))('%s', async (name, check) => {
      const reason = await reasonAgainst(name, open);
      if (reason === undefined) await runCheck(check, connector, open);
      else expect(reason.length).toBeGreaterThan(20);
    });
    test('what does not apply is a known check', async () => {
      const known = new Set(acceptanceChecks.map(({ name }) => name));
      const subject = await open();
      await subject.close();
      expect(Object.keys(subject.notApplicable ?? {}).filter((name) => !known.has(name))).toEqual([]);
    });
  });
}

async function reasonAgainst(name: string, open: OpenSubject): Promise<string | undefined> {
  const subject = await open();
  await subject.close();
  return subject.notApplicable?.[name];
}

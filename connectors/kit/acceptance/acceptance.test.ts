import { badHabits } from './badHabits';
import { acceptance, acceptanceChecks, runCheck } from './index';
import { openTiny, tiny } from './tiny';

acceptance(tiny(), openTiny);

describe('the acceptance checks', () => {
  test('each has a habit that it is seen to catch', () => {
    expect(Object.keys(badHabits).sort()).toEqual(acceptanceChecks.map(({ name }) => name).sort());
  });

  const cases = Object.entries(badHabits).flatMap(([name, habits]) =>
    habits.map(([what, complaint, habit]) => [what, name, complaint, habit] as const),
  );
  test.each(cases)('a connector that %s fails "%s"', async (_what, name, complaint, habit) => {
    const check = acceptanceChecks.find((each) => each.name === name);
    if (!check) throw new Error(`no check ${name}`);
    await expect(runCheck(check, tiny(habit), openTiny)).rejects.toThrow(complaint);
  });
});

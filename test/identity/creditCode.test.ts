import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCharacter, readCreditCode } from '../../identity/creditCode';
import { organisationCheck, registrationCheck } from '../../identity/oldNumbers';

const vectors = JSON.parse(readFileSync(join(__dirname, 'names-cn', 'uscc_vectors.json'), 'utf8')) as {
  input: string;
  valid: boolean;
}[];

test('published codes are valid, and none of the spoiled ones links by itself', () => {
  const states = new Map<string, number>();
  for (const { input, valid } of vectors) {
    const key = `${valid} ${readCreditCode(input).state}`;
    states.set(key, (states.get(key) ?? 0) + 1);
  }
  // Two have a letter that no code has and one repair that passes: they count only if another record carries that code.
  expect(Object.fromEntries(states)).toEqual({ 'true valid': 103, 'false failed': 41, 'false suspected': 2 });
});

const CODE = '91320594MA1XK3QYXW';
test.each`
  said                                      | state         | kind                     | code                 | note
  ${CODE}                                   | ${'valid'}    | ${'unified'}             | ${CODE}              | ${null}
  ${` ${CODE} `}                            | ${'valid'}    | ${'unified'}             | ${CODE}              | ${null}
  ${'91320594-ma1xk3qyx-w'}                 | ${'valid'}    | ${'unified'}             | ${CODE}              | ${null}
  ${'９１３２０５９４ＭＡ１ＸＫ３ＱＹＸＷ'} | ${'valid'}    | ${'unified'}             | ${CODE}              | ${null}
  ${'9I320594MA1XK3QYXW'}                   | ${'repaired'} | ${'unified'}             | ${CODE}              | ${'I read as 1: the only repair that passes the check character'}
  ${'9132OS94MAIXK3QYXW'}                   | ${'repaired'} | ${'unified'}             | ${CODE}              | ${'O read as 0, S read as 5, I read as 1: the only repair that passes the check character'}
  ${'91320594MALXK3QYXW'}                   | ${'repaired'} | ${'unified'}             | ${CODE}              | ${'L read as 1: the only repair that passes the check character'}
  ${'91320594MA1XK3QYXX'}                   | ${'failed'}   | ${null}                  | ${null}              | ${'the check character should be W (GB 32100-2015)'}
  ${'91320594MA1XK3YQXW'}                   | ${'failed'}   | ${null}                  | ${null}              | ${'the check character should be Q (GB 32100-2015)'}
  ${'9132059MA1XK3QYXW'}                    | ${'failed'}   | ${null}                  | ${null}              | ${'17 characters, a unified credit code has 18'}
  ${'320594MA1XK3QYX'}                      | ${'valid'}    | ${'tax_number'}          | ${'320594MA1XK3QYX'} | ${null}
  ${'MA1XK3QY-X'}                           | ${'valid'}    | ${'organisation_code'}   | ${'MA1XK3QYX'}       | ${null}
  ${'320505000012341'}                      | ${'valid'}    | ${'registration_number'} | ${'320505000012341'} | ${null}
  ${'320505000012342'}                      | ${'failed'}   | ${null}                  | ${null}              | ${'15 characters that are neither a registration number nor region and organisation code'}
  ${'MA1XK3QY1'}                            | ${'failed'}   | ${null}                  | ${null}              | ${'an organisation code of nine characters whose last does not fit (GB 11714)'}
  ${'无'}                                   | ${'none'}     | ${null}                  | ${null}              | ${null}
  ${'000000000000000000'}                   | ${'none'}     | ${null}                  | ${null}              | ${null}
  ${''}                                     | ${'none'}     | ${null}                  | ${null}              | ${null}
`('$said is $state', ({ said, ...expected }) => {
  const { state, kind, code, note } = readCreditCode(said);
  expect({ state, kind, code, note }).toEqual(expected);
});

test('a change of one character never passes the check', () => {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  for (let at = 0; at < 17; at++)
    for (const character of alphabet)
      if (character !== CODE.charAt(at))
        expect(checkCharacter(CODE.slice(0, at) + character + CODE.slice(at + 1, 17))).not.toBe('W');
});

test('old numbers: the check digit of an organisation code (GB 11714) and of a registration number (MOD 11,10)', () => {
  expect(['MA1XK3QYX', '102548763', '102548764', '111111111'].map(organisationCheck)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(['320505000012341', '320505000056784', '320505000056785'].map(registrationCheck)).toEqual([
    true,
    true,
    false,
  ]);
});

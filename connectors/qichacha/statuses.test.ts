import { signature } from './bureau';
import { spec } from './config';
import { meaningOf } from './statuses';

test.each`
  does        | statuses
  ${'answer'} | ${'200 201'}
  ${'retry'}  | ${'120 122 199 203 205'}
  ${'skip'}   | ${'202 208 213 215 223 224'}
  ${'stop'}   | ${'101 102 103 104 106 107 108 111 112 113 114 115 116 119 214'}
  ${'stop'}   | ${'unheard-of'}
`('status $statuses: $does', ({ does, statuses }: { does: string; statuses: string }) => {
  const meanings = statuses.split(' ').map(meaningOf);
  expect(meanings.map((each) => each.does)).toEqual(meanings.map(() => does));
  const needsCode = does === 'retry' || does === 'stop';
  expect(meanings.every(({ code }) => (code !== undefined) === needsCode)).toBe(true);
});

test('the token is the MD5 of key, second and secret, in capitals', () => {
  const config = spec.parse({ appKey: 'key', secretKey: 'secret' });
  // printf key1700000000secret | md5sum
  expect(signature(config, 1_700_000_000)).toEqual({
    Token: 'F82D2EC0DA9D602FB2F633CEBEBDE66E',
    Timespan: '1700000000',
  });
});

import { signatureOf } from './session';

test('a login signature is the SHA-256 of the parts in lexicographic order', () => {
  // printf '1767600000acctappsecretuser' | sha256sum
  const expected = 'cb06ae0d22b6a5fff1d402ac5c404433f06277af5476741c66d670ec6a27f602';
  expect(signatureOf(['acct', 'user', 'app', 'secret', '1767600000'])).toBe(expected);
});

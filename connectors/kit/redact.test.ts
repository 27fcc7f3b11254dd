import { redactor } from './redact';

describe('redaction', () => {
  const secret = 'p@ss "word"/密码';
  const redact = redactor([secret, 'p@ss', 'abc', '']);

  test.each([
    ['as it is', secret],
    ['in a URL', encodeURIComponent(secret)],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 without its end', Buffer.from(secret).toString('base64').replace(/=+$/, '')],
    ['in JSON', JSON.stringify(secret)],
  ])('hides a secret %s', (_how, form) => {
    const text = redact(`before ${form} after`);
    expect(text).toMatch(/^before "?\*\*\*"? after$/);
  });

  test('hides every occurrence, and the longer of two secrets first', () => {
    expect(redact(`${secret} p@ss p@ss`)).toBe('*** *** ***');
  });

  test('leaves a text alone that holds none; a secret of three letters is no secret', () => {
    expect(redact('abc and nothing else')).toBe('abc and nothing else');
  });
});

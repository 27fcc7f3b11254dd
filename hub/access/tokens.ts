import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Signed, dated tokens: sessions in cookies and short-lived ones for Cube. The key stays in the data folder. */
export class Tokens {
  private readonly key: Buffer;
  private readonly oneTime = new Set<string>();

  constructor(dataFolder: string) {
    const file = join(dataFolder, 'hub.key');
    if (!existsSync(file)) {
      mkdirSync(dataFolder, { recursive: true });
      writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
    }
    this.key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  }

  /** A token for one person and one use ('session', 'cube'). */
  sign(use: string, person: string, seconds: number): string {
    const body = Buffer.from(JSON.stringify({ use, person, until: Date.now() + seconds * 1_000 })).toString(
      'base64url',
    );
    return `${body}.${this.signature(body)}`;
  }

  /** The person, or undefined for a token that is wrong, for another use or too old. */
  verify(use: string, token: string | undefined): string | undefined {
    const [body, signature] = (token ?? '').split('.');
    if (!body || !signature || !isEqual(signature, this.signature(body))) return undefined;
    const parsed = JSON.parse(Buffer.from(body, 'base64url').toString()) as {
      use: string;
      person: string;
      until: number;
    };
    return parsed.use === use && parsed.until > Date.now() ? parsed.person : undefined;
  }

  /** For a link that opens the hub once. */
  oneTimeToken(): string {
    const token = randomBytes(24).toString('base64url');
    this.oneTime.add(token);
    return token;
  }

  useOnce(token: string): boolean {
    return this.oneTime.delete(token);
  }

  private signature(body: string): string {
    return createHmac('sha256', this.key).update(body).digest('base64url');
  }
}

export function isEqual(one: string, other: string): boolean {
  const left = Buffer.from(one);
  const right = Buffer.from(other);
  return left.length === right.length && timingSafeEqual(left, right);
}

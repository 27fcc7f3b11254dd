import { inspect } from 'node:util';
import { MillraceError } from '../errors';
import { secretsIn } from '../fields';
import { failureOf } from './faults';
import { type AcceptanceCheck, type Bench, assert } from './subject';

/** Logging in, rights, and what errors give away. */
export const accessChecks: readonly AcceptanceCheck[] = [
  {
    name: 'check passes for the login and for every stream',
    async run(bench) {
      const source = await bench.open();
      await source.check();
      for (const stream of source.streams) await source.check(stream);
    },
  },
  {
    name: 'a wrong password is login_refused and is tried once only',
    async run(bench) {
      const before = bench.subject.loginAttempts();
      const error = await failureOf(logIn(bench, bench.subject.wrongConfig));
      assert(error instanceof MillraceError, `no MillraceError but ${String(error)}`);
      assert(error.code === 'login_refused', `the code is ${error.code}`);
      const attempts = bench.subject.loginAttempts() - before;
      assert(attempts === 1, `it was tried ${attempts} times: vendors lock the user after a few`);
    },
  },
  {
    name: 'a stream that may not be read is named by its check',
    async run(bench) {
      bench.subject.seed(1);
      bench.subject.forbid();
      const source = await bench.open();
      const error = await failureOf(source.check(bench.stream(source)));
      assert(error instanceof MillraceError, `no MillraceError but ${String(error)}`);
      assert(error.code === 'permission_refused', `the code is ${error.code}`);
      assert(error.todo !== '', 'the error does not say what to do');
    },
  },
  {
    name: 'no secret stands in an error',
    async run(bench) {
      bench.subject.seed(1);
      const errors = [await failureOf(logIn(bench, bench.subject.wrongConfig))];
      for (const fault of ['business_error', 'http_503', 'reset'] as const) {
        bench.subject.inject(fault, { times: TIMES });
        errors.push(await failureOf(bench.read()));
        await drain(bench);
      }
      const { config, wrongConfig } = bench.subject;
      const secrets = [config, wrongConfig].flatMap((each) => secretsIn(bench.connector.spec, each));
      for (const error of errors) {
        const text = everythingOf(error);
        assert(!secrets.some((secret) => text.includes(secret)), 'a secret stands in an error');
      }
    },
  },
];

const TIMES = 6; // one try and five retries

async function logIn(bench: Bench, config: Record<string, unknown>): Promise<void> {
  const source = await bench.open(config);
  await source.check();
}

/** A fault that was injected for more requests than came must not meet the next part of the check. */
async function drain(bench: Bench): Promise<void> {
  for (let i = 0; i < TIMES; i++) {
    try {
      await bench.read();
      return;
    } catch {
      continue; // a rest of the fault
    }
  }
}

/** All that a log could print of an error: message, stack, properties, causes. */
const everythingOf = (error: unknown): string =>
  inspect(error, { depth: 10, showHidden: true, maxStringLength: Infinity });

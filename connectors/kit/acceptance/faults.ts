import type { OpenSource, Stream } from '../contract';
import { MillraceError } from '../errors';
import type { Fault } from '../sandbox';
import { type AcceptanceCheck, type Bench, assert, assertAllOnce, readAll } from './subject';

/** What the network and a vendor's server do in the middle of a run. */
export const faultChecks: readonly AcceptanceCheck[] = [
  {
    name: 'throttling is waited for as long as the vendor asks, and loses nothing',
    async run(bench) {
      const startedAt = Date.now();
      await readWith(bench, 'throttled');
      const waited = Date.now() - startedAt;
      const asked = bench.subject.throttledForMs;
      assert(waited >= asked * 0.95, `it waited ${waited} ms where the vendor asked for ${asked} ms`);
    },
  },
  {
    name: 'a session lost in mid-run is renewed once, and nothing is lost',
    async run(bench) {
      const { source, stream } = await loggedIn(bench);
      const before = bench.subject.loginAttempts();
      bench.subject.inject('session_lost', { after: 1 });
      assertAllOnce(await readAll(source, stream), bench.subject);
      const logins = bench.subject.loginAttempts() - before;
      assert(logins === 1, `it logged in ${logins} times after one lost session`);
    },
  },
  {
    name: 'a business error inside a good answer is an error in the words of the vendor',
    async run(bench) {
      const { source, stream } = await loggedIn(bench);
      bench.subject.inject('business_error', { after: 1 });
      const error = await failureOf(readAll(source, stream));
      assert(error instanceof MillraceError, `a ${error instanceof Error ? error.name : 'value'} was thrown`);
      const text = error.describe();
      assert(bench.subject.businessWords.test(text), `the vendor's words are missing in: ${text}`);
      assert(error.actor !== 'bug', `${error.code} blames us for what the vendor said`);
    },
  },
  survives('a truncated body is asked for again', 'truncated'),
  survives('a connection that breaks is tried again', 'reset'),
  survives('a page of HTML with status 503 is waited out', 'http_503'),
];

function survives(name: string, fault: Fault): AcceptanceCheck {
  return { name: `${name}: no record lost, none twice`, run: (bench) => readWith(bench, fault) };
}

/** The fault strikes after the first page of three. */
async function readWith(bench: Bench, fault: Fault): Promise<void> {
  const { source, stream } = await loggedIn(bench);
  bench.subject.inject(fault, { after: 1 });
  assertAllOnce(await readAll(source, stream), bench.subject);
}

async function loggedIn(bench: Bench): Promise<{ source: OpenSource; stream: Stream }> {
  bench.subject.seed(bench.subject.pageRows * 2 + 1);
  const source = await bench.open();
  const stream = bench.stream(source);
  await source.check(stream);
  return { source, stream };
}

export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('no error was thrown where one had to be');
}

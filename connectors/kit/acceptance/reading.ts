import {
  type AcceptanceCheck,
  addPage,
  type Bench,
  assert,
  assertAllOnce,
  assertSame,
  type Reading,
} from './subject';

/** Paging and state: each record once, whatever the number, and every state good enough to go on from. */
export const readingChecks: readonly AcceptanceCheck[] = [
  {
    name: 'an empty account gives no record and a state to go on from',
    async run(bench) {
      const first = await bench.read();
      assert(first.count === 0, `${first.count} records came from an empty account`);
      bench.subject.seed(2);
      assertAllOnce(await bench.read(first.state), bench.subject);
    },
  },
  reads('one record less than a page', (pageRows) => pageRows - 1),
  reads('exactly one page', (pageRows) => pageRows),
  reads('one record more than a page', (pageRows) => pageRows + 1),
  reads('ten times the page limit', (pageRows) => pageRows * 10),
  {
    name: 'more records than a page holds may share one cursor value',
    async run(bench) {
      bench.subject.seed(3);
      bench.subject.seed(bench.subject.pageRows * 2 + 1, { sameCursor: true });
      bench.subject.seed(3);
      assertAllOnce(await bench.read(), bench.subject);
    },
  },
  {
    name: 'the state after every page is enough to go on from',
    async run(bench) {
      bench.subject.seed(bench.subject.pageRows * 3 + 1);
      const whole = await bench.read();
      const seen = new Set<string>();
      for (const page of whole.pages) {
        page.keys.forEach((key) => seen.add(key));
        const rest = await bench.read(page.state);
        assertSame([...seen, ...rest.rows.keys()], bench.subject.recordsAtVendor());
      }
    },
  },
  {
    name: 'a second read of unchanged data comes to the same state',
    async run(bench) {
      bench.subject.seed(bench.subject.pageRows + 3);
      const first = await bench.read();
      const second = await bench.read(first.state);
      const text = JSON.stringify(second.state);
      assert(text === JSON.stringify(first.state), `the state moved to ${text} although nothing changed`);
      assertSame([...first.rows.keys(), ...second.rows.keys()], bench.subject.recordsAtVendor());
    },
  },
  {
    name: 'a bad row comes through, and so do its neighbours',
    async run(bench) {
      bench.subject.seed(2);
      const bad = bench.subject.addBadRow();
      bench.subject.seed(2);
      const reading = await bench.read();
      assert(reading.rows.has(bad), `the bad record ${bad} never reached the quarantine`);
      assertAllOnce(reading, bench.subject);
    },
  },
  {
    name: 'keys are all keys, on more than one page',
    async run(bench) {
      bench.subject.seed(bench.subject.pageRows * 2 + 3);
      assertSame(await keysOf(bench), bench.subject.recordsAtVendor());
    },
  },
];

/** What happens at the vendor while or after we read. */
export const changeChecks: readonly AcceptanceCheck[] = [
  {
    name: 'a change is seen by the next read, without reading all again',
    async run(bench) {
      bench.subject.seed(bench.subject.pageRows * 4);
      const first = await bench.read();
      const [key = ''] = bench.subject.recordsAtVendor();
      bench.subject.touch([key]);
      const next = await bench.read(first.state);
      assertChanged(first.rows.get(key), next.rows.get(key), key);
      assert(next.count < first.count, 'the next read gave every record again: the cursor is not used');
    },
  },
  {
    name: 'a change that committed late is seen by the next read',
    async run(bench) {
      bench.subject.seed(bench.subject.pageRows + 5);
      const first = await bench.read();
      const [, key = ''] = bench.subject.recordsAtVendor();
      bench.subject.touch([key], { isLate: true });
      assertChanged(first.rows.get(key), (await bench.read(first.state)).rows.get(key), key);
    },
  },
  {
    name: 'a record changed while we read hides neither itself nor its neighbour',
    async run(bench) {
      bench.subject.seed(bench.subject.pageRows * 3);
      const before = (await bench.read()).rows;
      const source = await bench.open();
      const stream = bench.stream(source);
      const reading: Reading = { rows: new Map(), count: 0, pages: [], state: undefined };
      let changed = '';
      for await (const page of source.read(stream, undefined, {})) {
        addPage(reading, stream, page);
        if (changed) continue;
        [changed = ''] = reading.rows.keys();
        bench.subject.touch([changed]); // it moves to the end; an offset would now skip a record
      }
      const next = await bench.read(reading.state);
      assertSame([...reading.rows.keys(), ...next.rows.keys()], bench.subject.recordsAtVendor());
      assertChanged(before.get(changed), next.rows.get(changed) ?? reading.rows.get(changed), changed);
    },
  },
  {
    name: 'deleted records are missing from the keys',
    async run(bench) {
      bench.subject.seed(bench.subject.pageRows + 3);
      const [first = '', second = ''] = await keysOf(bench);
      bench.subject.remove([first, second]);
      const keys = await keysOf(bench);
      assert(!keys.includes(first) && !keys.includes(second), 'a deleted record is still among the keys');
      assertSame(keys, bench.subject.recordsAtVendor());
    },
  },
];

function reads(what: string, count: (pageRows: number) => number): AcceptanceCheck {
  return {
    name: `${what} is read whole and once`,
    async run(bench) {
      bench.subject.seed(count(bench.subject.pageRows));
      assertAllOnce(await bench.read(), bench.subject);
    },
  };
}

async function keysOf(bench: Bench): Promise<string[]> {
  const source = await bench.open();
  assert(source.keys !== undefined, 'the connector has no keys(): deletes at the vendor would stay unseen');
  const keys: string[] = [];
  for await (const page of source.keys(bench.stream(source)))
    keys.push(...page.map((values) => values.join('|')));
  return keys;
}

function assertChanged(before: unknown, after: unknown, key: string): void {
  assert(after !== undefined, `the changed record ${key} did not come`);
  assert(JSON.stringify(after) !== JSON.stringify(before), `the old version of ${key} came`);
}

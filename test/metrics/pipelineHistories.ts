import fc from 'fast-check';
import type { Given } from '../models/given';

/** An opportunity of a worked example, as its CRM tells it. */
export interface Deal {
  /** Of the customer, which names the example. */
  of: string;
  created: string;
  amount: string;
  close?: string;
  /** The CRM's log, `[at, amount, expected close]`; null = unchanged. The first row has the first values. */
  log?: readonly (readonly [at: string, amount: string | null, close: string | null])[];
  /** Stages after 需求沟通, in which it was created. */
  moves?: readonly (readonly [at: string, stage: string])[];
  status?: 'open' | 'won' | 'lost' | 'invalid';
  more?: Given;
}

/** Something that happens to an opportunity, on a day and at an hour of its own. */
type Happening =
  | { kind: 'amount'; yuan: number }
  | { kind: 'close'; month: number }
  | { kind: 'stage'; stage: '技术评审' | '商务谈判' | '输单' | '赢单' };

interface History {
  customer: number;
  created: number;
  yuan: number;
  month: number;
  /** Days after the creation, ascending, each with what happened. */
  later: { day: number; what: Happening }[];
  isInvalid: boolean;
}

const FIRST = Date.parse('2025-06-01T00:00:00Z');
const DAY = 86_400_000;
const LAST = 135; // 14 October
export const dayText = (day: number): string => new Date(FIRST + day * DAY).toISOString().slice(0, 10);
const closeText = (month: number): string => `2025-${String(month).padStart(2, '0')}-20`;

export const randomCustomers = [0, 1, 2, 3];
/** Customer → the day on which it goes from 王芳 in 华南 to 李强 in 华东; some never. */
export const HANDED_OVER: readonly (number | null)[] = [null, 60, 100, 120];

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constant('amount' as const), yuan: fc.integer({ min: 0, max: 50 }) }),
  fc.record({ kind: fc.constant('close' as const), month: fc.integer({ min: 9, max: 12 }) }),
  fc.record({
    kind: fc.constant('stage' as const),
    stage: fc.constantFrom('技术评审' as const, '商务谈判' as const, '输单' as const, '赢单' as const),
  }),
);

/** The same on every run. */
export const histories: readonly History[] = fc
  .sample(
    fc.record({
      customer: fc.integer({ min: 0, max: randomCustomers.length - 1 }),
      created: fc.integer({ min: 0, max: 130 }),
      yuan: fc.integer({ min: 0, max: 50 }),
      month: fc.integer({ min: 9, max: 12 }),
      later: fc
        .uniqueArray(fc.record({ day: fc.integer({ min: 0, max: LAST }), what: happening }), {
          selector: ({ day }) => day,
          maxLength: 7,
        })
        .map((list) => list.toSorted((one, other) => one.day - other.day)),
      isInvalid: fc.boolean(),
    }),
    { seed: 20_251_015, numRuns: 90 },
  )
  .map((history, place) => ({
    ...history,
    isInvalid: history.isInvalid && place % 4 === 0,
    later: history.later
      .map(({ day, what }) => ({ day: history.created + day, what }))
      .filter(({ day }) => day <= LAST - 1),
  }));

/** 10:00 for the creation, 15:00 for what follows. */
const at = (day: number, hour: number) => `${dayText(day)} ${hour}:00`;

/** As the CRM would tell it. */
export function dealOf({ customer, created, yuan, month, later, isInvalid }: History): Deal {
  const end = stateAt({ customer, created, yuan, month, later, isInvalid }, LAST + 1);
  return {
    of: `random ${customer}`,
    created: at(created, 10),
    amount: String(end?.yuan),
    close: closeText(end?.month ?? month),
    status: end?.status ?? 'open',
    log: [
      [at(created, 10), String(yuan), closeText(month)] as const,
      ...later.flatMap(({ day, what }): [string, string | null, string | null][] => {
        if (what.kind === 'stage') return [];
        return what.kind === 'amount'
          ? [[at(day, 15), String(what.yuan), null]]
          : [[at(day, 15), null, closeText(what.month)]];
      }),
    ],
    moves: later.flatMap(({ day, what }) =>
      what.kind === 'stage' ? [[at(day, 15), what.stage] as const] : [],
    ),
    ...(isInvalid && { more: { source_updated_at: `${dayText(LAST)} 02:00:00` } }),
  };
}

type Status = 'open' | 'won' | 'lost' | 'invalid';
interface State {
  status: Status;
  yuan: number;
  month: number;
  /** The day on which it got this status. */
  since: number;
}

/** How it stands at the end of a day; undefined before it was created. */
function stateAt({ created, yuan, month, later, isInvalid }: History, day: number): State | undefined {
  if (day < created) return undefined;
  const state: State = { status: 'open', yuan, month, since: created };
  const turn = (status: Status, on: number) => {
    if (status !== state.status) Object.assign(state, { status, since: on });
  };
  for (const { day: on, what } of later) {
    if (on > day) break;
    if (what.kind === 'amount') state.yuan = what.yuan;
    else if (what.kind === 'close') state.month = what.month;
    else turn(what.stage === '输单' ? 'lost' : what.stage === '赢单' ? 'won' : 'open', on);
  }
  if (isInvalid && day >= LAST) turn('invalid', LAST);
  return state;
}

const regionOn = (customer: number, day: number): string => {
  const handed = HANDED_OVER[customer];
  return handed !== null && handed !== undefined && day >= handed ? '华东' : '华南';
};

/** FUN-9 between two days by walking each history: yuan by `region month step`; zeros left out. */
export function changesByHand(from: number, to: number): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (region: string, month: number, step: string, yuan: number) => {
    const key = `${region} 2025-${String(month).padStart(2, '0')} ${step}`;
    sums.set(key, (sums.get(key) ?? 0) + yuan);
  };
  for (const history of histories) {
    const start = stateAt(history, from - 1);
    const end = stateAt(history, to);
    const on = (day: number) => regionOn(history.customer, day);
    if (!end) continue;
    if (start?.status === 'open') add(on(from - 1), start.month, 'open_start', start.yuan);
    if (end.status === 'open') add(on(to), end.month, 'open_end', end.yuan);
    if (start?.status === 'open' && end.status === 'open') {
      move(add, on(from - 1), on(to), start.month, start.yuan);
      if (start.month !== end.month) {
        add(on(to), start.month, 'close_moved', -start.yuan);
        add(on(to), end.month, 'close_moved', start.yuan);
      }
      const more = end.yuan - start.yuan;
      if (more !== 0) add(on(to), end.month, more > 0 ? 'raised' : 'lowered', more);
    } else if (start?.status === 'open') {
      move(add, on(from - 1), on(end.since), start.month, start.yuan);
      add(on(end.since), start.month, end.status, -start.yuan);
    } else if (end.status === 'open') {
      add(on(end.since), end.month, start ? 'reopened' : 'new', end.yuan);
      move(add, on(end.since), on(to), end.month, end.yuan);
    }
  }
  return new Map([...sums].filter(([, yuan]) => yuan !== 0));
}

function move(
  add: (region: string, month: number, step: string, yuan: number) => void,
  before: string,
  after: string,
  month: number,
  yuan: number,
): void {
  if (before === after) return;
  add(before, month, 'owner_moved', -yuan);
  add(after, month, 'owner_moved', yuan);
}

import {
  centsOf,
  centsText,
  type Decisions,
  type Match,
  matchEvent,
  moneyOf,
  normalName,
  type Part,
  readDecisions,
} from '../../matching';
import { appendEvents, type NewEvent, type Session, type Warehouse } from '../../warehouse';
import type { ConfirmInput, Decided, DeclineInput, SplitInput, UndoInput } from './matchWork';
import { mustFit, nothing, splitPart } from './mustFit';

/**
 * What people decide about bank lines, as events. Each act is checked in the turn in which it is written: a line is never matched for
 * more than it brought, an item never relieved of more than it owes, and who was slower is told so.
 */
export function decidingOver(warehouse: Warehouse) {
  return {
    async confirm(input: ConfirmInput): Promise<Decided> {
      const decided: Decided = { matches: [], amountCny: '0.00' };
      let cents = 0n;
      await appendEvents(warehouse, [], async (session) => {
        const { matches, last } = await readDecisions(session);
        const events = looked(matches, input);
        const lineIds = input.allStrong ? await strongLines(session) : (input.lines ?? []);
        const taken = [...matches];
        for (const lineId of lineIds) {
          const found = await confirmed(session, lineId, { matches: taken, last }, input);
          if (found === null) continue;
          taken.push(found.match);
          events.push(...found.events);
          decided.matches.push(found.match.matchId);
          cents += moneyOf(found.match.parts);
        }
        if (events.length === 0)
          throw nothing('No bank line with a suggestion was named', 'millrace match list');
        return events;
      });
      return { ...decided, amountCny: centsText(cents) };
    },

    async decline({ line, rank, customer, why, by }: DeclineInput): Promise<void> {
      await appendEvents(warehouse, [], async (session) => {
        const suggestion = await suggestionOf(session, line, rank);
        const owner = suggestion.parts.find((part) => part.customer !== null)?.customer ?? null;
        const body = {
          bank_transaction_id: line,
          signature: suggestion.signature,
          ...(customer && owner !== null && { customer_id: owner }),
        };
        const what = customer ? `customer ${owner}` : suggestion.signature;
        return [
          {
            eventId: `match.declined/${line}/${what}`,
            kind: 'match.declined',
            actor: by,
            subject: line,
            body,
            reason: why,
          },
        ];
      });
    },

    async split(input: SplitInput): Promise<Decided> {
      const { line, payer, why, by } = input;
      let cents = 0n;
      let matchId = '';
      await appendEvents(warehouse, [], async (session) => {
        const { matches, last } = await readDecisions(session);
        const parts: Part[] = [];
        for (const part of input.parts)
          parts.push(...(await splitPart(session, part, [...matches, asMatch(parts)])));
        const first = parts.find(({ customer }) => customer !== null)?.customer ?? null;
        const owner = payer ?? first;
        const owned = parts.map((part) => ({ ...part, customer: part.customer ?? owner }));
        matchId = nextId(line, last);
        await mustFit(session, line, owned, matches);
        cents = moneyOf(owned);
        const match = { matchId, lineId: line, payer: owner, rule: 'split', score: 0, parts: owned };
        return [
          matchEvent('match.confirmed', match, by, { ...(why !== undefined && { reason: why }) }),
          ...(await learnt(session, match, by)),
        ];
      });
      return { matches: [matchId], amountCny: centsText(cents) };
    },

    async undo({ match, why, by }: UndoInput): Promise<void> {
      await appendEvents(warehouse, [], async (session) => {
        const { matches } = await readDecisions(session);
        if (!matches.some(({ matchId }) => matchId === match))
          throw nothing(
            `There is no match ${match}, or it was undone`,
            'millrace match list --state matched',
          );
        return [
          {
            eventId: `match.undone/${match}`,
            kind: 'match.undone',
            actor: by,
            subject: match,
            body: {},
            reason: why,
          },
        ];
      });
    },
  };
}

/** Automatic matches that a person agrees with. */
function looked(matches: readonly Match[], { matches: wanted = [], by }: ConfirmInput): NewEvent[] {
  return wanted.map((matchId) => {
    if (!matches.some((match) => match.matchId === matchId))
      throw nothing(`There is no match ${matchId}, or it was undone`, 'millrace match list --state matched');
    return {
      eventId: `match.looked/${matchId}`,
      kind: 'match.confirmed',
      actor: by,
      subject: matchId,
      body: {},
    };
  });
}

/** The first suggestion of a line as a match; null where somebody matched the line meanwhile and only strong ones were asked for. */
async function confirmed(
  session: Session,
  lineId: string,
  { matches, last }: Pick<Decisions, 'matches' | 'last'>,
  { allStrong, by }: ConfirmInput,
): Promise<{ match: Match; events: NewEvent[] } | null> {
  if (allStrong && matches.some((match) => match.lineId === lineId)) return null;
  const { parts, payer, rule, score } = await suggestionOf(session, lineId, 1);
  await mustFit(session, lineId, parts, matches);
  const match = { matchId: nextId(lineId, last), lineId, payer, rule, score, parts };
  const events = [matchEvent('match.confirmed', match, by), ...(await learnt(session, match, by))];
  return { match: { ...match, status: 'confirmed', decidedBy: by, sequence: 0n }, events };
}

/** Whoever paid this line pays for these customers: its name and account are known from now on. */
async function learnt(
  session: Session,
  { lineId, matchId, parts }: { lineId: string; matchId: string; parts: readonly Part[] },
  by: string,
): Promise<NewEvent[]> {
  const [line] = await session.rows(
    'select counterparty_name, counterparty_account from core.bank_transaction where bank_transaction_id = ?',
    [lineId],
  );
  const customers = new Set(
    parts.flatMap(({ customer, kind }) => (customer !== null && kind === 'cash' ? [customer] : [])),
  );
  const keys: [string, string][] = [];
  if (line?.counterparty_name) keys.push(['name', normalName(String(line.counterparty_name))]);
  if (line?.counterparty_account) keys.push(['account', String(line.counterparty_account)]);
  return [...customers].flatMap((customer) =>
    keys.map(([kind, key]) => ({
      eventId: `alias.learnt/${matchId}/${kind}/${customer}`,
      kind: 'alias.learnt',
      actor: by,
      subject: key,
      body: { payer_kind: kind, payer_key: key, customer_id: customer, match_id: matchId },
    })),
  );
}

interface Suggested {
  parts: Part[];
  payer: string | null;
  rule: string;
  score: number;
  signature: string;
}

async function suggestionOf(session: Session, lineId: string, rank: number): Promise<Suggested> {
  const [row] = await session.rows(
    'select payer_id, rule, score, signature, parts from ops.cash_suggestion where bank_transaction_id = ? and rank = ?',
    [lineId, rank],
  );
  if (!row) throw nothing(`The bank line ${lineId} has no suggestion ${rank}`, 'millrace match list');
  const parts = JSON.parse(String(row.parts)) as (Omit<Part, 'cents'> & { cents: string })[];
  return {
    parts: parts.map((part) => ({ ...part, cents: centsOf(part.cents) })),
    payer: row.payer_id === null ? null : String(row.payer_id),
    rule: String(row.rule),
    score: Number(row.score),
    signature: String(row.signature),
  };
}

const strongLines = async (session: Session): Promise<string[]> =>
  (
    await session.rows(
      "select bank_transaction_id from ops.cash_suggestion where rank = 1 and match_class = 'suggested_strong' order by 1",
    )
  ).map((row) => String(row.bank_transaction_id));

const asMatch = (parts: readonly Part[]): Match => ({
  matchId: '',
  lineId: '',
  payer: null,
  parts,
  rule: 'split',
  status: 'confirmed',
  decidedBy: '',
  sequence: 0n,
});

/** Named by the line and by how many decisions there were: an undone one is never named again. */
const nextId = (lineId: string, last: bigint): string => `${lineId}/${last + 1n}`;

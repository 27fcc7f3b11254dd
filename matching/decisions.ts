import type { NewEvent, Session } from '../warehouse';
import type { Part, PartKind } from './explanation';
import { signatureOf } from './explanation';
import { centsOf, centsText } from './money';

/** A match as it stands in ops.event, at once and not only after the next build (core.cash_match). */
export interface Match {
  matchId: string;
  lineId: string;
  payer: string | null;
  parts: readonly Part[];
  rule: string;
  status: 'automatic' | 'confirmed';
  decidedBy: string;
  /** Its event's number: what came later. */
  sequence: bigint;
}

/** What was refused or taken back; it is not suggested again for that line (METRICS APP-6). */
interface Refusal {
  lineId: string;
  customer: string | null;
  signature: string | null;
}

interface Alias {
  kind: 'name' | 'account';
  key: string;
  customer: string;
  matchId: string;
}

export interface Decisions {
  /** Matches that hold. */
  matches: readonly Match[];
  refusals: readonly Refusal[];
  aliases: readonly Alias[];
  /** The number of the last event about matches; names of new ones are made of it. */
  last: bigint;
}

/** More parts than this are no payment; the models read as many. */
export const MOST_PARTS = 200;

export interface NewMatch {
  matchId: string;
  lineId: string;
  payer: string | null;
  rule: string;
  score: number;
  parts: readonly Part[];
}

/** The event that applies or confirms a match with its parts; flat, as models read it (core.cash_match_part). */
export function matchEvent(
  kind: 'match.applied' | 'match.confirmed',
  { matchId, lineId, payer, rule, score, parts }: NewMatch,
  actor: string,
  more: { eventId?: string; runId?: string; reason?: string } = {},
): NewEvent {
  const body: Record<string, string> = {
    bank_transaction_id: lineId,
    rule,
    score: String(Math.round(score)),
    parts: String(parts.length),
    ...(payer !== null && { payer_id: payer }),
    ...(more.runId !== undefined && { run_id: more.runId }),
  };
  for (const [at, { customer, documentId, itemId, kind: partKind, cents }] of parts.entries()) {
    const number = at + 1;
    if (customer !== null) body[`customer_${number}`] = customer;
    if (documentId !== null) body[`document_${number}`] = documentId;
    if (itemId !== null) body[`item_${number}`] = itemId;
    body[`kind_${number}`] = partKind;
    body[`amount_${number}`] = centsText(cents);
  }
  const { eventId = `${kind}/${matchId}`, reason } = more;
  return { eventId, kind, actor, subject: matchId, body, ...(reason !== undefined && { reason }) };
}

/** Folds all events about matches into what holds now. */
export async function readDecisions(session: Session): Promise<Decisions> {
  const rows = await session.rows(
    `select cast(sequence as varchar) as sequence, kind, actor, subject, cast(body as varchar) as body
     from ops.event where kind in ('match.applied', 'match.confirmed', 'match.declined', 'match.undone', 'alias.learnt', 'alias.forgotten')
     order by ops.event.sequence`,
  );
  const matches = new Map<string, Match>();
  const refusals: Refusal[] = [];
  const aliases = new Map<string, Alias>();
  let last = 0n;
  for (const row of rows) {
    const event: Event = {
      sequence: BigInt(String(row.sequence)),
      kind: String(row.kind),
      actor: String(row.actor),
      subject: String(row.subject),
      body: JSON.parse(String(row.body)) as Record<string, string>,
    };
    last = event.sequence;
    apply(event, matches, refusals, aliases);
  }
  return { matches: [...matches.values()], refusals, aliases: [...aliases.values()], last };
}

interface Event {
  sequence: bigint;
  kind: string;
  actor: string;
  subject: string;
  body: Readonly<Record<string, string>>;
}

function apply(
  event: Event,
  matches: Map<string, Match>,
  refusals: Refusal[],
  aliases: Map<string, Alias>,
): void {
  const { kind, body, subject } = event;
  const known = matches.get(subject);
  switch (kind) {
    case 'match.applied':
    case 'match.confirmed':
      if (body.parts !== undefined) matches.set(subject, matchOf(event));
      else if (known) matches.set(subject, { ...known, status: 'confirmed', decidedBy: event.actor });
      return;
    case 'match.undone':
      matches.delete(subject);
      if (known) refusals.push({ lineId: known.lineId, customer: null, signature: signatureOf(known.parts) });
      for (const [key, { matchId }] of aliases) if (matchId === subject) aliases.delete(key);
      return;
    case 'match.declined':
      refusals.push({
        lineId: body.bank_transaction_id ?? '',
        customer: body.customer_id ?? null,
        signature: body.signature ?? null,
      });
      return;
    case 'alias.learnt':
    case 'alias.forgotten': {
      const aliasKey = `${body.payer_kind} ${body.payer_key} ${body.customer_id}`;
      if (kind === 'alias.forgotten') aliases.delete(aliasKey);
      else if (!aliases.has(aliasKey))
        aliases.set(aliasKey, {
          kind: body.payer_kind === 'account' ? 'account' : 'name',
          key: body.payer_key ?? '',
          customer: body.customer_id ?? '',
          matchId: body.match_id ?? '',
        });
    }
  }
}

function matchOf({ kind, body, subject: matchId, actor, sequence }: Event): Match {
  const parts = Array.from({ length: Number(body.parts) }, (_, at): Part => {
    const number = at + 1;
    return {
      customer: body[`customer_${number}`] ?? null,
      documentId: body[`document_${number}`] ?? null,
      itemId: body[`item_${number}`] ?? null,
      kind: (body[`kind_${number}`] ?? 'cash') as PartKind,
      cents: centsOf(body[`amount_${number}`] ?? '0'),
    };
  });
  return {
    matchId,
    lineId: body.bank_transaction_id ?? '',
    payer: body.payer_id ?? null,
    parts,
    rule: body.rule ?? '',
    status: kind === 'match.confirmed' ? 'confirmed' : 'automatic',
    decidedBy: actor,
    sequence,
  };
}

/** Money of a line that a match places: on items, or as a rest that a person left. */
export const moneyOf = (parts: readonly Part[]): bigint =>
  parts.reduce((sum, { kind, cents }) => sum + (kind === 'cash' || kind === 'unapplied' ? cents : 0n), 0n);

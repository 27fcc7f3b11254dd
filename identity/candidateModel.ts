import { findCandidates } from './candidates/findCandidates';
import type { Party, PartyName } from './candidates/party';
import { wordsOf } from './candidates/score';
import { namesOf, type ReadName } from './resolve/names';
import { type Decision, type InputRow, readRows, standing } from './resolve/records';

/** Columns of core.customer_candidate. */
export const CANDIDATE_COLUMNS = {
  candidate_id: 'varchar',
  customer_a: 'varchar',
  record_a: 'varchar',
  name_a: 'varchar',
  customer_b: 'varchar',
  record_b: 'varchar',
  name_b: 'varchar',
  kind_b: 'varchar',
  score: 'int',
  reasons: 'varchar',
  detail: 'varchar',
};

type CandidateRow = Record<keyof typeof CANDIDATE_COLUMNS, string | number | null>;

/** Rows of core.customer_candidate from records with the customers that they were found to be, and people's decisions. */
export function candidateRows(rows: readonly InputRow[]): CandidateRow[] {
  const { records, decisions } = readRows(rows);
  const parties = partiesOf(rows, records);
  return findCandidates(parties, decided(standing(decisions), parties)).map(
    ({ one, other, score, reasons }): CandidateRow => {
      const [ours, theirs] = [parties[one.party], parties[other.party]];
      return {
        candidate_id: `${ours?.id}|${theirs?.id}`,
        customer_a: ours?.id ?? '',
        record_a: one.name.recordId,
        name_a: one.name.text,
        customer_b: theirs?.isPayer ? null : (theirs?.id ?? ''),
        record_b: other.name.recordId,
        name_b: other.name.text,
        kind_b: theirs?.isPayer ? 'payer' : 'customer',
        score,
        reasons: wordsOf(reasons),
        detail: JSON.stringify(reasons),
      };
    },
  );
}

/** Customers first, then payers of none, each sorted by id: the other of a pair may be a payer, the one never is. */
function partiesOf(rows: readonly InputRow[], records: ReturnType<typeof readRows>['records']): Party[] {
  const linked = new Map(
    rows
      .filter(({ input }) => input !== 'decision')
      .map((row) => [`${String(row.connection)}:${String(row.source_id)}`, row]),
  );
  interface Open {
    id: string;
    isPayer: boolean;
    names: PartyName[];
    seen: Set<string>;
    codes: Set<string>;
    failed: Set<string>;
  }
  const parties = new Map<string, Open>();
  for (const record of records) {
    const row = linked.get(record.id);
    const customerId = row?.customer_id;
    const isPayer = record.kind === 'payer';
    const hasCustomer = typeof customerId === 'string' && customerId !== '';
    if (isPayer && hasCustomer) continue;
    const id = hasCustomer ? customerId : record.id;
    const party = parties.get(id) ?? {
      id,
      isPayer,
      names: [],
      seen: new Set(),
      codes: new Set(),
      failed: new Set(),
    };
    parties.set(id, party);
    const { full, short, former } = namesOf(record);
    const add = (read: ReadName | null | undefined, text: string, kind: PartyName['kind']): void => {
      if (!read || party.seen.has(read.parts.key)) return;
      party.seen.add(read.parts.key);
      party.names.push({ read, text, recordId: record.id, kind });
    };
    add(full, record.name, 'full');
    add(short, record.shortName ?? '', 'short');
    for (const name of former) add(name, name.exact, 'former');
    if (typeof row?.own_credit_code === 'string' && row.own_credit_code !== '')
      party.codes.add(row.own_credit_code);
    else if (row?.code_state === 'failed' || row?.code_state === 'suspected')
      party.failed.add(String(row.said_credit_code));
  }
  const order = (one: Open, other: Open): number =>
    Number(one.isPayer) - Number(other.isPayer) || (one.id < other.id ? -1 : 1);
  return [...parties.values()].toSorted(order);
}

/** Pairs that a person kept apart, or took one of out of the other. */
function decided(
  decisions: readonly Decision[],
  parties: readonly Party[],
): (one: Party, other: Party) => boolean {
  const partyOf = new Map<string, string>();
  for (const { id, names } of parties) for (const { recordId } of names) partyOf.set(recordId, id);
  const pairs = new Set<string>();
  const add = (one: string, other: string): void => {
    const [a, b] = [partyOf.get(one) ?? one, partyOf.get(other) ?? other];
    pairs.add(`${a}\n${b}`).add(`${b}\n${a}`);
  };
  for (const { kind, records, from } of decisions)
    for (const one of records) {
      if (kind === 'kept_apart') for (const other of records) if (one !== other) add(one, other);
      if (kind === 'split' && from !== null) add(one, from);
    }
  return (one, other) => pairs.has(`${one.id}\n${other.id}`);
}

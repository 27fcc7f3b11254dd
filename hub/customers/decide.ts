import { randomUUID } from 'node:crypto';
import { MillraceError } from '../../connectors/kit';
import { appendEvents, type NewEvent, type Session, type Warehouse } from '../../warehouse';
import type { Person } from '../access/users';
import { consequences } from './consequences';
import type { Act, Decided, KeepApartInput, MergeInput, SplitInput, UndoInput } from './customerWork';
import { type Decision, decisionsNow } from './decisions';
import { type Groups, groupsOf, identityNow, recordsByCustomer, withDecision } from './groups';
import { mayDecide, mayDecideOn } from './rights';

/** What a turn works with: who is one customer before the act, and every decision up to now. */
interface Turn {
  session: Session;
  groups: Groups;
  decisions: readonly Decision[];
}

/**
 * What people decide about who is one customer, as events. Each act is checked in the turn in which it is written, against what was
 * decided up to that moment, not against the last build; who was slower is told so.
 * Errors: `not_allowed`, `not_found` for records that are not there, `bad_request` for what would change nothing.
 */
export function decidingOver(warehouse: Warehouse) {
  async function decided(
    kind: Decided['kind'],
    person: Person,
    { id, preview = false, by, reason }: Act,
    about: (turn: Turn) => Promise<Pick<NewEvent, 'subject' | 'body'>>,
  ): Promise<Decided> {
    mayDecide(person);
    const decision = id ?? randomUUID();
    let found: Pick<Decided, 'moves' | 'money'> = { moves: [], money: [] };
    const judged = async (session: Session): Promise<NewEvent> => {
      const identity = await identityNow(session);
      const groups = groupsOf(identity);
      const { subject, body } = await about({ session, groups, decisions: await decisionsNow(session) });
      const event = { eventId: decision, kind: `customer.${kind}`, actor: by, subject, body };
      found = await consequences(session, groups, groupsOf(withDecision(identity, event.kind, body)));
      if (found.moves.length === 0 && (kind === 'merged' || kind === 'split'))
        throw nothingToDo('No record would change its customer', 'millrace customer show');
      return { ...event, ...(reason !== undefined && { reason }) };
    };
    if (preview)
      await judged(warehouse); // waits for nobody's turn
    else
      await appendEvents(warehouse, [], async (session) => {
        const [known] = await session.rows('select kind from ops.event where event_id = ?', [decision]);
        return known ? [] : [await judged(session)];
      });
    return { decision, kind, preview, ...found };
  }

  return {
    merge: (input: MergeInput, person: Person) =>
      decided('merged', person, input, async (turn) => {
        const refs = [...new Set(input.refs)].sort();
        const records = await wholeCustomers(turn, person, refs);
        if (new Set(records.map((record) => turn.groups.get(record))).size < 2)
          throw nothingToDo('They are one customer already', 'millrace customer show');
        await mustExplainCodes(turn.session, records, input.reason);
        return { subject: refs[0] ?? '', body: { records: refs } };
      }),

    split: (input: SplitInput, person: Person) =>
      decided('split', person, input, async ({ session, groups }) => {
        const records = [...new Set(input.records)].sort();
        await mayDecideOn(session, person, mustExist(groups, records));
        const [from, other] = [...new Set(records.map((record) => groups.get(record)))];
        if (from === undefined || other !== undefined)
          throw nothingToDo(
            'Records of several customers are not split in one act',
            'Split those of one customer at a time',
          );
        const all = recordsByCustomer(groups).get(from) ?? [];
        if (all.length === records.length)
          throw nothingToDo(
            'These are all the records that the customer has: nothing would change',
            `millrace customer show ${from}`,
          );
        return { subject: records[0] ?? '', body: { records, from } };
      }),

    keepApart: (input: KeepApartInput, person: Person) =>
      decided('kept_apart', person, input, async ({ session, groups, decisions }) => {
        const records = [...input.pair].sort();
        await mayDecideOn(session, person, mustExist(groups, records));
        if (new Set(records).size < 2)
          throw nothingToDo('A record is not kept apart from itself', 'Name two records');
        const same = decisions.find(
          (one) =>
            one.kind === 'kept_apart' &&
            one.undoneAt === null &&
            one.records.toSorted().join() === records.join(),
        );
        if (same)
          throw nothingToDo(
            `They are kept apart already, by ${same.by} on ${same.at.slice(0, 10)}`,
            'millrace customer queue',
          );
        return { subject: records[0] ?? '', body: { records } };
      }),

    undo: (input: UndoInput, person: Person) =>
      decided('undone', person, input, async ({ session, groups, decisions }) => {
        const { decision } = input;
        const found = decisions.find(({ id }) => id === decision);
        if (!found)
          throw new MillraceError('not_found', {
            what: 'There is no such decision',
            where: `decision ${decision}`,
            todo: 'millrace customer decisions',
          });
        if (found.undoneAt !== null)
          throw nothingToDo(
            `It was taken back already, by ${found.undoneBy} on ${found.undoneAt.slice(0, 10)}`,
            'millrace customer decisions',
          );
        await mayDecideOn(
          session,
          person,
          found.records.filter((record) => groups.has(record)),
        );
        return { subject: decision, body: { event: decision } };
      }),
  };
}

/** Every record of the customers that the refs name, each of which the person may decide on. */
async function wholeCustomers(
  { session, groups }: Turn,
  person: Person,
  refs: readonly string[],
): Promise<string[]> {
  const customers = new Set(mustExist(groups, refs).map((ref) => groups.get(ref) ?? ''));
  const byCustomer = recordsByCustomer(groups);
  const records = [...customers].flatMap((customer) => byCustomer.get(customer) ?? []).sort();
  await mayDecideOn(session, person, records);
  return records;
}

function mustExist(groups: Groups, refs: readonly string[]): readonly string[] {
  const missing = refs.filter((ref) => !groups.has(ref));
  if (missing.length === 0) return refs;
  throw new MillraceError('not_found', {
    what: 'It is not there, or outside of your customers',
    where: `customer record ${missing.join(', ')}`,
    todo: 'Name records as millrace customer show lists them, like kingdee:KH0001',
  });
}

/** Two companies that are registered are two companies, unless somebody says why not. */
async function mustExplainCodes(
  session: Session,
  records: readonly string[],
  reason: string | undefined,
): Promise<void> {
  if (reason !== undefined && reason.trim() !== '') return;
  const rows = await session.rows(
    `select distinct own_credit_code as credit_code from core.customer_link
     where own_credit_code is not null and code_state in ('valid', 'repaired') and record_id in (${records.map(() => '?').join(', ')}) order by 1`,
    records,
  );
  const codes = rows.map((row) => String(row.credit_code));
  if (codes.length < 2) return;
  throw new MillraceError('bad_request', {
    what: `They are registered as different companies: ${codes.join(', ')}`,
    where: `customer records ${records.join(', ')}`,
    todo: 'Say why they are one customer (a reason), or keep them apart',
  });
}

const nothingToDo = (what: string, todo: string): MillraceError =>
  new MillraceError('bad_request', { what, todo });

import type { Row, Session } from '../../warehouse';
import type { Person } from '../access/users';
import { centsOf, centsText } from '../finance/cents';
import { customerRule } from '../records/customerRule';
import { QUEUE_KINDS, type Queue, type QueueFilter } from './customerWork';
import { decisionsNow } from './decisions';
import { type Groups, groupsOf, identityNow } from './groups';

/**
 * What waits for a person's eye: pairs that may be one customer, records whose name several customers have, payers nobody knows. Sorted
 * by the money involved: open receivables (REC-1 gross) and orders of 12 months (ORD-1) of both sides, of a payer what it paid (APP-3).
 * What was decided since the last build is out at once.
 */
export async function reviewQueue(
  session: Session,
  { kind: wanted, limit }: QueueFilter,
  person: Person,
): Promise<Queue> {
  const rule = (column: string) => customerRule(person, column);
  const [a, b] = [rule('candidate.customer_a'), rule('candidate.customer_b')];
  const alone = rule('customer_id');
  const rows = await session.rows(
    `with money as (
       select customer_id, sum(receivable_cny) as receivable_cny, sum(intake_cny) as intake_cny, min(kind) as kind
       from core.customer_record_money where customer_id is not null group by customer_id
       union all
       select record_id, unidentified_cny, 0, kind from core.customer_record_money where kind = 'payer' and customer_id is null
     ),
     waiting as (
       select
         'pair' as kind, record_a, record_b, customer_a, customer_b, score, reasons, detail
       from core.customer_candidate as candidate
       where (${a.sql}) and (${b.sql})
       union all
       select 'ambiguous', record_id, null, customer_id, null, null, evidence, null
       from core.customer_link where is_ambiguous and customer_id is not null and ${alone.sql}
       union all
       select 'payer', record_id, null, record_id, null, null, null, null
       from core.customer_record_money
       where kind = 'payer' and customer_id is null and unidentified_cny > 0 and ${person.scope === 'all' ? 'true' : 'false'}
         and record_id not in (select record_a from core.customer_candidate) and record_id not in (select record_b from core.customer_candidate)
     )
     select
       waiting.*,
       record_a.name as name_a, record_b.name as name_b, record_a.kind as kind_a, record_b.kind as kind_b,
       code_a.credit_code as credit_code_a, code_b.credit_code as credit_code_b,
       coalesce(money_a.receivable_cny, 0)::decimal(18, 2) as receivable_a, coalesce(money_b.receivable_cny, 0)::decimal(18, 2) as receivable_b,
       coalesce(money_a.intake_cny, 0)::decimal(18, 2) as intake_a, coalesce(money_b.intake_cny, 0)::decimal(18, 2) as intake_b,
       (coalesce(money_a.receivable_cny, 0) + coalesce(money_b.receivable_cny, 0) + coalesce(money_a.intake_cny, 0)
         + coalesce(money_b.intake_cny, 0))::decimal(18, 2) as money_cny
     from waiting
     left join core.customer_record_money as record_a on record_a.record_id = waiting.record_a
     left join core.customer_record_money as record_b on record_b.record_id = waiting.record_b
     left join core.customer as code_a on code_a.customer_id = waiting.customer_a
     left join core.customer as code_b on code_b.customer_id = waiting.customer_b
     left join money as money_a on money_a.customer_id = waiting.customer_a
     left join money as money_b on money_b.customer_id = coalesce(waiting.customer_b, waiting.record_b)
     order by money_cny desc, waiting.score desc, waiting.record_a, waiting.record_b`,
    [...a.values, ...b.values, ...alone.values],
  );
  const open = await undecided(session, rows);
  return {
    rows: open.filter((row) => wanted === undefined || row.kind === wanted).slice(0, limit),
    totals: QUEUE_KINDS.map((kind) => {
      const own = open.filter((row) => row.kind === kind);
      const cents = own.reduce((sum, row) => sum + centsOf(String(row.money_cny)), 0n);
      return { kind, waiting: own.length, moneyCny: centsText(cents) };
    }),
  };
}

/** Without pairs that are one customer by now, that somebody keeps apart, and records that somebody placed since. */
async function undecided(session: Session, rows: readonly Row[]): Promise<Row[]> {
  const decisions = (await decisionsNow(session)).filter(({ undoneAt }) => undoneAt === null);
  const groups = groupsOf(await identityNow(session));
  const of = (record: unknown): string => groups.get(String(record)) ?? String(record);
  const apart = new Set(
    decisions
      .filter(({ kind }) => kind === 'kept_apart')
      .map(({ records: [one = '', other = ''] }) => pairKey(groups, one, other)),
  );
  const placed = new Set(
    decisions.filter(({ kind }) => kind !== 'kept_apart').flatMap(({ records }) => records),
  );
  return rows.filter(({ kind, record_a: one, record_b: other }) => {
    if (kind !== 'pair') return !placed.has(String(one));
    return of(one) !== of(other) && !apart.has(pairKey(groups, String(one), String(other)));
  });
}

const pairKey = (groups: Groups, one: string, other: string): string =>
  JSON.stringify([groups.get(one) ?? one, groups.get(other) ?? other].sort());

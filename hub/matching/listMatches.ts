import { MillraceError } from '../../connectors/kit';
import { centsText, moneyOf, type Reason, readDecisions } from '../../matching';
import type { Row, Session } from '../../warehouse';
import { rowRule } from '../access/rowRule';
import type { Person } from '../access/users';
import { type Language, sentence } from '../words/matching';
import type { ListMatches, MatchDetail } from './matchWork';

const LINE = `line.bank_transaction_id, line.value_date, line.amount_cny, line.payer_name, line.payer_account, line.remark,
  line.customer_id, line.customer_name, line.state, line.applied_by, line.age_days`;

/** Bank lines that wait for a decision, best suggestions first, or what was decided; only lines that this person may see. */
export async function listMatches(session: Session, filter: ListMatches, person: Person): Promise<Row[]> {
  const { state = 'open' } = filter;
  if (state === 'open') return openLines(session, filter, person);
  return matchedLines(session, filter, person, state === 'differs');
}

async function openLines(
  session: Session,
  { matchClass, customer, limit }: ListMatches,
  person: Person,
): Promise<Row[]> {
  const { sql, values } = ruleOf(person);
  const { matches } = await readDecisions(session);
  const taken = new Set(matches.map(({ lineId }) => lineId));
  const rows = await session.rows(
    `select ${LINE}, suggestion.match_class, suggestion.rule, suggestion.score, suggestion.margin, suggestion.amount_cny as suggested_cny,
       suggestion.payer_id, suggestion.parts, suggestion.reasons
     from marts.cash_line as line
     left join ops.cash_suggestion as suggestion on suggestion.bank_transaction_id = line.bank_transaction_id and suggestion.rank = 1
     where line.applied_date is null and ${sql}
       and (cast(? as varchar) is null or coalesce(suggestion.match_class, 'none') = ?)
       and (cast(? as varchar) is null or line.customer_id = ? or suggestion.payer_id = ?)
     order by case suggestion.match_class when 'suggested_strong' then 1 when 'suggested_check' then 2 else 3 end,
       line.value_date desc, line.bank_transaction_id limit ${limit + taken.size}`,
    [...values, matchClass ?? null, matchClass ?? null, customer ?? null, customer ?? null, customer ?? null],
  );
  return rows
    .filter((row) => !taken.has(String(row.bank_transaction_id))) // matched since the last build
    .slice(0, limit)
    .map(({ reasons, ...row }) => ({ ...row, why_zh: why(reasons, 'zh'), why_en: why(reasons, 'en') }));
}

async function matchedLines(
  session: Session,
  { customer, limit }: ListMatches,
  person: Person,
  onlyDifferent: boolean,
): Promise<Row[]> {
  const { sql, values } = ruleOf(person);
  const { matches } = await readDecisions(session);
  const different = await session.rows(
    "select distinct match_id from core.cash_match where erp_state = 'differs'",
  );
  const differs = new Set(different.map(({ match_id }) => String(match_id)));
  const wanted = onlyDifferent ? matches.filter(({ matchId }) => differs.has(matchId)) : matches;
  const newest = [...wanted].sort((one, other) => (one.sequence > other.sequence ? -1 : 1));
  const found: Row[] = [];
  for (const part of pages(newest)) {
    const lines = await session.rows(
      `select ${LINE} from marts.cash_line as line
       where line.bank_transaction_id in (${part.map(() => '?').join(', ')}) and ${sql}
         and (cast(? as varchar) is null or line.customer_id = ?)`,
      [...part.map(({ lineId }) => lineId), ...values, customer ?? null, customer ?? null],
    );
    const byId = new Map(lines.map((line) => [String(line.bank_transaction_id), line]));
    for (const { matchId, lineId, status, rule, decidedBy, parts } of part) {
      const line = byId.get(lineId);
      if (line)
        found.push({
          ...line,
          match_id: matchId,
          status,
          rule,
          decided_by: decidedBy,
          matched_cny: centsText(moneyOf(parts)),
          is_different: differs.has(matchId),
        });
    }
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

/** One line with every suggestion, in sentences, and what was decided about it. Errors: `not_found`. */
export async function showMatch(session: Session, lineId: string, person: Person): Promise<MatchDetail> {
  const { sql, values } = ruleOf(person);
  const [line] = await session.rows(
    `select ${LINE} from marts.cash_line as line where line.bank_transaction_id = ? and ${sql}`,
    [lineId, ...values],
  );
  if (!line)
    throw new MillraceError('not_found', {
      what: `There is no customers' bank line ${lineId}`,
      todo: 'List them with: millrace match list',
    });
  const suggestions = await session.rows(
    `select rank, match_class, payer_id, rule, score, margin, amount_cny, parts, points, reasons, suggested_at
     from ops.cash_suggestion where bank_transaction_id = ? order by rank`,
    [lineId],
  );
  const decisions = await session.rows(
    `select kind, actor, subject as match_id, reason, cast(happened_at as varchar) as happened_at, cast(body as varchar) as body
     from ops.event
     where kind in ('match.applied', 'match.confirmed', 'match.declined', 'match.undone')
       and (json_text(body, 'bank_transaction_id') = ? or subject in (
         select subject from ops.event where kind in ('match.applied', 'match.confirmed') and json_text(body, 'bank_transaction_id') = ?
       ))
     order by sequence`,
    [lineId, lineId],
  );
  return {
    line,
    suggestions: suggestions.map((row) => ({
      ...row,
      why_zh: why(row.reasons, 'zh'),
      why_en: why(row.reasons, 'en'),
    })),
    decisions,
  };
}

const ruleOf = (person: Person) => rowRule(person, { region: 'line.rls_region', owner: 'line.rls_owner' });

function why(reasons: Row[string] | undefined, language: Language): string {
  if (typeof reasons !== 'string') return '';
  return (JSON.parse(reasons) as Reason[])
    .map((reason) => sentence(reason, language))
    .join(language === 'zh' ? '；' : '; ');
}

function pages<T>(list: readonly T[]): T[][] {
  const size = 500;
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  );
}

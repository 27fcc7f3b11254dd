import { randomUUID } from 'node:crypto';
import { MillraceError } from '../../connectors/kit';
import { appendEvents, type NewEvent, type Session, type Warehouse } from '../../warehouse';
import type { BaselineInput, OutcomeWork } from './outcomeWork';

/** Over a warehouse whose models were built at least once. */
export function outcomesOver(warehouse: Warehouse): OutcomeWork {
  return {
    list: (measure) =>
      warehouse.rows(
        `select measure, month, value, middle, cases, before_month, before_value, before_middle, before_origin, is_baseline, is_running,
           numerator, denominator, before_numerator, before_denominator
         from marts.outcome where cast(? as varchar) is null or measure = ? order by measure, month`,
        [measure ?? null, measure ?? null],
      ),
    async report({ month, person, hours, what, by }) {
      await appendEvents(warehouse, [], async (session) => {
        const [known] = await session.rows('select employee_id from core.employee where employee_id = ?', [
          person,
        ]);
        if (!known)
          throw new MillraceError('not_found', {
            what: `There is no person ${person}`,
            todo: 'Write the staff number',
          });
        const body = { month, person, hours, what };
        return [
          {
            eventId: randomUUID(),
            kind: 'hours.reported',
            actor: by,
            subject: `${month}/${person}/${what}`,
            body,
          },
        ];
      });
    },
    async setBaseline(input) {
      const months = monthsOf(input);
      await appendEvents(warehouse, [], (session) => baselineEvents(session, input, months));
      return months;
    },
  };
}

async function baselineEvents(
  session: Session,
  { measure, value, by }: BaselineInput,
  months: readonly string[],
): Promise<NewEvent[]> {
  const event = (month: string, body: NewEvent['body']): NewEvent => ({
    eventId: randomUUID(),
    kind: 'baseline.set',
    actor: by,
    subject: `${measure}/${month}`,
    body: { measure, month, ...body },
  });
  if (value !== undefined) return months.map((month) => event(month, { origin: 'typed', value }));
  const rows = await session.rows(
    `select month, cast(numerator as varchar) as numerator, cast(denominator as varchar) as denominator, cast(middle as varchar) as middle
     from core.outcome_month where measure = ?`,
    [measure],
  );
  const found = new Map(rows.map((row) => [String(row.month), row]));
  return months.map((month) => {
    const row = found.get(month);
    if (!row)
      throw new MillraceError('not_found', {
        what: `${measure} has no figure for ${month}`,
        todo: 'Take months that have one, or write the value that was measured then: --value 2.0',
      });
    const { numerator, denominator, middle } = row;
    return event(month, { origin: 'computed', numerator, denominator, middle });
  });
}

function monthsOf({ from, to }: BaselineInput): string[] {
  const months: string[] = [];
  for (
    let [year, month] = numbersOf(from);
    months.length < 36;
    month === 12 ? (year++, (month = 1)) : month++
  ) {
    const text = `${year}-${String(month).padStart(2, '0')}`;
    if (text > to) break;
    months.push(text);
  }
  if (months.length > 0 && months[months.length - 1] === to) return months;
  throw new MillraceError('bad_request', {
    what: `From ${from} to ${to} is no span of at most 36 months`,
    todo: 'Write the first month first, for example --from 2025-01 --to 2025-12',
  });
}

function numbersOf(month: string): [number, number] {
  const [year, number] = month.split('-').map(Number);
  return [year ?? 0, number ?? 1];
}

/** The same over a warehouse that is opened when it is first asked for. */
export function laterOutcomes(open: () => Promise<OutcomeWork>): OutcomeWork {
  return {
    list: async (measure) => (await open()).list(measure),
    report: async (input) => (await open()).report(input),
    setBaseline: async (input) => (await open()).setBaseline(input),
  };
}

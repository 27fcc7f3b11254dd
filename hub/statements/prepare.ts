import { MillraceError } from '../../connectors/kit';
import type { NewEvent, Session } from '../../warehouse';
import type { Person } from '../access/users';
import { amountOf, type SayingDay } from './entryRules';
import { whatWasSaid } from './said';
import type { Doubt, Stated, StatementInput } from './statementWork';
import { type Subject, subjectOf } from './subject';

export interface Prepared {
  subject: Subject;
  threadId: string;
  isStanding: boolean;
  stated: Omit<Stated, 'statementId'>;
}

/** Finds what it is about, whose word it is, and what a reader should know about it. */
export async function prepare(session: Session, person: Person, input: StatementInput): Promise<Prepared> {
  const statedBy = await speakerOf(session, person, input.onBehalfOf);
  const subject = await subjectOf(session, person, input);
  const { kind, number, customerId, customerName } = subject;
  const threadId = `hub:${threadOf(statedBy, subject)}`;
  const said = await whatWasSaid(session, { threadId, customerId, kind, number, statedBy });
  const doubts: Doubt[] = [
    ...((await isMoreThanOpen(session, input, subject)) ? (['more_than_open'] as const) : []),
    ...(said.hasOther ? (['other_person'] as const) : []),
  ];
  const stated = { threadId, customerId, customerName, version: said.versions + 1, doubts };
  return { subject, threadId, isStanding: said.isStanding, stated };
}

const threadOf = (statedBy: string, { kind, key }: Subject) => `${statedBy}/${kind}/${key}`;

/** Sales people speak for themselves; who manages or keeps the books may enter another's word, under that one's name. */
async function speakerOf(
  session: Session,
  { id, role, scope }: Person,
  onBehalfOf?: string,
): Promise<string> {
  if (onBehalfOf === undefined || onBehalfOf === id) return id;
  if (scope === 'own')
    throw new MillraceError('not_allowed', {
      what: `A person of the role ${role} cannot say something in another’s name`,
      where: `employee ${onBehalfOf}`,
    });
  const [employee] = await session.rows(
    'select employee_id from core.employee where employee_id = ? or name = ? order by employee_id = ? desc limit 1',
    [onBehalfOf, onBehalfOf, onBehalfOf],
  );
  if (!employee)
    throw new MillraceError('not_found', {
      what: `There is no employee ${onBehalfOf}`,
      todo: 'Name a staff number',
    });
  return String(employee.employee_id);
}

async function isMoreThanOpen(
  session: Session,
  input: StatementInput,
  { openCny }: Subject,
): Promise<boolean> {
  if (openCny === null || input.isWithdrawn) return false;
  const [row] = await session.rows(
    'select cast(? as decimal(18, 2)) > cast(? as decimal(18, 2)) as is_more',
    [amountOf(input.amount) ?? '0', openCny],
  );
  return Boolean(row?.is_more);
}

export function madeEvent(
  eventId: string,
  person: Person,
  input: StatementInput & { statedAt?: string; batch?: string },
  { subject, threadId }: Prepared,
): NewEvent {
  const thread = threadId.slice('hub:'.length);
  return {
    eventId,
    kind: 'statement.made',
    actor: person.id,
    subject: thread,
    body: {
      thread,
      customer_id: subject.customerId,
      subject_kind: subject.kind,
      subject_number: subject.number,
      amount: amountOf(input.amount),
      expected_date: input.expectedDate,
      certainty: input.certainty,
      method: input.method ?? null,
      evidence: input.evidence?.trim() || null,
      on_behalf_of: thread.startsWith(`${person.id}/`) ? null : thread.slice(0, thread.indexOf('/')),
      is_withdrawn: input.isWithdrawn ?? false,
      ...(input.statedAt !== undefined && { stated_at: input.statedAt }),
      ...(input.batch !== undefined && { batch: input.batch }),
    },
  };
}

/** Today in Shanghai, by the warehouse's clock, and the workday after it. */
export async function sayingDay(session: Session): Promise<SayingDay> {
  const [row] = await session.rows(
    `select business_date(utc_now()) as today,
       (select min(day) from core.calendar where is_workday and day > business_date(utc_now())) as next_workday`,
  );
  return { today: String(row?.today), nextWorkday: String(row?.next_workday) };
}

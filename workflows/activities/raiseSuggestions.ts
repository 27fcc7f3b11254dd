import { appendEvents, type NewEvent, type Session, type Warehouse } from '../../warehouse';

/** Something the hub suggests to one person about one customer (core.suggestion). */
export interface Suggestion {
  /** replacement_plan: HEA-7; risk_event: an event of a bureau about a customer. */
  kind: 'replacement_plan' | 'risk_event';
  customerId: string;
  /** What tells it apart from others of this kind and customer: a streak's second month, a risk event's id. */
  change: string;
  /** employee_id of who is to do something; null where nobody is responsible, which the list shows. */
  to: string | null;
  /** Key of the sentence that says why: two_reds, risk_event. */
  reason: string;
  /** Flat facts; the list shows `month`, `detail` (a sentence of the source) and `customer_name`. Money as decimal text, days YYYY-MM-DD, months YYYY-MM. */
  facts?: Readonly<Record<string, string | number | null>>;
}

/** Equal for the same suggestion, however often a run makes it. */
const suggestionId = ({
  kind,
  customerId,
  change,
}: Pick<Suggestion, 'kind' | 'customerId' | 'change'>): string =>
  `suggestion/${kind}/${customerId}/${change}`;

/**
 * Raises suggestions as events `suggestion.raised`. One that was raised before is left out, whoever raised it: runs that are
 * retried, killed or repeated add nothing. `find` looks inside the turn of events, so that what it sees still holds when its
 * suggestions are written. Gives how many are new.
 */
export async function raiseSuggestions(
  warehouse: Warehouse,
  find: readonly Suggestion[] | ((session: Session) => Promise<readonly Suggestion[]>),
): Promise<number> {
  if (typeof find !== 'function') return appendEvents(warehouse, find.map(asEvent));
  return appendEvents(warehouse, [], async (session) => (await find(session)).map(asEvent));
}

function asEvent(suggestion: Suggestion): NewEvent {
  const { kind, customerId, change, to, reason, facts = {} } = suggestion;
  const id = suggestionId(suggestion);
  return {
    eventId: id,
    kind: 'suggestion.raised',
    actor: 'hub',
    subject: id,
    body: { ...facts, kind, customer_id: customerId, change, to, reason },
  };
}

import { MillraceError } from '../../connectors/kit';
import { centsOf, centsText, type Match, moneyOf, type Part } from '../../matching';
import type { Session } from '../../warehouse';
import type { SplitPart } from './matchWork';

/** Money for a document goes to its instalments by due date, as the ERP will place it; what does not fit is refused. */
export async function splitPart(
  session: Session,
  part: SplitPart,
  matches: readonly Match[],
): Promise<Part[]> {
  const cents = amountOf(part.amount);
  if (part.document === undefined)
    return [{ customer: null, documentId: null, itemId: null, kind: 'unapplied', cents }];
  const items = await session.rows(
    `select item.item_id, item.document_id, item.customer_id, balance.open_amount_cny
     from core.open_item as item
     join core.item_balance as balance on balance.item_id = item.item_id and balance.to_date is null
     where item.document_number = ? and balance.open_amount_cny > 0 order by item.due_date, item.item_id`,
    [part.document],
  );
  if (items.length === 0)
    throw nothing(`No open document has the number ${part.document}`, 'Look at its number in the ERP');
  const used = usedOf(matches, await bookedMatches(session));
  const open = items.map((item) => ({
    customer: String(item.customer_id),
    documentId: String(item.document_id),
    itemId: String(item.item_id),
    left: centsOf(String(item.open_amount_cny)) - (used.get(String(item.item_id)) ?? 0n),
  }));
  const parts: Part[] = [];
  const place = (kind: Part['kind'], amount: bigint) => {
    let rest = amount;
    for (const one of open) {
      const taken = one.left < rest ? one.left : rest;
      if (taken <= 0n) continue;
      one.left -= taken;
      rest -= taken;
      parts.push({
        customer: one.customer,
        documentId: one.documentId,
        itemId: one.itemId,
        kind,
        cents: taken,
      });
    }
    if (rest > 0n)
      throw new MillraceError('not_allowed', {
        what: `The document ${part.document} is open for ${centsText(amount - rest)} less than that: ${centsText(rest)} is too much`,
        todo: 'Leave the rest without a document, it stays unapplied',
      });
  };
  place('cash', cents);
  if (part.kept) place(part.kept.kind, amountOf(part.kept.amount));
  return parts;
}

/** Refuses more than the line brought or an item owes. */
export async function mustFit(
  session: Session,
  lineId: string,
  parts: readonly Part[],
  matches: readonly Match[],
): Promise<void> {
  const [line] = await session.rows(
    'select amount_cny from core.bank_transaction where bank_transaction_id = ? and amount_cny > 0',
    [lineId],
  );
  if (!line) throw nothing(`There is no incoming bank line ${lineId}`, 'millrace match list');
  const placed = matches
    .filter((match) => match.lineId === lineId)
    .reduce((sum, match) => sum + moneyOf(match.parts), 0n);
  const left = centsOf(String(line.amount_cny)) - placed;
  const wanted = moneyOf(parts);
  if (wanted > left || wanted <= 0n)
    throw new MillraceError('not_allowed', {
      what: `The bank line has ${centsText(left)} left, not ${centsText(wanted)}`,
      where: lineId,
      todo: 'Undo what it was matched to, or match less (millrace match show)',
    });
  await mustBeOpen(session, parts, matches);
}

async function mustBeOpen(
  session: Session,
  parts: readonly Part[],
  matches: readonly Match[],
): Promise<void> {
  const wanted = new Map<string, bigint>();
  for (const { itemId, cents } of parts)
    if (itemId !== null) wanted.set(itemId, (wanted.get(itemId) ?? 0n) + cents);
  if (wanted.size === 0) return;
  const rows = await session.rows(
    `select item_id, open_amount_cny from core.item_balance
     where to_date is null and item_id in (${[...wanted].map(() => '?').join(', ')})`,
    [...wanted.keys()],
  );
  const open = new Map(rows.map((row) => [String(row.item_id), centsOf(String(row.open_amount_cny))]));
  const used = usedOf(matches, await bookedMatches(session));
  for (const [itemId, cents] of wanted) {
    const left = (open.get(itemId) ?? 0n) - (used.get(itemId) ?? 0n);
    if (cents > 0n ? cents > left : cents < left)
      throw new MillraceError('not_allowed', {
        what: `The open item ${itemId} owes ${centsText(left)}, not ${centsText(cents)}`,
        todo: 'Somebody matched or booked it meanwhile; run: millrace match run',
      });
  }
}

/** Matches whose money the ERP has allocated: their items are relieved there. */
async function bookedMatches(session: Session): Promise<ReadonlySet<string>> {
  const rows = await session.rows(
    "select distinct match_id from core.cash_match where erp_state <> 'pending'",
  );
  return new Set(rows.map(({ match_id }) => String(match_id)));
}

function usedOf(matches: readonly Match[], booked: ReadonlySet<string>): Map<string, bigint> {
  const used = new Map<string, bigint>();
  for (const { matchId, parts } of matches) {
    if (booked.has(matchId)) continue;
    for (const { itemId, cents } of parts)
      if (itemId !== null) used.set(itemId, (used.get(itemId) ?? 0n) + cents);
  }
  return used;
}

function amountOf(text: string): bigint {
  try {
    const cents = centsOf(text);
    if (cents > 0n) return cents;
  } catch {
    // said below
  }
  throw new MillraceError('bad_request', { what: `"${text}" is no amount in CNY, for example 1234.50` });
}

export const nothing = (what: string, todo: string): MillraceError =>
  new MillraceError('not_found', { what, todo });

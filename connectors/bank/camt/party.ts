import { accountOf } from './values';
import { type Element, first, text } from './xml';

export interface Party {
  name: string | null;
  account: string | null;
}

/** Our side of a statement, so that it is never taken for the other one. */
export interface Own {
  account: string | null;
  name: string | null;
}

/**
 * Who paid or was paid: the debtor of money in, the creditor of money out; in a reversal both keep the role of the first
 * payment, so it is the other way round. Some banks name the other side in the wrong role only; that one is taken when it is
 * clearly not ourselves.
 */
export function counterpartyOf(
  details: Element | undefined,
  direction: 'CRDT' | 'DBIT',
  isReversal: boolean,
  own: Own,
): Party {
  const parties = first(details, 'RltdPties');
  const [role, otherRole] = (direction === 'CRDT') !== isReversal ? ['Dbtr', 'Cdtr'] : ['Cdtr', 'Dbtr'];
  const party = partyOf(parties, role ?? '');
  if (party.name !== null || party.account !== null) return party;
  const other = partyOf(parties, otherRole ?? '');
  const isOwn =
    other.account === null ? own.name === null || other.name === own.name : other.account === own.account;
  return isOwn ? { name: null, account: null } : other;
}

/** Dbtr/Nm to version 07, Dbtr/Pty/Nm later, Dbtr/Agt for a bank; the ultimate party where only it is named. */
function partyOf(parties: Element | undefined, role: string): Party {
  const nameIn = (element: Element | undefined) =>
    text(element, 'Nm') ??
    text(element, 'Pty', 'Nm') ??
    text(element, 'Agt', 'FinInstnId', 'Nm') ??
    text(element, 'Agt', 'FinInstnId', 'NmAndAdr', 'Nm');
  return {
    name: nameIn(first(parties, role)) ?? nameIn(first(parties, `Ultmt${role}`)),
    account: accountOf(first(parties, `${role}Acct`)),
  };
}

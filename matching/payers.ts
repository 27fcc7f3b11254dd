import { nameKey } from '../identity';
import type { Reason } from './explanation';
import { deletions, normalName, plainName } from './names';
import type { BankLine, KnownPayer, Party } from './question';

/** A customer who may stand behind a bank line, with points and the reason. */
export interface Candidate {
  customer: string;
  points: number;
  reason: Reason;
  /** Good enough for an automatic match: booked, account, full name or a learnt alias; nothing says otherwise. */
  isSure: boolean;
}

const POINTS = {
  booked: 30,
  account: 30,
  name: 28,
  learnt: 28,
  paidBefore: 26,
  group: 24,
  mentioned: 16,
  similar: 10,
};
/** A payer whose account says one customer and whose name says another. */
const CONTRADICTION = 10;
/** From here on a candidate may stand behind an automatic match. */
const SURE_FROM = 24;
/** A name shorter than this is in too many remarks. */
const MENTION_LETTERS = 4;
/** The ERP booked this payer's money for a customer this often: not a slip of the clerk. */
const TRUSTED_TIMES = 2;

/** Knows who may have paid a line: by account, name, alias, history, group, mention or a name that is one letter off. Never by amount. */
export class Payers {
  private readonly byName = new Map<string, Set<string>>();
  /** The same name in another spelling, as identity/ reads names: traditional characters, place in brackets, 有限责任公司. */
  private readonly bySpelling = new Map<string, Set<string>>();
  private readonly byAccount = new Map<string, Set<string>>();
  private readonly learntName = new Map<string, Map<string, KnownPayer>>();
  private readonly learntAccount = new Map<string, Map<string, KnownPayer>>();
  private readonly byPlainName = new Map<string, Set<string>>();
  private readonly byStart = new Map<string, { name: string; customer: string }[]>();
  private readonly groupOf = new Map<string, string>();
  private readonly membersOf = new Map<string, string[]>();

  constructor(customers: readonly Party[], known: readonly KnownPayer[]) {
    for (const { id, names, accounts, group } of customers) {
      for (const account of accounts) put(this.byAccount, account, id);
      for (const name of names) this.addName(name, id);
      if (group === null) continue;
      this.groupOf.set(id, group);
      this.membersOf.set(group, [...(this.membersOf.get(group) ?? []), id]);
    }
    for (const payer of known) {
      if (payer.account) learn(this.learntAccount, payer.account, payer);
      if (payer.name) learn(this.learntName, normalName(payer.name), payer);
    }
  }

  /** Best first; empty when nobody is known. */
  of({ payerName, payerAccount, bookedFor, remark }: BankLine): Candidate[] {
    const found = new Map<string, Candidate>();
    const add = (customer: string, points: number, key: Reason['key'], value: string, canBeSure = true) => {
      const isBetter = points > (found.get(customer)?.points ?? 0);
      const isSure = canBeSure && points >= SURE_FROM;
      if (isBetter)
        found.set(customer, { customer, points, isSure, reason: { key, values: { payer: value } } });
    };
    if (bookedFor !== null) add(bookedFor, POINTS.booked, 'payer_booked', payerName ?? '');
    const name = payerName === null ? '' : normalName(payerName);
    this.byTheAccount(payerAccount, add);
    const named = this.byName.get(name) ?? this.bySpelling.get(nameKey(payerName ?? '') ?? '') ?? new Set();
    for (const customer of named)
      add(customer, named.size === 1 ? POINTS.name : POINTS.similar, 'payer_name', payerName ?? '');
    this.byHistory(this.learntName.get(name), payerName ?? '', add);
    this.contradict(found, bookedFor);
    this.addGroup(found, payerName ?? '', add);
    if (![...found.values()].some(({ isSure }) => isSure)) {
      for (const customer of this.similar(name))
        add(customer, POINTS.similar, 'payer_similar', payerName ?? '', false);
    }
    for (const customer of this.mentioned(remark))
      add(customer, POINTS.mentioned, 'payer_mentioned', payerName ?? '', false);
    return [...found.values()].sort(
      (one, other) => other.points - one.points || (one.customer < other.customer ? -1 : 1),
    );
  }

  private byTheAccount(account: string | null, add: Add): void {
    if (!account) return;
    const own = this.byAccount.get(account);
    for (const customer of own ?? [])
      add(customer, own?.size === 1 ? POINTS.account : POINTS.group, 'payer_account', account);
    this.byHistory(this.learntAccount.get(account), account, add);
  }

  private byHistory(known: ReadonlyMap<string, KnownPayer> | undefined, text: string, add: Add): void {
    for (const { customer, source, times } of known?.values() ?? []) {
      const isTrusted = source === 'confirmed' || times >= TRUSTED_TIMES;
      const isShared = (known?.size ?? 0) > 1;
      const points = isShared ? POINTS.group : source === 'confirmed' ? POINTS.learnt : POINTS.paidBefore;
      add(
        customer,
        isTrusted ? points : POINTS.mentioned,
        isShared ? 'payer_group' : source === 'confirmed' ? 'payer_learnt' : 'payer_paid_before',
        text,
        isTrusted,
      );
    }
  }

  /** A full name of one customer on the account of another: nobody is sure. */
  private contradict(found: Map<string, Candidate>, bookedFor: string | null): void {
    if (bookedFor !== null) return;
    const named = [...found.values()].filter(({ reason }) => reason.key === 'payer_name');
    const others = [...found.values()].filter(
      ({ reason, customer }) =>
        (reason.key === 'payer_account' || reason.key === 'payer_paid_before') &&
        named.some((one) => one.customer !== customer),
    );
    if (named.length === 0 || others.length === 0) return;
    for (const candidate of [...named, ...others])
      found.set(candidate.customer, {
        ...candidate,
        points: candidate.points - CONTRADICTION,
        isSure: false,
        reason: { key: 'payer_contradicts', values: candidate.reason.values },
      });
  }

  private addGroup(found: Map<string, Candidate>, text: string, add: Add): void {
    for (const { customer, isSure } of found.values()) {
      const group = isSure ? this.groupOf.get(customer) : undefined;
      if (group === undefined) continue;
      for (const member of this.membersOf.get(group) ?? [])
        if (member !== customer) add(member, POINTS.group - 4, 'payer_group', text, false);
    }
  }

  private addName(name: string, customer: string): void {
    put(this.byName, normalName(name), customer);
    const key = nameKey(name);
    if (key !== null) put(this.bySpelling, key, customer);
    const plain = plainName(name);
    if (plain.length < MENTION_LETTERS) return;
    for (const text of deletions(plain)) put(this.byPlainName, text, customer);
    const start = plain.slice(0, MENTION_LETTERS);
    this.byStart.set(start, [...(this.byStart.get(start) ?? []), { name: plain, customer }]);
  }

  private similar(name: string): Set<string> {
    const plain = plainName(name);
    if (plain.length < MENTION_LETTERS) return new Set();
    return new Set(deletions(plain).flatMap((text) => [...(this.byPlainName.get(text) ?? [])]));
  }

  private mentioned(remark: string): Set<string> {
    const text = normalName(remark).replace(/[()]/g, '');
    const found = new Set<string>();
    for (let at = 0; at + MENTION_LETTERS <= text.length; at++)
      for (const { name, customer } of this.byStart.get(text.slice(at, at + MENTION_LETTERS)) ?? [])
        if (text.startsWith(name, at)) found.add(customer);
    return found;
  }
}

type Add = (customer: string, points: number, key: Reason['key'], value: string, canBeSure?: boolean) => void;

function put(index: Map<string, Set<string>>, key: string, customer: string): void {
  const found = index.get(key);
  if (found) found.add(customer);
  else index.set(key, new Set([customer]));
}

/** The stronger of two: confirmed before booked, often before once. */
function learn(index: Map<string, Map<string, KnownPayer>>, key: string, payer: KnownPayer): void {
  const known = index.get(key) ?? new Map<string, KnownPayer>();
  index.set(key, known);
  const other = known.get(payer.customer);
  if (!other) known.set(payer.customer, payer);
  else
    known.set(payer.customer, {
      ...(other.source === 'confirmed' ? other : payer),
      times: other.times + payer.times,
    });
}

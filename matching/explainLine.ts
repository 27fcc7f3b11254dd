import { Combinations, type Combination } from './combinations';
import { AMOUNT_POINTS, amountOf, amountReason, reason, referenceOf } from './evidence';
import { type Explanation, type Points, type Reason, type ReasonKey, signatureOf } from './explanation';
import { partsOf } from './parts';
import { type Candidate, Payers } from './payers';
import type { BankLine, OpenItem, Question, Said, Settings } from './question';
import { type Named, References } from './references';

/** Explanations of a line that take part in the assignment. */
const KEPT = 12;
/** Without a known payer only sums that few customers can explain are looked at. */
const MOST_CANDIDATES = 12;
/** A document that is made later cannot be what was paid, except in the days around the payment. */
const DAYS_AHEAD = 10;
/** Payers that a person must look at one by one. */
const DOUBTFUL: ReadonlySet<ReasonKey> = new Set(['payer_contradicts', 'payer_similar']);
/** Somebody whom we know pays for somebody else: possible, but then the number may be wrong as well. */
const FOREIGN = -20;
/** A remark that names a number nobody knows (paid long ago, or a slip) needs an amount that hardly fits by chance. */
const UNNAMED_CHANCE = 0.001;

/** Finds explanations of bank lines, one line at a time; what lines take from each other is decided in assign.ts. */
export class Explainer {
  private readonly payers: Payers;
  private readonly references: References;
  private readonly itemsById: ReadonlyMap<string, OpenItem>;
  private readonly itemsOf = new Map<string, OpenItem[]>();
  private readonly combinationsOf = new Map<string, Combinations>();
  private readonly byCents = new Map<bigint, OpenItem[]>();
  private readonly saidOf = new Map<string, Said[]>();
  private readonly declined = new Map<string, { customers: Set<string>; signatures: Set<string> }>();
  private readonly settings: Settings;

  constructor({ items, customers, payers, declined, said }: Question, settings: Settings) {
    this.settings = settings;
    this.payers = new Payers(customers, payers);
    this.references = new References(items);
    this.itemsById = new Map(items.map((item) => [item.id, item]));
    for (const item of items) {
      add(this.itemsOf, item.customer, item);
      add(this.byCents, item.cents, item);
    }
    for (const one of said) add(this.saidOf, one.customer, one);
    for (const { lineId, customer, signature } of declined) {
      const known = this.declined.get(lineId) ?? { customers: new Set(), signatures: new Set() };
      this.declined.set(lineId, known);
      if (customer !== null) known.customers.add(customer);
      if (signature !== null) known.signatures.add(signature);
    }
  }

  /** Best first, without what people declined; empty when nothing explains it. */
  explain(line: BankLine): Explanation[] {
    const refused = this.declined.get(line.id);
    const payers = this.payers.of(line).filter(({ customer }) => !refused?.customers.has(customer));
    const named = this.references.of(
      line.remark,
      payers.map(({ customer }) => customer),
    );
    const found = [
      ...this.byReference(line, payers, named),
      ...payers.slice(0, MOST_CANDIDATES).flatMap((payer) => this.ofPayer(line, payer, named)),
      ...(payers.length === 0 && named.items.size === 0 ? this.byAmountAlone(line) : []),
    ];
    const best = new Map<string, Explanation>();
    for (const explanation of found) {
      const signature = signatureOf(explanation.parts);
      const customers = explanation.parts.map(({ customer }) => customer);
      if (refused?.signatures.has(signature)) continue;
      if (refused && customers.some((customer) => customer !== null && refused.customers.has(customer)))
        continue;
      const other = best.get(signature);
      if (!other || other.score < explanation.score) best.set(signature, explanation);
    }
    return [...best.values()]
      .sort(
        (one, other) =>
          other.score - one.score || (signatureOf(one.parts) < signatureOf(other.parts) ? -1 : 1),
      )
      .slice(0, KEPT);
  }

  /** All that the remark names, of one payer's customer or of whoever's they are. */
  private byReference(line: BankLine, payers: readonly Candidate[], named: Named): Explanation[] {
    if (named.items.size === 0) return [];
    const all = [...named.items.keys()].flatMap((id) => this.itemsById.get(id) ?? []).filter(inTime(line));
    const groups = new Map<string, OpenItem[]>();
    for (const item of all) add(groups, item.customer, item);
    const sets = [all, ...(groups.size > 1 ? groups.values() : [])];
    const documents = new Map<string, OpenItem[]>();
    for (const item of all) add(documents, item.documentId, item);
    if (documents.size > 1) sets.push(...documents.values());
    return sets.flatMap((items) => this.ofNamed(line, payers, named, items));
  }

  private ofNamed(
    line: BankLine,
    payers: readonly Candidate[],
    named: Named,
    items: readonly OpenItem[],
  ): Explanation[] {
    const positive = items.filter(({ cents }) => cents > 0n);
    if (positive.length === 0) return [];
    const customers = new Set(items.map(({ customer }) => customer));
    const payer = payers.find(({ customer }) => customers.has(customer));
    const explanations: Explanation[] = [];
    const explain = (chosen: readonly OpenItem[], hypotheses: number) => {
      const sum = total(chosen);
      explanations.push(
        this.explanation(
          line,
          payer,
          named,
          { items: chosen, over: sum - line.cents, hypotheses },
          'reference',
          payers,
        ),
      );
    };
    explain(items, 1);
    for (const customer of customers) {
      const others = this.combinations(customer);
      const notes = others.items.filter(({ cents, id }) => cents < 0n && !named.items.has(id));
      for (const note of notes) // a credit note that nobody wrote down
        if (total(items) + note.cents === line.cents) explain([...items, note], notes.length);
      const rest = line.cents - total(items);
      if (rest > 0n && customers.size === 1 && payer?.isSure)
        for (const item of others.items)
          if (item.cents === rest && !named.items.has(item.id))
            explain([...items, item], others.items.length);
    }
    if (total(items) > line.cents && items.length > 1 && items.length <= 24) {
      const { found, isAll } = new Combinations(items).exact(line.cents); // an order of which only a part is paid
      if (isAll) for (const one of found) explain(one.items, one.hypotheses);
    }
    return explanations;
  }

  private ofPayer(line: BankLine, payer: Candidate, named: Named): Explanation[] {
    const combinations = this.combinations(payer.customer);
    if (combinations.items.length === 0) return [];
    const { found, isAll } = combinations.exact(line.cents);
    const { feeCents, roundingCents } = this.settings;
    const nearly = combinations.near(line.cents, roundingCents, feeCents);
    const explanations = [...found, ...nearly]
      .filter(({ items }) => items.every(inTime(line)))
      .map((one) => {
        const rule = one.items.length === 1 ? 'single' : 'combination';
        const explained = this.explanation(line, payer, named, one, rule);
        return isAll ? explained : { ...explained, isSure: false };
      });
    const discounted = this.discounted(line, payer, named);
    const oldest = this.oldestFirst(line, payer, named);
    return [...explanations, ...discounted, ...(oldest ? [oldest] : [])];
  }

  private discounted(line: BankLine, payer: Candidate, named: Named): Explanation[] {
    return (this.itemsOf.get(payer.customer) ?? [])
      .filter(
        ({ discount, cents }) =>
          discount && line.day <= discount.until && cents - discount.cents === line.cents,
      )
      .map((item) =>
        this.explanation(
          line,
          payer,
          named,
          { items: [item], over: item.cents - line.cents, hypotheses: 2 },
          'single',
        ),
      );
  }

  /** Only ever a suggestion: what most ledgers would do when nothing is known. */
  private oldestFirst(line: BankLine, payer: Candidate, named: Named): Explanation | undefined {
    const owed = this.combinations(payer.customer).items.filter(
      (item) => item.cents > 0n && inTime(line)(item),
    );
    const taken: OpenItem[] = [];
    let sum = 0n;
    for (const item of owed) {
      if (sum >= line.cents) break;
      taken.push(item);
      sum += item.cents;
    }
    if (taken.length === 0 || sum === line.cents) return undefined;
    return this.explanation(
      line,
      payer,
      named,
      { items: taken, over: sum - line.cents, hypotheses: owed.length },
      'oldest_first',
    );
  }

  /** Nobody is known and nothing is named: the one item of this amount over all customers, as a question. */
  private byAmountAlone(line: BankLine): Explanation[] {
    const equal = (this.byCents.get(line.cents) ?? []).filter(inTime(line));
    const [only] = equal;
    if (equal.length !== 1 || !only || this.declined.get(line.id)?.customers.has(only.customer)) return [];
    const one = { items: [only], over: 0n, hypotheses: 8 };
    return [this.explanation(line, undefined, { items: new Map(), unknown: [] }, one, 'amount_only')];
  }

  private explanation(
    line: BankLine,
    payer: Candidate | undefined,
    named: Named,
    combination: Combination,
    rule: Explanation['rule'],
    payers: readonly Candidate[] = [],
  ): Explanation {
    const { items, over, hypotheses } = combination;
    const amount = amountOf(line, items, over, this.settings);
    const isOldest = rule === 'oldest_first';
    const reference = referenceOf(items, named);
    const owner = items[0]?.customer ?? '';
    const combinations = this.combinations(owner);
    const isNamed = reference.isWhole && rule === 'reference';
    const width =
      amount === 'exact' ? 0n : amount === 'rounding' ? this.settings.roundingCents : this.settings.feeCents;
    // Paying one item, or all of them, is what people do; everything between is a choice that may fit by chance.
    const isPlainChoice =
      (amount === 'exact' && (items.length === 1 || items.length === combinations.items.length)) ||
      (amount === 'discount' && items.length === 1);
    const chance = isNamed || isPlainChoice ? 0 : combinations.expectedByChance(hypotheses, width);
    const statement = this.statementOf(line, items);
    const isOthers = payer === undefined && payers.some(({ isSure }) => isSure);
    const points: Points = {
      payer: payer?.points ?? (isOthers ? FOREIGN : 0),
      reference: reference.points,
      amount: isOldest ? 2 : AMOUNT_POINTS[amount],
      simplicity: isNamed ? 0 : -tenth(Math.min(15, 1.5 * Math.log2(hypotheses))),
      chance: chance <= 0.001 ? 0 : -tenth(Math.min(25, 5 * Math.log10(chance / 0.001))),
      ...(isFromTheOldest(combinations, items) && { due: 2 }),
      ...(statement && { statement: 6 }),
    };
    const reasons: Reason[] = [
      payer?.reason ??
        reason(isOthers ? 'payer_contradicts' : 'payer_unknown', { payer: line.payerName ?? '' }),
      ...reference.reasons,
      ...(isOldest
        ? [reason('oldest_first', {})]
        : [
            amountReason(line, items, over, amount),
            ...(rule === 'amount_only' ? [reason('amount_only', {})] : []),
          ]),
      ...(chance > this.settings.chance
        ? [reason('chance', { times: String(tenth(chance * 100) / 100) })]
        : []),
      ...(statement ? [reason('statement', { day: statement.day })] : []),
    ];
    const isPlain =
      amount === 'exact' ||
      amount === 'discount' ||
      (amount === 'rounding' && (isNamed || chance <= UNNAMED_CHANCE));
    const isNetted = !isNamed && items.filter(({ cents }) => cents < 0n).length > 1; // several notes that nobody wrote down
    const isSearched = !isNamed && chance > this.settings.chance;
    const isNamedExactly = isNamed && reference.quality === 'exact';
    const isOneDocument = items.every(({ documentId }) => documentId === items[0]?.documentId);
    const isSure =
      (payer?.isSure === true || (isNamedExactly && amount === 'exact' && !isOthers)) && // number and cents agree, whoever paid
      !isOldest &&
      !reference.contradicts &&
      !isSearched &&
      !isNetted &&
      (named.unknown.length === 0 || (amount === 'exact' && chance <= UNNAMED_CHANCE)) &&
      (isPlain ||
        (amount === 'fee' && (isNamed || items.length === 1)) ||
        (amount === 'partial' && isNamedExactly && isOneDocument));
    return {
      rule: isNamed && (amount === 'partial' || amount === 'over') ? amount : rule,
      payer: payer?.customer ?? null,
      parts: partsOf(line, items, amount, payer?.customer ?? null),
      points,
      score: tenth(Object.values(points).reduce((sum, value) => sum + value, 0)),
      reasons,
      isSure,
      isStrong: isNamed || !(payer !== undefined && DOUBTFUL.has(payer.reason.key)),
    };
  }

  private statementOf(line: BankLine, items: readonly OpenItem[]): Said | undefined {
    const [first] = items;
    if (!first) return undefined;
    const documents = new Set(items.map(({ documentNumber }) => documentNumber));
    const orders = new Set(items.map(({ orderNumber }) => orderNumber));
    return (this.saidOf.get(first.customer) ?? []).find(
      ({ documentNumber, orderNumber, cents, day }) =>
        Math.abs(daysBetween(day, line.day)) <= 10 &&
        (documentNumber !== null
          ? documents.has(documentNumber)
          : orderNumber !== null && orders.has(orderNumber)) &&
        (cents === line.cents || items.length > 1),
    );
  }

  private combinations(customer: string): Combinations {
    const known = this.combinationsOf.get(customer);
    if (known) return known;
    const made = new Combinations(this.itemsOf.get(customer) ?? []);
    this.combinationsOf.set(customer, made);
    return made;
  }
}

/** Instalments of documents that were there, or nearly there, when the money came; retention only when it was nearly due. */
const inTime = (line: BankLine) => {
  const limit = dayAfter(line.day, DAYS_AHEAD);
  return ({ documentDay, isRetention, dueDay }: OpenItem) =>
    documentDay <= limit && (!isRetention || dueDay <= dayAfter(line.day, 30));
};

function isFromTheOldest({ items }: Combinations, chosen: readonly OpenItem[]): boolean {
  const owed = items.filter(({ cents }) => cents > 0n).slice(0, chosen.length);
  return chosen.every(({ id, cents }) => cents < 0n || owed.some((one) => one.id === id));
}

function add<Key, Value>(index: Map<Key, Value[]>, key: Key, value: Value): void {
  const found = index.get(key);
  if (found) found.push(value);
  else index.set(key, [value]);
}

const total = (items: readonly OpenItem[]): bigint => items.reduce((sum, { cents }) => sum + cents, 0n);
const tenth = (points: number): number => Math.round(points * 10) / 10;
const DAY_MS = 86_400_000;
const daysBetween = (one: string, other: string): number => (Date.parse(one) - Date.parse(other)) / DAY_MS;
const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

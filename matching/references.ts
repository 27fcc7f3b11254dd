import type { OpenItem } from './question';

/** What a remark names, from sure to vague. */
export type Quality = 'exact' | 'noisy' | 'order' | 'short';

export interface Named {
  items: ReadonlyMap<string, Quality>;
  /** Texts that look like numbers of ours and are none that is open. */
  unknown: readonly string[];
}

/** Letters and digits that scanners and typists mix up. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  '|': '1',
  S: '5',
  B: '8',
  Z: '2',
};
const folded = (text: string): string => [...text].map((letter) => LOOKS_LIKE[letter] ?? letter).join('');
/** A number of fewer digits is a quantity or a day. */
const SHORTEST = 5;
/** `1001-1003` names three; a longer range is a typing error. */
const LONGEST_RANGE = 40;

interface Numbered {
  itemIds: string[];
  /** As the source writes it, separators taken out. */
  number: string;
  quality: 'exact' | 'order';
}

/** Finds numbers of documents, orders and contracts in remarks: with noise, without prefix, as lists and ranges. */
export class References {
  private readonly byNumber = new Map<string, Numbered>();
  private readonly byDigits = new Map<string, Numbered[]>();
  private readonly byTail = new Map<string, Set<string>>();
  private readonly lengths = new Set<number>();
  private readonly prefixes = new Map<string, number>();

  constructor(items: readonly OpenItem[]) {
    for (const item of items) {
      this.add(item.documentNumber, item.id, 'exact');
      if (item.orderNumber) this.add(item.orderNumber, item.id, 'order');
      if (item.contractNumber) this.add(item.contractNumber, item.id, 'order');
      const digits = item.documentNumber.replace(/\D/g, '');
      for (const length of [SHORTEST - 1, SHORTEST])
        if (digits.length > length) {
          const key = `${item.customer} ${digits.slice(-length)}`;
          const found = this.byTail.get(key);
          if (found) found.add(item.id);
          else this.byTail.set(key, new Set([item.id]));
        }
    }
  }

  /** Items that the remark names; the ends of numbers (`尾号00123`) only among the customers that may have paid. */
  of(remark: string, customers: readonly string[]): Named {
    const items = new Map<string, Quality>();
    const put = (found: Numbered, quality: Quality) => {
      for (const id of found.itemIds) if (better(quality, items.get(id))) items.set(id, quality);
    };
    const text = remark
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[~—–―至到]+(?=[A-Z0-9])/g, '-');
    const unknown: string[] = [];
    const runs = text.match(/[A-Z0-9|]+(?:[-. ]*[A-Z0-9|]+)*/g) ?? [];
    for (const run of runs) this.ofRun(run, put, unknown);
    this.listed(text, put);
    if (items.size === 0) {
      for (const [digits] of text.matchAll(/(?<![0-9A-Z.])\d{4,5}(?![0-9A-Z.])/g))
        for (const customer of customers) {
          const found = this.byTail.get(`${customer} ${digits}`);
          if (found?.size === 1) for (const id of found) items.set(id, 'short');
        }
    }
    return { items, unknown: unknown.filter(() => items.size === 0) };
  }

  private add(number: string, itemId: string, quality: Numbered['quality']): void {
    const plain = plainNumber(number);
    if (plain.length < SHORTEST) return;
    const key = folded(plain);
    const known = this.byNumber.get(key);
    if (known) {
      if (!known.itemIds.includes(itemId)) known.itemIds.push(itemId);
      return;
    }
    const numbered: Numbered = { itemIds: [itemId], number: plain, quality };
    this.byNumber.set(key, numbered);
    this.lengths.add(plain.length);
    const [, prefix = '', digits = ''] = /^([A-Z]*)(\d+)$/.exec(plain) ?? [];
    if (digits.length >= SHORTEST + 1)
      this.byDigits.set(digits, [...(this.byDigits.get(digits) ?? []), numbered]);
    if (prefix !== '') this.prefixes.set(prefix, Math.max(this.prefixes.get(prefix) ?? 0, digits.length));
  }

  /** Every place of a run, by the lengths that numbers have; then its digits alone. */
  private ofRun(run: string, put: (found: Numbered, quality: Quality) => void, unknown: string[]): void {
    const plain = plainNumber(run);
    const key = folded(plain);
    let at = 0;
    let hasFound = false;
    while (at < plain.length) {
      const found = this.at(key, plain, at);
      if (found) {
        put(found.numbered, found.quality);
        at += found.length;
        hasFound = true;
      } else at += 1;
    }
    for (const [digits] of key.matchAll(/\d+/g)) {
      const all = hasFound ? [] : (this.byDigits.get(digits) ?? []);
      if (all.length === 1 && all[0]) {
        put(all[0], all[0].quality === 'order' ? 'order' : 'noisy');
        hasFound = true;
      }
    }
    if (!hasFound && this.looksOurs(plain)) unknown.push(run);
  }

  private at(
    key: string,
    plain: string,
    at: number,
  ): { numbered: Numbered; quality: Quality; length: number } | undefined {
    for (const length of this.lengths) {
      if (at + length > key.length) continue;
      const next = plain[at + length];
      const numbered = this.byNumber.get(key.slice(at, at + length));
      if (!numbered || (next !== undefined && /\d/.test(next))) continue;
      const isExact = plain.slice(at, at + length) === numbered.number;
      return {
        numbered,
        length,
        quality: numbered.quality === 'order' ? 'order' : isExact ? 'exact' : 'noisy',
      };
    }
    return undefined;
  }

  /** `AR260500123-125` and `AR260500123/124`: what follows a full number stands for its last digits. */
  private listed(text: string, put: (found: Numbered, quality: Quality) => void): void {
    for (const [whole, first = '', rest = ''] of text.matchAll(
      /([A-Z]*\d[A-Z0-9]{4,})((?:\s*[-/、,，和及]\s*[A-Z]*\d{1,12}(?![A-Z0-9]))+)/g,
    )) {
      if (!whole) continue;
      const start = this.known(first);
      if (!start) continue;
      put(
        start,
        start.quality === 'order' ? 'order' : start.number === plainNumber(first) ? 'exact' : 'noisy',
      );
      let before = start.number;
      for (const [, sign = '', token = ''] of rest.matchAll(/([-/、,，和及])\s*([A-Z]*\d+)/g)) {
        const number =
          token.length < before.length ? before.slice(0, before.length - token.length) + token : token;
        const reached = sign === '-' ? numbersBetween(before, number) : [number];
        for (const each of reached) {
          const found = this.byNumber.get(folded(each));
          if (found) put(found, found.quality === 'order' ? 'order' : 'exact');
        }
        before = number;
      }
    }
  }

  private known(text: string): Numbered | undefined {
    const found = this.byNumber.get(folded(text));
    if (found) return found;
    const byDigits = this.byDigits.get(folded(text).replace(/^\D+/, ''));
    return byDigits?.length === 1 ? byDigits[0] : undefined;
  }

  private looksOurs(plain: string): boolean {
    const [, prefix = '', digits = ''] = /([A-Z]+)(\d+)/.exec(plain) ?? [];
    const length = this.prefixes.get(prefix);
    return length !== undefined && digits.length >= length - 2;
  }
}

const plainNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[-. /_]/g, '');

const ORDER: readonly Quality[] = ['short', 'order', 'noisy', 'exact'];
const better = (one: Quality, other: Quality | undefined): boolean =>
  other === undefined || ORDER.indexOf(one) > ORDER.indexOf(other);

/** Numbers after the first up to the last, both written alike. */
function numbersBetween(first: string, last: string): string[] {
  const [, prefix = '', from = ''] = /^(.*?)(\d+)$/.exec(first) ?? [];
  const [, otherPrefix = '', to = ''] = /^(.*?)(\d+)$/.exec(last) ?? [];
  const count = Number(to) - Number(from);
  if (prefix !== otherPrefix || !(count > 0 && count <= LONGEST_RANGE)) return [last];
  return Array.from(
    { length: count },
    (_, at) => prefix + String(Number(from) + at + 1).padStart(from.length, '0'),
  );
}

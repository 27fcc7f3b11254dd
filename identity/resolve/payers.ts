import { namesOf, type ReadName, type RecordNames } from './names';
import type { CustomerRecord } from './records';

/** Whom a payer's name leads to. */
export interface PayerLead {
  step: 'name' | 'name_spelling' | 'name_former';
  /** Records with that name, one of each customer. */
  records: readonly number[];
}

const spelled = ({ isWeak, parts }: ReadName): string | null => (isWeak ? null : parts.key);

/**
 * Customers by name, for what carries a name only. A payer is written as its bank knows it, so the whole name must agree: exact text of
 * a full, short or former name, else the same name in another spelling.
 */
export class NameBook {
  private readonly exact = new Map<string, Map<number, number>>();
  private readonly spelled = new Map<string, Map<number, number>>();
  private readonly current = new Set<string>();

  constructor(names: readonly RecordNames[], labels: readonly number[]) {
    for (const [record, { full, short, former }] of names.entries()) {
      const label = labels[record] ?? record;
      for (const name of [full, short, ...former]) {
        if (name === null) continue;
        put(this.exact, name.exact, label, record);
        if (name !== short) put(this.spelled, spelled(name), label, record);
      }
      for (const name of [full, short])
        if (name) this.current.add(`${label} ${name.exact}`).add(`${label} ${name.parts.key}`);
    }
  }

  /** Null if nobody has this name. */
  leadOf(payer: CustomerRecord): PayerLead | null {
    const { full } = namesOf(payer);
    if (!full) return null;
    for (const [step, index, key] of [
      ['name', this.exact, full.exact],
      ['name_spelling', this.spelled, spelled(full)],
    ] as const) {
      const found = key === null ? undefined : index.get(key);
      if (!found) continue;
      const [label] = found.keys();
      const isFormer = !this.current.has(`${label} ${key}`);
      return { step: isFormer ? 'name_former' : step, records: [...found.values()] };
    }
    return null;
  }
}

function put(
  index: Map<string, Map<number, number>>,
  key: string | null,
  label: number,
  record: number,
): void {
  if (key === null) return;
  const there = index.get(key) ?? new Map<number, number>();
  index.set(key, there);
  if (!there.has(label)) there.set(label, record);
}

import { normalName } from '../spelling';
import type { NameLinks } from './byName';
import type { RecordCode } from './codes';
import type { Groups } from './groups';
import { evidenceOf, type Link, type Step } from './link';
import type { NameBook } from './payers';
import type { CustomerRecord } from './records';
import { isPayer, type ReviewedGroups } from './review';

/** Everything that was found out about records, by their place in the sorted list. */
interface Found {
  records: readonly CustomerRecord[];
  at: ReadonlyMap<string, number>;
  codes: readonly RecordCode[];
  groups: Groups;
  byName: NameLinks;
  reviewed: ReviewedGroups;
}

/** Says of each record whose it is and why. */
export class Answer {
  private readonly found: Found;
  private readonly customerIds = new Map<number, string>();
  private readonly groupCodes = new Map<number, string>();

  constructor(found: Found) {
    this.found = found;
    for (const kind of ['erp', ''])
      for (const [place, record] of found.records.entries()) {
        const label = this.labelOf(place);
        if (!this.customerIds.has(label) && (kind === '' || record.kind === kind))
          this.customerIds.set(label, record.id);
      }
    this.giveCodes();
  }

  /** Each code to one customer: where a person took records of one code apart, those that left lose it. */
  private giveCodes(): void {
    const holder = new Map<string, number>();
    const isBetter = (label: number, other: number): boolean =>
      label < this.found.reviewed.firstSplit !== other < this.found.reviewed.firstSplit
        ? label < other
        : this.idOf(label) < this.idOf(other);
    for (const [place, { code }] of this.found.codes.entries()) {
      if (code === null) continue;
      const [label, other] = [this.labelOf(place), holder.get(code)];
      if (other === undefined || (label !== other && isBetter(label, other))) holder.set(code, label);
    }
    for (const [code, label] of holder) {
      const other = this.groupCodes.get(label);
      const own = this.found.codes[this.placeOf(this.idOf(label))]?.code;
      if (other === undefined || own === code || (own !== other && code < other))
        this.groupCodes.set(label, code);
    }
    for (const [place, { registration }] of this.found.codes.entries())
      if (registration !== null && !this.groupCodes.has(this.labelOf(place)) && !this.isSplit(place))
        this.groupCodes.set(this.labelOf(place), registration);
  }

  private placeOf = (id: string): number => this.found.at.get(id) ?? -1;
  private isSplit = (place: number): boolean => this.labelOf(place) >= this.found.reviewed.firstSplit;
  private labelOf = (place: number): number => this.found.reviewed.labels[place] ?? place;
  private idOf = (label: number): string => this.customerIds.get(label) ?? '';

  linkOf(place: number): Link {
    const record = this.found.records[place] as CustomerRecord;
    const code = this.found.codes[place] as RecordCode;
    const label = this.labelOf(place);
    const customerId = this.idOf(label);
    const groupCode = this.groupCodes.get(label) ?? null;
    const decided = this.found.reviewed.reviewed.get(record.id);
    const named = this.found.byName.links.get(place);
    const rivals = this.found.byName.ambiguous.get(place);
    const name = normalName(record.name);
    const base = { record, customerId, code, creditCode: groupCode };
    const of = (places: readonly number[]): string[] =>
      places.map((one) => this.found.records[one]?.id ?? '');
    if (decided)
      return finish({
        ...base,
        rule: 'reviewed',
        step: decided.kind as Step,
        proof: proofOf(name, groupCode),
        others: decided.records.filter((id) => id !== record.id),
        eventId: decided.eventId,
        isAmbiguous: false,
      });
    const alone = { others: [], eventId: null, isAmbiguous: rivals !== undefined };
    if (code.way !== null)
      return finish({
        ...base,
        ...alone,
        rule: 'credit_code',
        step: code.way,
        proof: code.code ?? code.registration ?? '',
      });
    const friend = named && this.friendOf(place);
    if (named && friend !== undefined)
      return finish({
        ...base,
        ...alone,
        rule: 'name',
        step: named.step,
        proof: proofOf(name, groupCode),
        others: of([friend]),
      });
    return finish({
      ...base,
      ...alone,
      rule: 'none',
      step: rivals ? 'ambiguous' : 'alone',
      proof: name,
      others: rivals ? of(rivals) : [],
    });
  }

  /** Another record of its customer that rules brought together with it: the one that names the customer, else the first. */
  private friendOf(place: number): number | undefined {
    const label = this.labelOf(place);
    const friends = this.found.groups
      .membersOf(place)
      .filter((other) => other !== place && this.labelOf(other) === label);
    const named = this.placeOf(this.idOf(label));
    return friends.includes(named) ? named : friends.toSorted((one, other) => one - other)[0];
  }

  linkOfPayer(payer: CustomerRecord, book: NameBook, apart: ReadonlySet<string>): Link {
    const name = normalName(payer.name);
    const code: RecordCode = { read: NO_CODE, code: null, registration: null, doubt: null, way: null };
    const decided = this.found.reviewed.reviewed.get(payer.id);
    const base = { record: payer, code };
    const toPlace = this.found.reviewed.payers.get(payer.id);
    if (toPlace !== undefined && decided) {
      const label = toPlace === null ? null : this.labelOf(this.placeOf(toPlace));
      const creditCode = label === null ? null : (this.groupCodes.get(label) ?? null);
      return finish({
        ...base,
        customerId: label === null ? null : this.idOf(label),
        creditCode,
        rule: 'reviewed',
        step: decided.kind as Step,
        proof: proofOf(name, creditCode),
        others: decided.records.filter((id) => id !== payer.id && !isPayer(id)),
        eventId: decided.eventId,
        isAmbiguous: false,
      });
    }
    const lead = book.leadOf(payer);
    const labels = new Set((lead?.records ?? []).map(this.labelOf));
    for (const id of apart) labels.delete(this.labelOf(this.placeOf(id)));
    const [label] = labels;
    const isSure = labels.size === 1 && label !== undefined;
    const creditCode = isSure ? (this.groupCodes.get(label) ?? null) : null;
    return finish({
      ...base,
      customerId: isSure ? this.idOf(label) : null,
      creditCode,
      rule: isSure ? 'name' : 'none',
      step: isSure && lead ? lead.step : labels.size > 1 ? 'ambiguous' : 'alone',
      proof: proofOf(name, creditCode),
      others: [...labels].map(this.idOf),
      eventId: null,
      isAmbiguous: labels.size > 1,
    });
  }
}

const NO_CODE = {
  said: null,
  state: 'none',
  kind: null,
  code: null,
  organisation: null,
  note: null,
} as const;

const proofOf = (name: string, code: string | null): string => (code === null ? name : `${name} = ${code}`);

const finish = (link: Omit<Link, 'evidence'>): Link => ({ ...link, evidence: evidenceOf(link) });

/** What a group may hold one of: another one is another company. */
export interface Marks {
  /** Valid unified code, or the organisation code where no unified one is known. */
  code: string | null;
  /** Registration number of the trade office. */
  registration: string | null;
  /** A code that fails its check: it brings nothing together, but one that is quite another speaks against a name. */
  doubt: string | null;
}

/** More characters than this are no slip: it is another code. */
const SLIP_CHARACTERS = 3;

/**
 * Records brought together (union-find), which refuses to bring two codes, two registration numbers or records that a person keeps apart
 * into one group. The root of a group is its smallest member, so that the order of joining leaves no trace.
 */
export class Groups {
  private readonly parent: number[];
  private readonly marks: Marks[];
  private readonly members: number[][];
  private readonly apart: ReadonlyMap<number, ReadonlySet<number>>;
  private readonly doubts: string[][];

  constructor(marks: readonly Marks[], apart: ReadonlyMap<number, ReadonlySet<number>>) {
    this.apart = apart;
    this.parent = marks.map((_, at) => at);
    this.marks = marks.map((mark) => ({ ...mark }));
    this.doubts = marks.map(({ doubt }) => (doubt === null ? [] : [doubt]));
    this.members = marks.map((_, at) => [at]);
  }

  find(record: number): number {
    let root = record;
    for (let up = this.up(root); up !== root; up = this.up(root)) root = up;
    this.parent[record] = root;
    return root;
  }

  membersOf(record: number): readonly number[] {
    return this.members[this.find(record)] ?? [];
  }

  codeOf(record: number): string | null {
    return this.marks[this.find(record)]?.code ?? null;
  }

  registrationOf(record: number): string | null {
    return this.marks[this.find(record)]?.registration ?? null;
  }

  /** Joins two groups by name; false, and nothing done, where that may not be. */
  unite(one: number, other: number): boolean {
    const [a, b] = [this.find(one), this.find(other)];
    return !this.areApart(a, b) && !this.areDoubtful(a, b) && this.uniteByCode(a, b);
  }

  /** Joins two groups, even where a person keeps their names apart; false where their codes differ. */
  uniteByCode(one: number, other: number): boolean {
    const [a, b] = [this.find(one), this.find(other)];
    if (a === b) return true;
    const [root, leaf] = a < b ? [a, b] : [b, a];
    const [ours, theirs] = [this.marks[root], this.marks[leaf]];
    if (!ours || !theirs || differ(ours.code, theirs.code) || differ(ours.registration, theirs.registration))
      return false;
    ours.code ??= theirs.code;
    ours.registration ??= theirs.registration;
    this.parent[leaf] = root;
    this.members[root] = [...(this.members[root] ?? []), ...(this.members[leaf] ?? [])];
    this.members[leaf] = [];
    this.doubts[root] = [...(this.doubts[root] ?? []), ...(this.doubts[leaf] ?? [])];
    return true;
  }

  private up(record: number): number {
    return this.parent[record] ?? record;
  }

  /** Whether a code of one, passing or not, is quite another than one of the other. */
  private areDoubtful(one: number, other: number): boolean {
    const [ours, theirs] = [this.doubts[one] ?? [], this.doubts[other] ?? []];
    const [code, otherCode] = [this.codeOf(one), this.codeOf(other)];
    return (
      ours.some((doubt) => isAnother(doubt, otherCode) || theirs.some((their) => isAnother(doubt, their))) ||
      theirs.some((doubt) => isAnother(doubt, code))
    );
  }

  private areApart(one: number, other: number): boolean {
    if (this.apart.size === 0 || one === other) return false;
    const there = new Set(this.members[other]);
    return (this.members[one] ?? []).some((record) =>
      [...(this.apart.get(record) ?? [])].some((enemy) => there.has(enemy)),
    );
  }
}

const differ = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one !== other;

/** Codes of one length that differ in more characters than a slip makes. */
function isAnother(one: string, other: string | null): boolean {
  if (other === null || one.length !== other.length) return false;
  let differing = 0;
  for (let at = 0; at < one.length; at++) if (one.charAt(at) !== other.charAt(at)) differing += 1;
  return differing > SLIP_CHARACTERS;
}

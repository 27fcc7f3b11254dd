import { type Answer, type MatchClass, matchLines } from '../../../matching';
import type { LabelledRun, Truth } from './labelledSet';

/** Lines and their money, right and wrong, of one class or one kind of line. */
export interface Figures {
  lines: number;
  cents: bigint;
  automatic: number;
  automaticCents: bigint;
  right: number;
  rightCents: bigint;
  /** Automatic, or a suggestion on top that is right. */
  found: number;
  foundCents: bigint;
}

export interface Measured {
  all: Figures;
  byNastiness: Map<string, Figures>;
  byClass: Map<MatchClass, Figures>;
  wrong: { answer: Answer; truth: Truth }[];
  seconds: number;
}

/** Runs the matcher over every run and compares with what is true, to the document. */
export function measure(runs: readonly LabelledRun[]): Measured {
  const measured: Measured = {
    all: none(),
    byNastiness: new Map(),
    byClass: new Map(),
    wrong: [],
    seconds: 0,
  };
  for (const { question, truths } of runs) {
    const began = process.hrtime.bigint();
    const answers = matchLines(question);
    measured.seconds += Number(process.hrtime.bigint() - began) / 1e9;
    for (const answer of answers) {
      const truth = truths.get(answer.lineId);
      if (!truth) continue;
      const isRight = answer.chosen !== null && agrees(answer, truth);
      if (answer.matchClass === 'automatic' && !isRight) measured.wrong.push({ answer, truth });
      for (const figures of [
        measured.all,
        figuresOf(measured.byNastiness, truth.nastiness),
        figuresOf(measured.byClass, answer.matchClass),
      ])
        count(figures, answer, truth, isRight);
    }
  }
  return measured;
}

/** The same documents, and the same cents for each but for what a fee, rounding or credit note may shift. */
function agrees({ chosen }: Answer, { cash, slack }: Truth): boolean {
  const ours = new Map<string, bigint>();
  for (const { documentId, kind, cents } of chosen?.parts ?? [])
    if (documentId !== null && kind === 'cash') ours.set(documentId, (ours.get(documentId) ?? 0n) + cents);
  if (ours.size !== cash.size || ours.size === 0) return false;
  let off = 0n;
  for (const [document, cents] of cash) {
    const own = ours.get(document);
    if (own === undefined) return false;
    off += own > cents ? own - cents : cents - own;
  }
  return off <= slack * 2n;
}

function count(figures: Figures, { matchClass }: Answer, { cents }: Truth, isRight: boolean): void {
  figures.lines += 1;
  figures.cents += cents;
  if (matchClass === 'automatic') {
    figures.automatic += 1;
    figures.automaticCents += cents;
    if (isRight) {
      figures.right += 1;
      figures.rightCents += cents;
    }
  }
  if (isRight) {
    figures.found += 1;
    figures.foundCents += cents;
  }
}

const none = (): Figures => ({
  lines: 0,
  cents: 0n,
  automatic: 0,
  automaticCents: 0n,
  right: 0,
  rightCents: 0n,
  found: 0,
  foundCents: 0n,
});

function figuresOf<Key>(index: Map<Key, Figures>, key: Key): Figures {
  const known = index.get(key) ?? none();
  index.set(key, known);
  return known;
}

import { assign, type Choice } from './assign';
import { type Answer, type Explanation, type MatchClass, type Reason, signatureOf } from './explanation';
import { Explainer } from './explainLine';
import { type Question, SETTINGS, type Settings } from './question';

/** From this score on a suggestion can be confirmed with others at once. */
const STRONG_FROM = 40;
/** Below this a suggestion is noise. */
const CHECK_FROM = 5;
/** Suggestions shown beside the chosen one. */
const OTHERS = 4;

/**
 * What each bank line pays, over all lines of a run at once. Pure: the same question gives the same answers, in the order of the lines.
 * Automatic only what is sure in itself, good enough in points and without an equal rival anywhere in the run (METRICS 4, APP-6).
 */
export function matchLines(question: Question, settings: Settings = SETTINGS): Answer[] {
  const explainer = new Explainer(question, settings);
  const explanations = new Map(question.lines.map((line) => [line.id, explainer.explain(line)]));
  const open = new Map(question.items.map(({ id, cents }) => [id, cents]));
  const choices = assign(explanations, (itemId) => open.get(itemId) ?? 0n);
  return question.lines.map((line) => {
    const own = explanations.get(line.id) ?? [];
    return answerOf(line, own, choices.get(line.id), settings);
  });
}

function answerOf(
  { id: lineId, mayBeBooked }: { id: string; mayBeBooked: boolean },
  own: readonly Explanation[],
  choice: Choice | undefined,
  { automaticFrom, margin: wanted }: Settings,
): Answer {
  const chosen = choice?.chosen ?? null;
  const margin = Math.round((choice?.margin ?? 0) * 10) / 10;
  const notes: Reason[] = [];
  if (chosen === null) {
    if (own.length > 0) notes.push({ key: 'taken', values: {} });
    const others = own.slice(0, OTHERS);
    return { lineId, matchClass: 'none', chosen, others, margin, reasons: notes };
  }
  const signature = signatureOf(chosen.parts);
  const others = own.filter(({ parts }) => signatureOf(parts) !== signature);
  const isTie = margin < wanted;
  if (isTie) {
    const rivals = others.filter(({ score }) => score > chosen.score - wanted).length;
    notes.push({ key: 'tie', values: { count: String(rivals + 1) } });
  }
  if (mayBeBooked) notes.push({ key: 'may_be_booked', values: {} });
  return {
    lineId,
    matchClass: classOf(chosen, isTie || mayBeBooked, automaticFrom),
    chosen,
    others: others.slice(0, OTHERS),
    margin,
    reasons: [...chosen.reasons, ...notes],
  };
}

function classOf(
  { score, isSure, isStrong, rule }: Explanation,
  isDoubtful: boolean,
  automaticFrom: number,
): MatchClass {
  if (isSure && !isDoubtful && score >= automaticFrom) return 'automatic';
  if (rule === 'oldest_first' || rule === 'amount_only')
    return score >= CHECK_FROM ? 'suggested_check' : 'none';
  if (!isDoubtful && isStrong && score >= STRONG_FROM) return 'suggested_strong';
  return score >= CHECK_FROM ? 'suggested_check' : 'none';
}

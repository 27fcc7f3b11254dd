import { appendEvents, type NewEvent, noteWritten, type Session, type Warehouse } from '../warehouse';
import { matchEvent, MOST_PARTS, readDecisions } from './decisions';
import { type Answer, type Explanation, type MatchClass, signatureOf } from './explanation';
import { matchLines } from './matchLines';
import { centsText } from './money';
import { SETTINGS, type Settings } from './question';
import { type Reach, readQuestion } from './readQuestion';

export interface MatchRun extends Reach {
  /** Names the events: a retry of the same run adds none. */
  runId: string;
  settings?: Settings;
}

export interface MatchCounts {
  lines: number;
  automatic: number;
  strong: number;
  check: number;
  none: number;
  /** Money of the lines that were matched automatically. */
  automaticCny: string;
}

/**
 * One run over all open bank lines: automatic matches become events of the hub, the rest suggestions. A run that dies anywhere is done
 * again: what it had applied is not open any more, what it had not is matched then; suggestions are written whole or not at all.
 */
export async function runMatching(warehouse: Warehouse, run: MatchRun): Promise<MatchCounts> {
  const { runId, settings = SETTINGS } = run;
  const question = await readQuestion(warehouse, run);
  const answers = matchLines(question, settings);
  const automatic = answers.filter(
    ({ matchClass, chosen }) => matchClass === 'automatic' && (chosen?.parts.length ?? 0) <= MOST_PARTS,
  );
  await appendEvents(warehouse, [], (session) => stillOpen(session, automatic, runId));
  await writeSuggestions(
    warehouse,
    answers.filter(({ matchClass }) => matchClass !== 'automatic'),
    runId,
  );
  const cents = new Map(question.lines.map(({ id, cents: own }) => [id, own]));
  const count = (wanted: MatchClass) => answers.filter(({ matchClass }) => matchClass === wanted).length;
  return {
    lines: answers.length,
    automatic: automatic.length,
    strong: count('suggested_strong'),
    check: count('suggested_check'),
    none: count('none'),
    automaticCny: centsText(automatic.reduce((sum, { lineId }) => sum + (cents.get(lineId) ?? 0n), 0n)),
  };
}

/** Nobody may have been faster: read again in the turn in which the events are written. */
async function stillOpen(session: Session, answers: readonly Answer[], runId: string): Promise<NewEvent[]> {
  if (answers.length === 0) return [];
  const { matches } = await readDecisions(session);
  const taken = new Set(matches.map(({ lineId }) => lineId));
  return answers.flatMap(({ lineId, chosen }) =>
    chosen === null || taken.has(lineId)
      ? []
      : [matchEvent('match.applied', { ...chosen, lineId, matchId: `${runId}/${lineId}` }, 'hub', { runId })],
  );
}

async function writeSuggestions(
  warehouse: Warehouse,
  answers: readonly Answer[],
  runId: string,
): Promise<void> {
  await warehouse.transaction(
    async (session) => {
      await session.run('delete from ops.cash_suggestion');
      for (const answer of answers) {
        const { lineId, matchClass, chosen, others, margin, reasons } = answer;
        const ranked = [...(chosen ? [{ ...chosen, reasons }] : []), ...others];
        for (const [at, explanation] of ranked.entries())
          await insert(session, {
            lineId,
            rank: chosen ? at + 1 : at + 2,
            matchClass,
            margin,
            explanation,
            runId,
          });
      }
      await noteWritten(session, 'ops.cash_suggestion');
    },
    { turn: 'events' },
  );
}

interface Suggestion {
  lineId: string;
  rank: number;
  matchClass: MatchClass;
  margin: number;
  explanation: Explanation;
  runId: string;
}

async function insert(
  session: Session,
  { lineId, rank, matchClass, margin, explanation, runId }: Suggestion,
): Promise<void> {
  const { payer, rule, score, parts, points, reasons } = explanation;
  const placed = parts.reduce((sum, { kind, cents }) => sum + (kind === 'cash' ? cents : 0n), 0n);
  await session.run(
    `insert into ops.cash_suggestion (bank_transaction_id, rank, match_class, payer_id, rule, score, margin, amount_cny, signature,
       parts, points, reasons, run_id, suggested_at)
     values (?, ?, ?, ?, ?, ?, ?, cast(? as decimal(18, 2)), ?, ?, ?, ?, ?, utc_now())`,
    [
      lineId,
      rank,
      rank === 1 ? matchClass : 'none',
      payer,
      rule,
      Math.round(score),
      Math.round(margin),
      centsText(placed),
      signatureOf(parts),
      JSON.stringify(parts.map((part) => ({ ...part, cents: centsText(part.cents) }))),
      JSON.stringify(points),
      JSON.stringify(reasons),
      runId,
    ],
  );
}

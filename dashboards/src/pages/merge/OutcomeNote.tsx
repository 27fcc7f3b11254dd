import { Alert, Button } from '@mantine/core';
import { useFilters } from '../../filters';
import { count, money } from '../../format';
import { useMergeWords } from '../../words/merge';
import type { Decide, Outcome } from './useDecide';

/** What the last act did or would do: which records and which money go where, and the way back. */
export function OutcomeNote({ decide }: { decide: Decide }) {
  const words = useMergeWords();
  const { last, error } = decide;
  return (
    <div aria-live="polite">
      {error && (
        <Alert className="failed" title={words.failedAct} role="alert">
          {error}
        </Alert>
      )}
      {last && !error && (
        <div className="merge-outcome">
          <p>
            <strong>{last.preview ? words.would : (words.did[last.kind] ?? last.kind)}</strong>{' '}
            {!last.preview && last.kind !== 'undone' && (
              <Button
                variant="subtle"
                size="compact-xs"
                className="touch"
                onClick={() => void decide.undo(last.decision)}
              >
                {words.undo}
              </Button>
            )}
          </p>
          <Moves outcome={last} />
        </div>
      )}
    </div>
  );
}

function Moves({ outcome }: { outcome: Outcome }) {
  const words = useMergeWords();
  const { lang } = useFilters().filters;
  if (outcome.moves.length === 0)
    return <p className="muted">{outcome.kind === 'kept_apart' ? words.noMove : words.follows}</p>;
  const nameOf = (id: string): string =>
    outcome.moves.find((move) => move.to === id)?.toName ??
    outcome.moves.find((move) => move.from === id)?.fromName ??
    id;
  return (
    <>
      <ul>
        {outcome.money.map(({ from, to, records, receivableCny, openItems, intakeCny, orders }) => (
          <li key={`${from} ${to}`}>
            {words.moved(count(String(records), lang), nameOf(from), nameOf(to))}
            <br />
            <span className="muted">
              {words.movedMoney(
                money(receivableCny, lang),
                count(String(openItems), lang),
                money(intakeCny, lang),
                count(String(orders), lang),
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className="muted">{words.follows}</p>
    </>
  );
}

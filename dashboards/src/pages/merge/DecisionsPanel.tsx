import { Button } from '@mantine/core';
import { together } from '../../api/cube';
import { Panel } from '../../frame/Panel';
import { useMergeWords } from '../../words/merge';
import type { Decide } from './useDecide';
import { useDecisions } from './useQueue';

/** What people decided, each with the way back. */
export function DecisionsPanel({ decide, mayDecide }: { decide: Decide; mayDecide: boolean }) {
  const words = useMergeWords();
  const decisions = useDecisions();
  return (
    <Panel title={words.decisions} answer={together(decisions)} height={160} whenEmpty={words.noDecisions}>
      <div className="grid-box" role="region" aria-label={words.decisions} tabIndex={0}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{words.what}</th>
              <th scope="col">{words.records}</th>
              <th scope="col" className="wide">
                {words.reason}
              </th>
              <th scope="col" className="wide">
                {words.who}
              </th>
              <th scope="col" className="wide">
                {words.when}
              </th>
              <th scope="col">{words.actions}</th>
            </tr>
          </thead>
          <tbody>
            {decisions.data?.map(({ decision, kind, records, reason, decided_by, decided_at, undone_by }) => (
              <tr key={decision}>
                <td>{words.decided[kind] ?? kind}</td>
                <td className="why" title={records}>
                  {records}
                </td>
                <td className="wide">{reason ?? '—'}</td>
                <td className="wide">{decided_by}</td>
                <td className="wide nowrap">{decided_at.slice(0, 16)}</td>
                <td className="row-actions">
                  {undone_by !== null ? (
                    <span className="tag">{words.taken(undone_by)}</span>
                  ) : (
                    mayDecide && (
                      <Button
                        variant="subtle"
                        size="compact-xs"
                        className="touch"
                        disabled={decide.isBusy}
                        onClick={() => void decide.undo(decision)}
                        aria-label={`${words.undo}: ${words.decided[kind] ?? kind} ${records}`}
                      >
                        {words.undo}
                      </Button>
                    )
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

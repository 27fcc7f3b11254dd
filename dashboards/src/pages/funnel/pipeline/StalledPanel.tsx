import { Alert } from '@mantine/core';
import { useState } from 'react';
import { together } from '../../../api/cube';
import { useFilters } from '../../../filters';
import { count } from '../../../format';
import { Checkbox } from '../../../frame/Checkbox';
import { Panel } from '../../../frame/Panel';
import { useNarrow } from '../../../frame/useNarrow';
import { usePipelineWords } from '../../../words/pipeline';
import { StallRow } from './StallRow';
import { useStallActs, useStalls } from './useStalls';

const SHOWN = 100;

/** D4: open opportunities that nothing moves, the largest first; each can be put off with a reason. */
export default function StalledPanel() {
  const words = usePipelineWords();
  const narrow = useNarrow();
  const { lang } = useFilters().filters;
  const [all, setAll] = useState(false);
  const [snoozing, setSnoozing] = useState<string>();
  const stalls = useStalls(all);
  const acts = useStallActs();
  const rows = stalls.data ?? [];
  const shown = rows.slice(0, SHOWN);
  return (
    <Panel
      title={words.stalled}
      definition="FUN-10"
      note={words.stalledNote}
      answer={together(stalls)}
      whenEmpty={words.noneStalled}
      height={380}
      extra={<Checkbox label={words.showSnoozed} isChecked={all} onChange={setAll} />}
    >
      {acts.error && (
        <Alert color="red" variant="light" role="alert">
          {acts.error}
        </Alert>
      )}
      <div
        className="grid-box tasks"
        role="region"
        aria-label={words.stalled}
        tabIndex={0}
        style={{ maxHeight: 380 }}
      >
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{words.opportunity}</th>
              {!narrow && <th scope="col">{words.customer}</th>}
              {!narrow && <th scope="col">{words.stage}</th>}
              {!narrow && <th scope="col">{words.owner}</th>}
              <th scope="col" className="num">
                {words.amount}
              </th>
              <th scope="col" className="num">
                {words.days}
              </th>
              {!narrow && <th scope="col">{words.lastMovement}</th>}
              <th scope="col">{words.snooze}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((stall) => (
              <StallRow
                key={stall.stall_id}
                stall={stall}
                isBusy={acts.busy === stall.stall_id}
                isSnoozing={snoozing === stall.stall_id}
                start={() => setSnoozing(stall.stall_id)}
                cancel={() => setSnoozing(undefined)}
                wake={() => void acts.wake(stall)}
                snooze={(until, reason) =>
                  void acts.snooze(stall, until, reason).then((isDone) => isDone && setSnoozing(undefined))
                }
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="list-foot muted">
        {words.shown(count(String(shown.length), lang), count(String(rows.length), lang))}
      </div>
    </Panel>
  );
}

import { Alert, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postJson } from '../../api/act';
import { together } from '../../api/cube';
import { useDisputes } from '../../api/finance';
import { useFilters } from '../../filters';
import { count, money } from '../../format';
import { Checkbox } from '../../frame/Checkbox';
import { DetailDrawer } from '../../frame/DetailDrawer';
import { Page } from '../../frame/Page';
import { Panel } from '../../frame/Panel';
import { Sentence } from '../../frame/Sentence';
import { useFinanceWords } from '../../words/finance';
import { DisputeRow } from './DisputeRow';
import { OpenForm } from './OpenForm';

/** B9: what do customers contest, why, and how long already? */
export default function DisputesPage() {
  const words = useFinanceWords();
  const { lang } = useFilters().filters;
  const queries = useQueryClient();
  const [isAll, setAll] = useState(false);
  const [isNew, setNew] = useState(false);
  const [closing, setClosing] = useState<string>();
  const [error, setError] = useState<string>();
  const disputes = useDisputes(isAll);
  const answer = { ...together(disputes), isEmpty: disputes.data?.rows.length === 0 };
  const totals = disputes.data?.totals;

  async function send(path: string, body: object): Promise<boolean> {
    setError(undefined);
    try {
      await postJson(path, body);
      await queries.invalidateQueries({ queryKey: ['finance'] });
      return true;
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
      return false;
    }
  }
  const titles = [
    words.document,
    words.customer,
    words.disputeReason,
    words.disputedAmount,
    words.openAmount,
    words.agreed,
  ];
  return (
    <Page
      title={words.disputes}
      tools={
        <Button
          variant="default"
          size="compact-md"
          className="touch"
          onClick={() => setNew(!isNew)}
          aria-expanded={isNew}
        >
          {words.newDispute}
        </Button>
      }
    >
      <Sentence
        answer={{ ...answer, isEmpty: false }}
        parts={
          totals
            ? [
                words.disputeSentence(
                  count(String(totals.open), lang),
                  money(totals.disputed, lang),
                  money(totals.awaited, lang),
                ),
              ]
            : null
        }
      />
      {isNew && (
        <OpenForm
          cancel={() => setNew(false)}
          save={async (input) => {
            if (await send('/api/finance/disputes', input)) setNew(false);
          }}
        />
      )}
      {error && (
        <Alert className="failed" title={words.failedAct} role="alert">
          {error}
        </Alert>
      )}
      <Panel
        title={words.disputes}
        definition="FIN-2 FIN-3"
        note={words.disputeNote}
        answer={answer}
        height={320}
        whenEmpty={words.noDisputes}
        extra={<Checkbox label={words.showClosed} isChecked={isAll} onChange={setAll} />}
      >
        <div className="grid-box" role="region" aria-label={words.disputes} tabIndex={0}>
          <table className="plain-table">
            <thead>
              <tr>
                {titles.map((title, place) => (
                  <th
                    key={title}
                    scope="col"
                    className={`${place >= 3 ? 'num' : ''} ${[2, 4, 5].includes(place) ? 'wide' : ''}`}
                  >
                    {title}
                  </th>
                ))}
                {[words.note, words.openedDate, words.owner].map((title) => (
                  <th key={title} scope="col" className="wide">
                    {title}
                  </th>
                ))}
                <th scope="col">{words.actions}</th>
              </tr>
            </thead>
            <tbody>
              {disputes.data?.rows.map((dispute) => (
                <DisputeRow
                  key={dispute.dispute_id}
                  dispute={dispute}
                  isClosing={closing === dispute.dispute_id}
                  startClosing={() => setClosing(dispute.dispute_id)}
                  cancel={() => setClosing(undefined)}
                  close={async (input) => {
                    if (
                      await send('/api/finance/disputes/close', { disputeId: dispute.dispute_id, ...input })
                    )
                      setClosing(undefined);
                  }}
                />
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      <DetailDrawer title={words.disputes} />
    </Page>
  );
}

import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { together } from '../../api/cube';
import { DetailDrawer } from '../../frame/DetailDrawer';
import { Page } from '../../frame/Page';
import { WhenSeen } from '../../frame/WhenSeen';
import { useCollectionsWords } from '../../words/collections';
import { AccuracyPanel } from './AccuracyPanel';
import { AgeingPanel } from './AgeingPanel';
import { CollectionsKpis } from './CollectionsKpis';
import { CollectionsSentence } from './CollectionsSentence';
import { GapPanel } from './GapPanel';
import { ListPanel } from './lists/ListPanel';
import { MonthsPanel } from './MonthsPanel';
import { StatementDetail } from './StatementDetail';
import { useMonthFigures } from './useMonthFigures';
import { useMonths } from './useMonths';

const BandPanel = lazy(() => import('./BandPanel')); // below the first screen

/** B3, B4: did the cash that was forecast arrive, and if not, whose word did not hold? */
export default function CollectionsPage() {
  const words = useCollectionsWords();
  const figures = useMonthFigures();
  const months = useMonths(figures.accuracy, figures.received);
  return (
    <Page title={words.title}>
      <CollectionsSentence figures={figures} />
      <CollectionsKpis figures={figures} />
      <MonthsPanel {...months} />
      <WhenSeen height={340}>
        <Suspense fallback={<Skeleton h={340} />}>
          <BandPanel />
        </Suspense>
      </WhenSeen>
      <div className="two">
        <GapPanel ends={figures.judged} endsAnswer={together(figures.accuracy)} />
        <WhenSeen height={320}>
          <AgeingPanel />
        </WhenSeen>
      </div>
      <WhenSeen height={300}>
        <AccuracyPanel total={figures.judged} />
      </WhenSeen>
      <div id="list">
        <WhenSeen height={430}>
          <ListPanel figures={figures} />
        </WhenSeen>
      </div>
      <DetailDrawer title={words.statement}>
        <StatementDetail />
      </DetailDrawer>
    </Page>
  );
}

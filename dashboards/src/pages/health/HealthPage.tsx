import { DetailDrawer } from '../../frame/DetailDrawer';
import { Page } from '../../frame/Page';
import { WhenSeen } from '../../frame/WhenSeen';
import { useHealthWords } from '../../words/health';
import { ColoursPanel } from './ColoursPanel';
import { CustomerDetail } from './CustomerDetail';
import { CustomersPanel } from './CustomersPanel';
import { HealthKpis } from './HealthKpis';
import { HealthSentence } from './HealthSentence';
import { MovesPanel } from './MovesPanel';
import { RestatedPanel } from './RestatedPanel';
import { SuggestionsPanel } from './SuggestionsPanel';
import { TwoRedsPanel } from './TwoRedsPanel';
import { useColours } from './useColours';
import { useColoursByMonth } from './useColoursByMonth';
import { useTwoReds } from './useTwoReds';

/** C1, C2: which customers are unwell, since when, and why? */
export default function HealthPage() {
  const words = useHealthWords();
  const months = useColoursByMonth();
  const colours = useColours();
  const streaks = useTwoReds();
  return (
    <Page title={words.title}>
      <HealthSentence months={months} colours={colours} streaks={streaks} />
      <HealthKpis months={months} colours={colours} streaks={streaks} />
      <div className="two">
        <ColoursPanel months={months} />
        <MovesPanel />
      </div>
      <TwoRedsPanel streaks={streaks} />
      <SuggestionsPanel />
      <div id="list">
        <WhenSeen height={480}>
          <CustomersPanel colours={colours} />
        </WhenSeen>
      </div>
      <WhenSeen height={160}>
        <RestatedPanel />
      </WhenSeen>
      <DetailDrawer title={words.customer}>
        <CustomerDetail />
      </DetailDrawer>
    </Page>
  );
}

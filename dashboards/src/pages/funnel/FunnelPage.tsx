import { SegmentedControl, Select } from '@mantine/core';
import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { DetailDrawer } from '../../frame/DetailDrawer';
import { Checkbox } from '../../frame/Checkbox';
import { Page } from '../../frame/Page';
import { WhenSeen } from '../../frame/WhenSeen';
import { useFunnelWords } from '../../words/funnel';
import { BenchmarksPanel } from './BenchmarksPanel';
import { FunnelKpis } from './FunnelKpis';
import { FunnelSentence } from './FunnelSentence';
import { MovesPanel } from './MovesPanel';
import { OpportunitiesPanel } from './OpportunitiesPanel';
import { PeriodPanel } from './PeriodPanel';
import PipelineWaterfall from './pipeline/PipelineWaterfall';
import StalledPanel from './pipeline/StalledPanel';
import { ResultKpis } from './ResultKpis';
import { ResultsPanel } from './ResultsPanel';
import { StageByPanel } from './StageByPanel';
import { StagesPanel } from './StagesPanel';
import { worstStage } from './stages';
import { TimesPanel } from './TimesPanel';
import { ALL_LINES, useCohort } from './useCohort';
import { useImmature } from './useImmature';
import { useOutcomes } from './useOutcomes';
import { useStages } from './useStages';

/** D3, D5: where do opportunities get lost, against the benchmark, and with whom? */
export default function FunnelPage() {
  const words = useFunnelWords();
  const { filters } = useFilters();
  const measure = filters.measure ?? 'count';
  const stages = useStages();
  const outcomes = useOutcomes();
  const immature = useImmature();
  const stagesAnswer = together(stages);
  const all = stages.data ?? [];
  const stage = all.find((one) => one.stage_key === filters.stage) ?? worstStage(all, measure);
  return (
    <Page title={words.title} tools={<Tools />}>
      <FunnelSentence stages={stages} />
      <FunnelKpis stages={stages} outcomes={outcomes} stage={stage} />
      <div className="two">
        <StagesPanel stages={stages} outcomes={outcomes} immature={immature} chosen={stage} />
        <TimesPanel />
      </div>
      <WhenSeen height={300}>
        <StageByPanel stage={stage} stagesAnswer={stagesAnswer} />
      </WhenSeen>
      <div id="list">
        <WhenSeen height={430}>
          <OpportunitiesPanel stage={stage} stagesAnswer={stagesAnswer} outcomes={outcomes} />
        </WhenSeen>
      </div>
      <WhenSeen height={400}>
        <PipelineWaterfall />
      </WhenSeen>
      <div id="stalls">
        <WhenSeen height={430}>
          <StalledPanel />
        </WhenSeen>
      </div>
      <WhenSeen height={110}>
        <ResultKpis />
      </WhenSeen>
      <WhenSeen height={400}>
        <ResultsPanel />
      </WhenSeen>
      <WhenSeen height={400}>
        <div className="two">
          <PeriodPanel />
          <BenchmarksPanel />
        </div>
      </WhenSeen>
      <WhenSeen height={430}>
        <MovesPanel />
      </WhenSeen>
      <DetailDrawer title={words.opportunity} />
    </Page>
  );
}

/** Which pipeline, and whether deals are counted or weighed. */
function Tools() {
  const words = useFunnelWords();
  const { filters, set } = useFilters();
  const { lines, areAlike, line } = useCohort();
  const all = areAlike ? [{ value: ALL_LINES, label: words.allLines }] : [];
  return (
    <div className="panel-tools">
      {lines.length > 1 && (
        <Select
          size="xs"
          w={160}
          allowDeselect={false}
          aria-label={words.line}
          value={line ?? ALL_LINES}
          data={[...all, ...lines.map((name) => ({ value: name, label: name }))]}
          onChange={(value) => set({ line: value ?? undefined, stage: undefined })}
        />
      )}
      <Checkbox
        label={words.strict}
        isChecked={filters.strict === 'yes'}
        onChange={(isOn) => set({ strict: isOn ? 'yes' : undefined })}
      />
      <SegmentedControl
        size="xs"
        aria-label={words.measure}
        value={filters.measure ?? 'count'}
        onChange={(value) => set({ measure: value === 'amount' ? 'amount' : 'count' })}
        data={[
          { value: 'count', label: words.byCount },
          { value: 'amount', label: words.byAmount },
        ]}
      />
    </div>
  );
}

import { ActionIcon, Card, SegmentedControl, Skeleton, Title } from '@mantine/core';
import { Image as Picture } from 'lucide-react';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import type { Answer } from '../api/cube';
import { useFilters } from '../filters';
import { useWords } from '../words';
import type { ChartProps } from './Chart';
import { Definition } from './Definition';
import { PanelState } from './PanelState';
import { useScopeText } from './useScopeText';

const Chart = lazy(() => import('./Chart'));

type Props = {
  title: string;
  answer: Answer;
  id?: string;
  definition?: string;
  note?: ReactNode;
  height?: number;
  extra?: ReactNode;
  /** drawn from the same rows as the table */
  chart?: Pick<ChartProps, 'option' | 'onPick'>;
  table?: ReactNode;
  children?: ReactNode;
  /** what the reader sees when there are no rows, if that has a meaning of its own */
  whenEmpty?: ReactNode;
};

/**
 * A card that shows loading, error, empty and data in the same place and height, dims old figures while new ones come,
 * and offers every chart as a table and a picture. No page does any of this itself.
 */
export function Panel(props: Props) {
  const {
    title,
    answer,
    id,
    definition,
    note,
    height = 320,
    extra,
    chart,
    table,
    children,
    whenEmpty,
  } = props;
  const words = useWords('frame');
  const { mode } = useFilters().filters;
  const [view, setView] = useState('chart');
  const box = useRef<HTMLDivElement>(null);
  const isChart = chart !== undefined && view === 'chart';
  const hasData = !answer.isPending && !answer.error && !answer.isEmpty;
  return (
    <Card
      withBorder
      p={12}
      bg="var(--surface)"
      miw={0}
      aria-busy={answer.isPlaceholderData}
      {...(id && { id })}
    >
      <div className="panel-head">
        <div className="panel-title">
          <Title order={2} fz={15}>
            {title}
          </Title>
          {definition && <Definition id={definition} of={title} />}
        </div>
        <div className="panel-tools">
          {extra}
          {chart && <SaveButton title={title} box={box} isDisabled={!isChart || !hasData} />}
          {chart && (
            <SegmentedControl
              size="xs"
              aria-label={`${title}: ${words.chart} / ${words.table}`}
              value={view}
              onChange={setView}
              data={[
                { value: 'chart', label: words.chart },
                { value: 'table', label: words.table },
              ]}
            />
          )}
        </div>
      </div>
      {note && <div className="panel-note muted">{note}</div>}
      <div ref={box} style={{ opacity: answer.isPlaceholderData ? 0.5 : 1 }}>
        <PanelState answer={answer} height={height} whenEmpty={whenEmpty}>
          {isChart ? (
            <Suspense fallback={<Skeleton h={height} />}>
              <Chart {...chart} mode={mode} label={title} height={height} />
            </Suspense>
          ) : (
            (table ?? children)
          )}
        </PanelState>
      </div>
    </Card>
  );
}

type SaveProps = { title: string; box: React.RefObject<HTMLDivElement | null>; isDisabled: boolean };

function SaveButton({ title, box, isDisabled }: SaveProps) {
  const words = useWords('frame');
  const { mode, asOf } = useFilters().filters;
  const scope = useScopeText();
  const save = async () => {
    const chart = box.current?.querySelector<HTMLElement>('[data-chart]');
    if (!chart) return;
    const { picture, download } = await import('./picture');
    const blob = await picture(chart, title, `${scope} · ${words.asOf(asOf)}`, mode);
    if (blob) download(blob, `${title}.png`);
  };
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      className="touch"
      aria-label={words.savePicture(title)}
      onClick={() => void save()}
      disabled={isDisabled}
    >
      <Picture size={15} />
    </ActionIcon>
  );
}

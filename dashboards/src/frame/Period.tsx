import '@mantine/dates/styles.css';
import 'dayjs/locale/zh-cn';
import { DatesProvider, MonthPickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useFilters } from '../filters';
import { addMonths, firstDay, monthOf, type Month } from '../months';
import { useWords } from '../words';
import { useNarrow } from './useNarrow';

type Span = [string | null, string | null];

/** Half a choice stays here; a whole one goes to the address. */
export default function Period() {
  const words = useWords('frame');
  const narrow = useNarrow();
  const { filters, first, set } = useFilters();
  const [span, setSpan] = useState<Span>([firstDay(filters.from), firstDay(filters.to)]);
  const pick = (value: Span) => {
    setSpan(value);
    const [from, to] = value;
    if (from && to) set({ from: monthOf(from), to: monthOf(to) });
  };
  const now = monthOf(filters.asOf);
  const quarter = addMonths(now, -((Number(now.slice(5, 7)) - 1) % 3));
  const preset = (label: string, from: Month, to: Month) => ({
    label,
    value: [firstDay(from), firstDay(to)] satisfies Span as Span,
  });
  const { presets } = words;
  return (
    <DatesProvider settings={{ locale: filters.lang === 'zh' ? 'zh-cn' : 'en', firstDayOfWeek: 1 }}>
      <MonthPickerInput
        type="range"
        valueFormat="YYYY-MM"
        size={narrow ? 'md' : 'xs'}
        w={narrow ? '100%' : 162}
        allowSingleDateInRange
        aria-label={`${words.period} ${filters.from} – ${filters.to}`}
        value={span}
        onChange={pick}
        maxDate={firstDay(addMonths(now, 3))}
        presets={[
          preset(presets.thisMonth, now, now),
          preset(presets.lastMonth, addMonths(now, -1), addMonths(now, -1)),
          preset(presets.quarter, quarter, now),
          preset(presets.year, `${now.slice(0, 4)}-01`, now),
          preset(presets.twelve, first.from, first.to),
        ]}
      />
    </DatesProvider>
  );
}

import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useFocus } from '../../frame/useFocus';
import { useFunnelWords } from '../../words/funnel';
import type { Benchmark, NewBenchmark } from './useBenchmarks';

type Props = {
  stages: readonly Benchmark[];
  save: (input: NewBenchmark) => Promise<void>;
  cancel: () => void;
};

/** A benchmark as a person types it: without a source and a day it is not taken. */
export function BenchmarkForm({ stages, save, cancel }: Props) {
  const words = useFunnelWords();
  const field = useFocus<HTMLSelectElement>();
  const [at, setAt] = useState(0);
  const [percent, setPercent] = useState('');
  const [source, setSource] = useState('');
  const [date, setDate] = useState('');
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const stage = stages[at];
    if (!stage) return;
    setBusy(true);
    await save({
      stage: stage.stage_key,
      ...(stage.business_line !== null && { line: stage.business_line }),
      percent: percent.trim(),
      source: source.trim(),
      date,
    });
    setBusy(false);
  };
  return (
    <form
      className="inline-form"
      aria-label={words.newBenchmark}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && cancel()}
    >
      <label>
        {words.stage}
        <select ref={field} value={at} onChange={(event) => setAt(Number(event.target.value))}>
          {stages.map((stage, place) => (
            <option key={`${stage.connection} ${stage.business_line} ${stage.stage_key}`} value={place}>
              {[stage.business_line, stage.stage_name].filter(Boolean).join(' · ')}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.benchmarkPercent}
        <input
          required
          inputMode="decimal"
          pattern="\d{1,3}(\.\d{1,4})?"
          size={6}
          value={percent}
          onChange={(event) => setPercent(event.target.value)}
        />
      </label>
      <label className="grow">
        {words.benchmarkSource}
        <input required maxLength={300} value={source} onChange={(event) => setSource(event.target.value)} />
      </label>
      <label>
        {words.benchmarkDate}
        <input required type="date" value={date} onChange={(event) => setDate(event.target.value)} />
      </label>
      <Button variant="default" type="submit" size="compact-sm" className="touch" disabled={isBusy}>
        {words.save}
      </Button>
      <Button variant="default" size="compact-sm" className="touch" onClick={cancel}>
        {words.cancel}
      </Button>
    </form>
  );
}

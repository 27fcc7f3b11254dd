import { Title } from '@mantine/core';
import { Check, Circle, LoaderCircle, TriangleAlert } from 'lucide-react';
import { inLang } from '../api/label';
import { useStarting } from '../api/starting';
import { useFilters } from '../filters';
import { useWords } from '../words';

const icons: Record<string, typeof Check> = { done: Check, running: LoaderCircle, failed: TriangleAlert };

/** The hub answers before its data are there: what it does, step by step, instead of a page full of errors. */
export function Starting() {
  const words = useWords('frame');
  const { lang } = useFilters().filters;
  const { data } = useStarting();
  const hasFailed = data?.status === 'failed';
  return (
    <main className="alone" aria-live="polite">
      <Title order={1} fz={20}>
        {hasFailed ? words.startFailed : words.startingTitle}
      </Title>
      <p className={hasFailed ? 'bad' : 'muted'}>{hasFailed ? data.message : words.startingWhat}</p>
      <ol className="steps">
        {data?.steps.map((step, at) => {
          const Icon = icons[step.state] ?? Circle;
          return (
            <li key={at} className={step.state === 'failed' ? 'bad' : ''}>
              <Icon size={16} aria-hidden />
              <span>{inLang(step.name, lang)}</span>
              <span className="muted">
                {[
                  step.detail && inLang(step.detail, lang),
                  step.seconds && words.seconds(step.seconds.toFixed(0)),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          );
        })}
      </ol>
    </main>
  );
}

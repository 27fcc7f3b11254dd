import { ActionIcon, Popover } from '@mantine/core';
import { Info } from 'lucide-react';
import { useDefinitions } from '../api/definitions';
import { inLang, type Label } from '../api/label';
import { useFilters } from '../filters';
import { useWords } from '../words';

/** The ⓘ beside a number: what it means, from the metric dictionary, so that no two places explain it differently. */
export function Definition({ id, of }: { id: string; of: string }) {
  const words = useWords('frame');
  return (
    <Popover withinPortal trapFocus shadow="md" width={320} position="bottom-start">
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          className="touch"
          aria-label={`${words.definition}: ${of} ${id}`}
        >
          <Info size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown fz={13} aria-label={`${words.definition}: ${of}`}>
        <Meaning id={id} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** One popover may explain several numbers: `FVA-1 FVA-2`. */
function Meaning({ id }: { id: string }) {
  const words = useWords('frame');
  const { lang } = useFilters().filters;
  const { data, isPending } = useDefinitions();
  if (isPending) return <p className="muted">…</p>;
  return id.split(' ').map((one) => {
    const found = data?.[one];
    if (!found) return <p key={one}>{`${one}: ${words.noDefinition}`}</p>;
    const lines: [string, Label | null | undefined][] = [
      [words.formula, found.formula],
      [words.grain, found.grain],
      [words.date, found.date],
      [words.source, found.source],
    ];
    return (
      <div key={one} className="meaning" tabIndex={-1} data-autofocus>
        <b>{`${inLang(found.title, lang)} (${one})`}</b>
        <dl>
          {lines.map(([name, text]) =>
            text ? (
              <div key={name}>
                <dt className="muted">{name}</dt>
                <dd>{inLang(text, lang)}</dd>
              </div>
            ) : null,
          )}
        </dl>
      </div>
    );
  });
}

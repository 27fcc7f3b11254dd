import { Alert, Button, Popover, Skeleton } from '@mantine/core';
import { Clock, TriangleAlert } from 'lucide-react';
import { useFreshness, type Source } from '../api/freshness';
import { inLang } from '../api/label';
import { useMe } from '../api/me';
import { useFilters } from '../filters';
import { instant } from '../format';
import { useWords } from '../words';
import { useNarrow } from './useNarrow';

/** "Data as of", never "asked at"; amber with a mark and a count, not only a colour, when a source is late. */
export function AsOf() {
  const words = useWords('frame');
  const { data } = useFreshness();
  const { data: me } = useMe();
  const narrow = useNarrow();
  if (!data) return <Skeleton w={180} h={18} />;
  const late = data.sources.filter((source) => source.late).length;
  return (
    <Popover withinPortal trapFocus shadow="md" width={380} position="bottom-start">
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          className={`touch as-of ${late ? 'warn' : 'muted'}`}
          leftSection={late ? <TriangleAlert size={14} /> : <Clock size={14} />}
        >
          {`${words.asOf(narrow ? data.asOf.slice(5) : data.asOf)} · ${late ? words.late(late) : words.onTime}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown fz={13} aria-label={words.asOf(data.asOf)}>
        <div className="sources" tabIndex={-1} data-autofocus>
          {data.sources.map((source) => (
            <SourceLine key={source.connection} source={source} />
          ))}
          {data.builtAt && <p className="muted">{words.built(instant(data.builtAt))}</p>}
          {me && <p className="muted">{words.user(me.user.name)}</p>}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function SourceLine({ source }: { source: Source }) {
  const words = useWords('frame');
  const { lang } = useFilters().filters;
  return (
    <div className="source">
      <b className={source.late ? 'warn' : ''}>
        {source.late && <TriangleAlert size={13} aria-hidden />} {inLang(source.label, lang)}
      </b>
      <span className="muted">
        {source.lastSuccessAt ? words.lastSuccess(instant(source.lastSuccessAt)) : words.never}
        {source.newestAt && ` · ${words.newest(instant(source.newestAt))}`}
      </span>
      {source.lastError && <span className="bad">{source.lastError}</span>}
    </div>
  );
}

/** Figures that may lack a source's last days must say so before they are read. */
export function LateNotice() {
  const words = useWords('frame');
  const { lang } = useFilters().filters;
  const { data } = useFreshness();
  const late = data?.sources.filter((source) => source.late) ?? [];
  if (late.length === 0) return null;
  const names = words.listed(late.map((source) => inLang(source.label, lang)));
  const oldest = late.map((source) => source.newestAt ?? source.lastSuccessAt ?? '').sort()[0];
  return (
    <Alert className="notice" icon={<TriangleAlert size={16} />} variant="outline" color="yellow">
      {words.lateNotice(names, oldest ? instant(oldest) : '—')}
    </Alert>
  );
}

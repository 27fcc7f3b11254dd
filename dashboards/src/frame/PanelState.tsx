import { Alert, Button, Skeleton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import type { Answer } from '../api/cube';
import { HubError } from '../api/hub';
import { useFilters, type Address } from '../filters';
import { useWords } from '../words';

const SLOW_MS = 5_000;

type Props = { answer: Answer; height: number; children: ReactNode; whenEmpty?: ReactNode };

/** Loading, slow, failed, empty or the content: always in the place and height of the content. */
export function PanelState({ answer, height, children, whenEmpty }: Props) {
  if (answer.error) return <Failed error={answer.error} retry={answer.retry} height={height} />;
  if (answer.isPending) return <Loading height={height} />;
  if (answer.isEmpty)
    return whenEmpty ? <div className="centred">{whenEmpty}</div> : <Empty height={height} />;
  return children;
}

function Loading({ height }: { height: number }) {
  const words = useWords('frame');
  const queries = useQueryClient();
  const [state, setState] = useState<'loading' | 'slow' | 'cancelled'>('loading');
  useEffect(() => {
    if (state !== 'loading') return undefined;
    const timer = setTimeout(() => setState('slow'), SLOW_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const cancel = () => {
    setState('cancelled');
    void queries.cancelQueries({ queryKey: ['cube'] }); // closes the request, which stops the query on the server
  };
  const again = () => {
    setState('loading');
    void queries.refetchQueries({
      queryKey: ['cube'],
      type: 'active',
      predicate: ({ state: { data } }) => !data,
    });
  };
  return (
    <div className="loading" style={{ height }}>
      {state !== 'cancelled' && <Skeleton h={height} className="after-a-moment" />}
      {state !== 'loading' && (
        <div className="loading-note" role="status">
          {state === 'slow' && words.slow}
          <Button size="xs" variant="default" onClick={state === 'slow' ? cancel : again}>
            {state === 'slow' ? words.cancel : words.retry}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What went wrong, under which id the log has the rest, and the one thing to do. */
export function Failed({ error, retry, height }: { error: Error; retry: () => void; height: number }) {
  const words = useWords('frame');
  const details = error instanceof HubError ? error.details : undefined;
  return (
    <div style={{ minHeight: height }}>
      <Alert variant="outline" color="red" className="failed" title={words.failed}>
        <p>{error.message}</p>
        {details?.where && <p className="muted">{details.where}</p>}
        {details?.todo && <p>{details.todo}</p>}
        {details?.requestId && <p className="muted">{`${words.requestId} ${details.requestId}`}</p>}
        <Button size="xs" variant="default" onClick={retry}>
          {words.retry}
        </Button>
      </Alert>
    </div>
  );
}

const widest: Partial<Address> = {
  region: undefined,
  owner: undefined,
  part: undefined,
  bucket: undefined,
  line: undefined,
  outcome: undefined,
  colour: undefined,
  was: undefined,
};

function Empty({ height }: { height: number }) {
  const words = useWords('frame');
  const { filters, set } = useFilters();
  const isNarrowed = Object.keys(widest).some((name) => filters[name as keyof Address] !== undefined);
  return (
    <div className="centred" style={{ minHeight: height }}>
      <p className="muted">{words.empty}</p>
      {isNarrowed && (
        <Button size="xs" variant="default" onClick={() => set(widest)}>
          {words.widen}
        </Button>
      )}
    </div>
  );
}

import { MantineProvider } from '@mantine/core';
import { Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useHub } from './api/freshness';
import { useFilters, type Address } from './filters';
import { LoginNeeded } from './frame/LoginNeeded';
import { NoAnswer } from './frame/NoAnswer';
import { Shell } from './frame/Shell';
import { Starting } from './frame/Starting';
import { theme, variables } from './theme';

/** Theme, language and the gates before any page: signed in, and the hub ready. */
export function Root() {
  const { lang, mode } = useFilters().filters;
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  }, [lang]);
  useFixedPeriod();
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} forceColorScheme={mode}>
      <Gate />
    </MantineProvider>
  );
}

function Gate() {
  const hub = useHub();
  if (hub.data?.state === 'login') return <LoginNeeded />;
  if (hub.data?.state === 'starting') return <Starting />;
  if (hub.data?.state === 'failed')
    return <NoAnswer error={hub.data.error} retry={() => void hub.refetch()} />;
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}

/** The period first shown follows the data; once shown it stands in the address, so that a link passed on shows the same. */
function useFixedPeriod() {
  const now: Address = useSearch({ strict: false });
  const { filters } = useFilters();
  const go = useNavigate();
  const isKnown = useHub().data?.state === 'ready';
  const isWritten = now.from === filters.from && now.to === filters.to && now.month === filters.month;
  const { from, to, month } = filters;
  useEffect(() => {
    if (!isKnown || isWritten) return;
    const search = (old: Address) => ({ ...old, from, to, month });
    void go({ to: '.', search, hash: true, state: true, replace: true, resetScroll: false });
  }, [isKnown, isWritten, from, to, month, go]);
}

import { MantineProvider } from '@mantine/core';
import { Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useFreshness } from './api/freshness';
import { HubError, isLoginNeeded } from './api/hub';
import { useMe } from './api/me';
import { useFilters, type Address } from './filters';
import { LoginNeeded } from './frame/LoginNeeded';
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
  const me = useMe();
  const freshness = useFreshness();
  if (isLoginNeeded(me.error) || isLoginNeeded(freshness.error)) return <LoginNeeded />;
  if (isStarting(freshness.error) || freshness.data?.generation === null) return <Starting />;
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}

/** The hub answers for itself before its warehouse does. */
const isStarting = (error: unknown) =>
  error instanceof HubError && (error.status === 503 || error.details.code === 'vendor_busy');

/** The period first shown follows the data; once shown it stands in the address, so that a link passed on shows the same. */
function useFixedPeriod() {
  const now: Address = useSearch({ strict: false });
  const { filters } = useFilters();
  const go = useNavigate();
  const isKnown = useFreshness().data !== undefined;
  const isWritten = now.from === filters.from && now.to === filters.to && now.month === filters.month;
  const { from, to, month } = filters;
  useEffect(() => {
    if (!isKnown || isWritten) return;
    const search = (old: Address) => ({ ...old, from, to, month });
    void go({ to: '.', search, hash: true, state: true, replace: true, resetScroll: false });
  }, [isKnown, isWritten, from, to, month, go]);
}

import { collections } from './collections';
import { dataQuality } from './dataQuality';
import type { Definition } from './definition';
import { forecasts } from './forecasts';
import { funnel } from './funnel';
import { health } from './health';
import { receivables } from './receivables';
import { statements } from './statements';

/** The metric dictionary by id of METRICS.md: every number that a screen, an export or a message shows has its entry here. */
export const definitions: Readonly<Record<string, Definition>> = {
  ...receivables,
  ...statements,
  ...collections,
  ...forecasts,
  ...funnel,
  ...health,
  ...dataQuality,
};

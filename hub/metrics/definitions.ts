import { application } from './application';
import { bank } from './bank';
import { cashForecast } from './cashForecast';
import { collections } from './collections';
import { customers } from './customers';
import { dataQuality } from './dataQuality';
import type { Definition } from './definition';
import { exposure } from './exposure';
import { finance } from './finance';
import { forecasts } from './forecasts';
import { funnel } from './funnel';
import { health } from './health';
import { orders } from './orders';
import { pipeline } from './pipeline';
import { receivables } from './receivables';
import { risk } from './risk';
import { turnover } from './turnover';
import { statements } from './statements';

/** The metric dictionary by id of METRICS.md: every number that a screen, an export or a message shows has its entry here. */
export const definitions: Readonly<Record<string, Definition>> = {
  ...receivables,
  ...turnover,
  ...exposure,
  ...orders,
  ...statements,
  ...bank,
  ...collections,
  ...application,
  ...finance,
  ...forecasts,
  ...cashForecast,
  ...funnel,
  ...pipeline,
  ...health,
  ...customers,
  ...dataQuality,
  ...risk,
};

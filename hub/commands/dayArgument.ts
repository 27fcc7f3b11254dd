import { InvalidArgumentError } from 'commander';
import { isDay } from '../setup/day';

/** A business day on the command line. */
export function toDay(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)) || !isDay(text))
    throw new InvalidArgumentError('a day looks like 2026-01-31.');
  return text;
}

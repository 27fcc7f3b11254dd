import { useFilters } from '../filters';
import { collections } from './collections';
import { fields } from './fields';
import { frame } from './frame';
import { funnel } from './funnel';
import { health } from './health';
import { reasons } from './reasons';
import { values } from './values';

const areas = { frame, fields, collections, funnel, health, reasons, values };
type Area = keyof typeof areas;

/** The words of one area in the reader's language. */
export function useWords<A extends Area>(area: A): (typeof areas)[A]['zh'] {
  return areas[area][useFilters().filters.lang];
}

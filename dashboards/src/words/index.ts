import { useFilters } from '../filters';
import { fields } from './fields';
import { frame } from './frame';
import { values } from './values';

const areas = { frame, fields, values };
type Area = keyof typeof areas;

/** The words of one area in the reader's language: of what every page has. A page's own words come with the page. */
export function useWords<A extends Area>(area: A): (typeof areas)[A]['zh'] {
  return areas[area][useFilters().filters.lang];
}

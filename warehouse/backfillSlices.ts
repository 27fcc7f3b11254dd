import { MillraceError, type Stream } from '../connectors/kit';

/** Business days, both included. */
export interface BackfillSlice {
  from: string;
  to: string;
}

type Unit = 'day' | 'month' | 'year';

const DAY_MS = 86_400_000;
/** Where an instant has no zone of its own. */
const ZONE = 'Asia/Shanghai';

/** Days up to a month of them, months up to ten years, else years: some tens of slices, none too long to repeat. */
export function chosenSlice(from: string, to: string): Unit {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days <= 31) return 'day';
  return days <= 3_660 ? 'month' : 'year';
}

/** Calendar days, months or years that cover the range; the first and the last are cut to it. */
export function slicesOf(from: string, to: string, unit: Unit): BackfillSlice[] {
  const slices: BackfillSlice[] = [];
  for (let start = from; start <= to; ) {
    const end = endOf(start, unit);
    slices.push({ from: start, to: end < to ? end : to });
    start = nextDay(end);
  }
  return slices;
}

/**
 * The slice in the stream's cursor text. Connectors read [from, to] with both ends, so `to` is the next midnight: a record of
 * exactly that instant is read by two slices, which merging by key makes harmless, and no fraction of a second falls
 * between two. Errors: `bad_request` when the stream has no cursor to ask by.
 */
export function cursorRange(stream: Stream, { from, to }: BackfillSlice): { from: string; to: string } {
  const kind = stream.fields.find(({ name }) => name === stream.cursor?.field)?.kind;
  switch (kind?.kind) {
    case 'localTime':
      return { from: `${from} 00:00:00`, to: `${nextDay(to)} 00:00:00` };
    case 'utcTime':
      return { from: isoSeconds(midnight(from, ZONE)), to: isoSeconds(midnight(nextDay(to), ZONE)) };
    case 'epochMs':
      return { from: String(midnight(from, ZONE)), to: String(midnight(nextDay(to), ZONE)) };
    case 'businessDate':
      return { from, to };
    default:
      throw new MillraceError('bad_request', {
        what: `The stream ${stream.name} cannot be read by a range of days: ${kind ? 'its cursor is no time' : 'it has no cursor'}`,
        where: `stream ${stream.name}`,
        todo: 'Read all of it again instead: millrace sync with --full',
      });
  }
}

function endOf(day: string, unit: Unit): string {
  if (unit === 'day') return day;
  if (unit === 'year') return `${day.slice(0, 4)}-12-31`;
  const [year = 0, month = 0] = day.split('-').map(Number);
  return dayOf(Date.UTC(year, month, 0)); // month is one-based here: the day before the next month's first
}

const nextDay = (day: string): string => dayOf(Date.parse(day) + DAY_MS);
const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
const isoSeconds = (instant: number): string => new Date(instant).toISOString().replace('.000', '');

/** The instant at which a day begins in a zone. */
function midnight(day: string, zone: string): number {
  const utc = Date.parse(day);
  const first = utc - offsetAt(utc, zone);
  return utc - offsetAt(first, zone); // asked again where the clocks change on that day
}

function offsetAt(instant: number, zone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - instant;
}

/** A day or time as a file writes it, in parts. */
interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** Digits behind the point, '' for none. */
  fraction: string;
  /** Minutes east of UTC; undefined: the text names no zone. */
  offset: number | undefined;
  /** Whether there is a time of day. */
  hasTime: boolean;
}

const TOKENS: Record<string, string> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortYear>\\d{2})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<fraction>\\d{1,9})',
  Z: '(?<zone>Z|[+-]\\d{2}:?\\d{2})',
};
const ISO =
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:[T ](?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/;

const patterns = new Map<string, RegExp>();

function patternOf(format: string): RegExp {
  const known = patterns.get(format);
  if (known) return known;
  const source = format.replace(/yyyy|yy|MM?|dd?|HH?|mm|ss|SSS|Z|[^A-Za-z]+|[A-Za-z]/g, (part) => {
    return TOKENS[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  const pattern = new RegExp(`^${source}$`);
  patterns.set(format, pattern);
  return pattern;
}

/** Why a format cannot be used, for the config's error; undefined: it can. */
export function formatProblem(format: string): string | undefined {
  const rest = format.replace(/yyyy|yy|MM?|dd?|HH?|mm|ss|SSS|Z|T/g, '');
  const unknown = /[A-Za-z]+/.exec(rest)?.[0];
  if (unknown !== undefined)
    return `"${unknown}" is no part of a day or time; write yyyy yy MM M dd d HH H mm ss SSS Z`;
  const missing = ['y', 'M', 'd'].find((letter) => !format.includes(letter));
  if (missing !== undefined) return 'a format names year, month and day';
  try {
    patternOf(format);
    return undefined;
  } catch {
    return 'a part stands in it twice';
  }
}

export function zoneProblem(zone: string): string | undefined {
  try {
    clockOf(zone);
    return undefined;
  } catch {
    return `there is no time zone "${zone}"; write one like Asia/Shanghai`;
  }
}

/** The business day `yyyy-mm-dd` of a text: of a time with a zone the day in `zone`. Undefined: it is none. */
export function dayOf(text: string, format: string | undefined, zone: string): string | undefined {
  const parts = partsOf(text, format);
  if (!parts) return undefined;
  if (!parts.hasTime || parts.offset === undefined) return isoDay(parts);
  return new Date(utcMs(parts) - parts.offset * 60_000 + offsetAt(zone, utcMs(parts) - parts.offset * 60_000))
    .toISOString()
    .slice(0, 10);
}

/**
 * The instant `yyyy-mm-ddThh:mm:ss.fffZ` of a text; without a zone of its own it is a time in `zone` (a day: its beginning). An
 * hour that a clock change repeats counts as the first one. Undefined: no time, or one that a clock change leaves out.
 */
export function instantOf(text: string, format: string | undefined, zone: string): string | undefined {
  const parts = partsOf(text, format);
  if (!parts) return undefined;
  const wall = utcMs(parts);
  if (parts.offset !== undefined) return isoInstant(wall - parts.offset * 60_000, parts.fraction);
  const [early, late] = [offsetAt(zone, wall - 86_400_000), offsetAt(zone, wall + 86_400_000)];
  const offset = [early, late].find((each) => offsetAt(zone, wall - each) === each);
  return offset === undefined ? undefined : isoInstant(wall - offset, parts.fraction);
}

function partsOf(text: string, format: string | undefined): Parts | undefined {
  const groups = (format === undefined ? ISO : patternOf(format)).exec(text)?.groups;
  if (!groups) return undefined;
  const number = (name: string) => Number(groups[name] ?? 0);
  const parts: Parts = {
    year: groups.shortYear === undefined ? number('year') : 2_000 + number('shortYear'),
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
    fraction: groups.fraction ?? '',
    offset: offsetOf(groups.zone),
    hasTime: groups.hour !== undefined,
  };
  const isReal = isoDay(parts) === new Date(utcMs(parts)).toISOString().slice(0, 10);
  return isReal && parts.hour < 24 && parts.minute < 60 && parts.second < 60 ? parts : undefined;
}

const utcMs = ({ year, month, day, hour, minute, second }: Parts): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);

const two = (value: number) => String(value).padStart(2, '0');
const isoDay = ({ year, month, day }: Parts) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
const isoInstant = (ms: number, fraction: string) =>
  `${new Date(ms).toISOString().slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}Z`;

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(zone, clock);
  return clock;
}

const offsets = new Map<string, number>();
const HOUR_MS = 3_600_000;

/** Milliseconds that clocks in `zone` are ahead of UTC at an instant; asked once an hour, since the calendar is slow. */
function offsetAt(zone: string, instant: number): number {
  const hour = Math.floor(instant / HOUR_MS);
  const key = `${zone} ${hour}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const at = hour * HOUR_MS;
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<string, number>;
  const { year = 0, month = 1, day = 1, hour: hours = 0, minute = 0, second = 0 } = parts;
  const offset = Date.UTC(year, month - 1, day, hours, minute, second) - at;
  if (offsets.size > 100_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

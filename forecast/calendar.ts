import { isWorkday as isChineseWorkday } from 'chinese-days';
import { type Day, dayNumber, dayText, weekdayOf } from './day';

/** On which days money can come. */
export interface Calendar {
  name: string;
  isWorkday: (day: number) => boolean;
  /** First day for which only weekends are known. */
  provisionalFrom?: Day;
}

/** Saturdays and Sundays are off. */
export const weekends: Calendar = { name: 'weekends', isWorkday: (day) => weekdayOf(day) < 5 };

/** Money comes on any day of the week. */
export const everyDay: Calendar = { name: 'every day', isWorkday: () => true };

/** Payments on weekends, as a share of all, from which on weekends count as days like any other. */
const WEEKEND_SHARE = 0.05;

/** The calendar that payments keep: weekends off unless money comes on them. */
export function calendarOf(paidDays: readonly number[]): Calendar {
  const onWeekends = paidDays.reduce((count, day) => (weekdayOf(day) >= 5 ? count + 1 : count), 0);
  return onWeekends > WEEKEND_SHARE * paidDays.length ? everyDay : weekends;
}

const CHINA_UNTIL = '2026-12-31'; // METRICS 1: the last notice of the State Council

/** China's legal holidays and make-up days; after the last notice weekends only. METRICS section 1. */
export function china(): Calendar {
  const known = new Map<number, boolean>();
  return {
    name: 'china',
    provisionalFrom: dayText(dayNumber(CHINA_UNTIL) + 1),
    isWorkday(day) {
      let answer = known.get(day);
      if (answer === undefined) {
        const text = dayText(day);
        answer = text > CHINA_UNTIL ? weekdayOf(day) < 5 : isChineseWorkday(text);
        known.set(day, answer);
      }
      return answer;
    },
  };
}

/** Counts workdays: the same scale of lateness whatever weekends and holidays lie between. */
export class Workdays {
  /** Workdays from `first` up to and including the day. */
  private readonly counts: Int32Array;
  private readonly first: number;
  private readonly isOpen: Uint8Array;

  constructor(calendar: Calendar, first: number, last: number) {
    this.first = first;
    this.counts = new Int32Array(last - first + 1);
    this.isOpen = new Uint8Array(last - first + 1);
    let count = 0;
    for (let offset = 0; offset < this.counts.length; offset += 1) {
      const isOpen = calendar.isWorkday(first + offset);
      if (isOpen) count += 1;
      this.isOpen[offset] = isOpen ? 1 : 0;
      this.counts[offset] = count;
    }
  }

  /** Number of the workday on which the day lies or that follows it: equal numbers, equal effective day. */
  indexOf(day: number): number {
    const offset = day - this.first;
    const count = this.counts[offset] ?? 0;
    return this.isOpen[offset] === 1 ? count : count + 1;
  }

  /** Number of the last workday up to the day. */
  countTo(day: number): number {
    return this.counts[day - this.first] ?? 0;
  }

  isWorkday(day: number): boolean {
    return this.isOpen[day - this.first] === 1;
  }
}

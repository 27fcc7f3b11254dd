/** Chinese is what users read; English must say the same. */
export interface Text {
  zh: string;
  en: string;
}

type Unit = 'CNY' | 'ratio' | 'count' | 'days' | 'hours' | 'score' | 'colour';

/** What a number means (METRICS.md), in the words that screens, exports and messages show beside it. */
export interface Definition {
  title: Text;
  formula: Text;
  /** What one row behind it is. */
  grain: Text;
  /** Which date decides. */
  date: Text;
  /** Mart and the records it comes from. */
  source: Text;
  unit: Unit;
  /** Whether more is better; null where neither is. */
  goodUp: boolean | null;
}

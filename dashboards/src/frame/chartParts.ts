import { tokens, type Mode } from '../theme';
import type { Lang } from '../format';

/** What a chart needs to know about its reader. */
export type Look = { mode: Mode; lang: Lang; narrow: boolean };

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Names come from data: they are escaped before they become HTML. */
export function tooltipTable(title: string, lines: readonly (readonly [string, string])[]): string {
  const rows = lines.map(
    ([name, figure]) =>
      `<tr><td>${escaped(name)}</td><td style="text-align:right;padding-left:16px">${escaped(figure)}</td></tr>`,
  );
  return `<b>${escaped(title)}</b><table>${rows.join('')}</table>`;
}

export const tooltipBox = (mode: Mode) => ({
  confine: true,
  backgroundColor: tokens[mode].surface,
  borderColor: tokens[mode].line,
  textStyle: { color: tokens[mode].text, fontSize: 12 },
});

export const axisText = (mode: Mode) => ({ color: tokens[mode].muted, fontSize: 12 });

export const axisLines = (mode: Mode) => ({
  axisTick: { show: false },
  axisLine: { lineStyle: { color: tokens[mode].line } },
  axisLabel: axisText(mode),
});

export const valueAxis = (mode: Mode, unit: string) => ({
  type: 'value',
  name: unit,
  nameTextStyle: { ...axisText(mode), align: 'left' },
  axisLabel: axisText(mode),
  splitLine: { lineStyle: { color: tokens[mode].grid } },
});

/** Not over yet: the bar keeps its colour and is hatched. */
export const hatched = (mode: Mode) => ({
  color: tokens[mode].surface,
  symbol: 'rect',
  dashArrayX: [1, 0],
  dashArrayY: [3, 4],
  rotation: -Math.PI / 4,
  symbolSize: 1,
});

export const plainGrid = (top: number) => ({ left: 4, right: 8, top, bottom: 4, outerBoundsMode: 'same' });

export const legendBox = (mode: Mode) => ({
  top: 0,
  left: 0,
  itemWidth: 12,
  itemHeight: 8,
  textStyle: axisText(mode),
});

import type { Measured } from './measure';
import { countOfOrders } from './orders';
import type { Outcome, Step } from './workloads';

export interface Ran {
  step: Step;
  outcome: Outcome;
}

const EVERY: Record<string, number> = { first: 1, 'changed 5 %': 20, 'changed 1 %': 100 };
const HEADER = [
  'workload',
  'rows',
  'rows/s',
  'wall s',
  'CPU s',
  'peak GB',
  'engine: wall s',
  'CPU s',
  'ratio: wall',
  'CPU',
  'engine, same table: wall s',
  'CPU s',
  'ratio: wall',
  'CPU',
];

/** The lines of a table in Markdown, as it stands in docs/performance.md. */
export function tableOf(ran: readonly Ran[]): string[] {
  const rows = ran.filter(({ step }) => step.side === 'loader').flatMap((one) => rowsOf(one, ran));
  return [HEADER, HEADER.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

export function printTable(ran: readonly Ran[]): void {
  for (const line of tableOf(ran)) console.log(line);
  const of = (source: Step['source'], name: string) =>
    ran.find(({ step }) => step.source === source && step.side === 'loader')?.outcome.measured[name];
  const first = of('api', 'first');
  compare('1 % bad rows against none', of('api, 1 % bad', 'first'), first);
  compare('1 % changed against the first load', of('api', 'changed 1 %'), first);
}

function rowsOf({ step, outcome }: Ran, ran: readonly Ran[]): string[][] {
  const limits = (['engine', 'engine, same table'] as const).map(
    (side) => ran.find((one) => one.step.source === step.source && one.step.side === side)?.outcome.measured,
  );
  return Object.entries(outcome.measured).map(([name, measured]) => {
    const rows = countOfOrders({ rows: step.rows, changedEvery: EVERY[name] ?? 1 });
    return [
      name === 'first' ? step.source : `${step.source}, ${name}`,
      rows.toLocaleString('en-US'),
      Math.round(rows / measured.wallSeconds).toLocaleString('en-US'),
      measured.wallSeconds.toFixed(2),
      measured.cpuSeconds.toFixed(2),
      (outcome.peakBytes / 1e9).toFixed(2),
      ...limits.flatMap((limit) => limitCells(measured, limit?.[name])),
    ];
  });
}

function limitCells(measured: Measured, limit: Measured | undefined): string[] {
  if (!limit) return ['', '', '', ''];
  return [
    limit.wallSeconds.toFixed(2),
    limit.cpuSeconds.toFixed(2),
    (measured.wallSeconds / limit.wallSeconds).toFixed(2),
    (measured.cpuSeconds / limit.cpuSeconds).toFixed(2),
  ];
}

function compare(what: string, one: Measured | undefined, other: Measured | undefined): void {
  if (!one || !other) return;
  const ratio = (key: keyof Measured) => (one[key] / other[key]).toFixed(2);
  console.log(`${what}: wall ${ratio('wallSeconds')}, CPU ${ratio('cpuSeconds')}`);
}

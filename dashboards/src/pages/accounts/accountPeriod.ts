type Filters = { from: string; to: string; asOf: string };

/** Whole months of the bar's period; the last ends where the data end. */
export function accountPeriod({ from, to, asOf }: Filters): { from: string; to: string } {
  const [year = 0, month = 0] = to.split('-').map(Number);
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return { from: `${from}-01`, to: last < asOf ? last : asOf };
}

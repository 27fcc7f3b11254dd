import { looksOf } from './looks';
import { count, percent, tenth, wan, yuan } from './support/figures';
import type { Question, Row, Screens } from './support/screens';
import type { Visit } from './support/visit';

const TITLE = '各阶段：进入之后怎样了';

export function funnelPage(screens: () => Screens): void {
  const conversion = () => screens().truths.conversion;
  const isBad = (row: Row) => row.benchmark !== null && Number(row.conversion) < Number(row.benchmark) - 0.05;
  /** What the page shows at first: the mature cohorts of the last twelve complete months. */
  const cohort = (question: Partial<Question>): Question => ({
    view: 'funnel',
    range: ['entered_date', '2025-07-01', '2026-06-30'],
    ...question,
    where: { is_mature: 'true', ...question.where },
  });
  const measures = [
    'entered',
    'advanced',
    'still',
    'back',
    'lost',
    'conversion',
    'benchmark',
    'entered_amount',
  ];
  const review = (where: Record<string, string> = {}) =>
    screens().row(cohort({ measures, where: { stage_name: conversion().fromStage, ...where } }));
  const open = async (): Promise<Visit> => {
    const visit = await screens().visit();
    await visit.open('/funnel');
    return visit;
  };
  const tile = (visit: Visit, name: string) =>
    visit.page.locator('.kpis > *').filter({ hasText: name }).first().innerText();

  test('opens on 18.0 % from 技术评审 to 商务谈判 against 35 %, over all business lines', async () => {
    const visit = await open();
    const {
      fromStage,
      toStage,
      percent: planted,
      benchmarkRate,
      benchmarkSource,
      benchmarkDate,
    } = conversion();
    const row = await review();
    expect([percent(row.conversion), percent(benchmarkRate)]).toEqual([`${planted}%`, '35.0%']);
    expect(await visit.page.locator('.sentence').innerText()).toBe(
      `${fromStage} → ${toStage} 的同批转化率 ◆ 18.0%，低于基准 35.0%（${benchmarkSource}，${benchmarkDate}）：进入 ${row.entered} 个，推进 ${row.advanced} 个。`,
    );
    expect(await tile(visit, '转化率')).toMatch(/◆\s*18\.0%\s*低于基准 35\.0%/);
    expect(await visit.tile(`${fromStage} · 进入`, 'FUN-1')).toMatchObject({
      figure: expect.stringContaining(count(row.entered)) as string,
      note: `按金额 ${wan(row.entered_amount)} 万元`,
      exact: `${yuan(row.entered_amount)} 元`,
    });
    for (const [name, n] of [
      ['已推进', row.advanced],
      ['仍在本阶段', row.still],
      ['回退', row.back],
      ['输单', row.lost],
    ] as const) {
      expect(await visit.tile(name, 'FUN-1')).toMatchObject({
        figure: expect.stringMatching(new RegExp(`^${count(n)}\\s`)) as string,
      });
    }
  });

  test('every chart is a table of what the command line answers', async () => {
    const visit = await open();
    for (const title of [TITLE, '阶段停留（天）']) await visit.asTable(title);
    const [stages, times, regions] = await Promise.all([
      screens().rows(
        cohort({ measures, dimensions: ['stage_name', 'stage_order'], order: { stage_order: 'asc' } }),
      ),
      screens().rows({
        view: 'stage_times',
        measures: ['median_days', 'p90_days', 'count'],
        dimensions: ['stage_name', 'stage_order'],
        where: { is_completed: 'true' },
        order: { stage_order: 'asc' },
      }),
      screens().rows(
        cohort({ measures, dimensions: ['region'], where: { stage_name: conversion().fromStage } }),
      ),
    ]);
    const countsOf = (row: Row) => [row.entered, row.advanced, row.still, row.back, row.lost].map(count);
    const small = (row: Row) => (Number(row.entered) < 20 ? ` · 仅 ${row.entered} 个` : '');
    const verdict = (row: Row) =>
      row.benchmark === null ? '没有基准' : isBad(row) ? '◆ 低于基准' : '达到基准';
    const shown = await visit.table(TITLE);
    expect(shown.slice(0, -1)).toEqual(
      stages
        .slice(0, -1)
        .map((row) => [row.stage_name, ...countsOf(row), percent(row.conversion) + small(row), verdict(row)]),
    );
    expect(shown.at(-1)?.slice(0, 2)).toEqual(['赢单', count(stages.at(-1)?.entered)]);
    expect(await visit.table('阶段停留（天）')).toEqual(
      times.map((row) => [row.stage_name, ...[row.median_days, row.p90_days].map(tenth), count(row.count)]),
    );
    const benchmark = Number(conversion().benchmarkRate);
    const marked = (row: Row) =>
      Number(row.entered) >= 20 && Number(row.conversion) < benchmark - 0.05 ? '◆ ' : '';
    expect((await visit.table(`${conversion().fromStage}：谁推进得多`)).sort()).toEqual(
      regions
        .map((row) => [
          row.region ?? '未分配',
          ...countsOf(row),
          yuan(row.entered_amount),
          marked(row) + percent(row.conversion) + small(row),
        ])
        .sort(),
    );
  });

  test('a business line narrows the page; Back brings all lines', async () => {
    const visit = await open();
    const before = await visit.page.locator('.sentence').innerText();
    const lines = (
      await screens().rows({ view: 'funnel', measures: ['entered'], dimensions: ['business_line'] })
    ).map((row) => row.business_line ?? '');
    const [line = ''] = lines.sort();
    expect(lines.length).toBe(3);
    await visit.page.getByRole('combobox', { name: '业务线' }).click();
    await visit.page.getByRole('option', { name: line }).click();
    await visit.settled();
    const row = await review({ business_line: line });
    expect(await visit.page.locator('.sentence').innerText()).toContain(
      `：进入 ${row.entered} 个，推进 ${row.advanced} 个。`,
    );
    await visit.page.goBack();
    await visit.settled();
    expect(await visit.page.locator('.sentence').innerText()).toBe(before);
  });

  test('an outcome opens its opportunities, and one of them its record in the CRM', async () => {
    const visit = await open();
    await visit.page.locator('.kpis a').filter({ hasText: '已推进' }).click();
    await visit.settled();
    const { fromStage } = conversion();
    const row = await screens().row(
      cohort({
        measures: ['entered', 'entered_amount'],
        where: { stage_name: fromStage, outcome: 'advanced' },
      }),
    );
    const total = await visit.page.locator('#list tfoot').innerText();
    expect(total).toContain(`合计 ${count(row.entered)} 条 · ✓ 与「已推进」一致`);
    expect(total).toContain(yuan(row.entered_amount));
    const [first = []] = await visit.table(`${fromStage}：商机`);
    const [largest] = await screens().rows(
      cohort({
        measures: ['entered_amount'],
        dimensions: ['opportunity_id', 'opportunity_name'],
        where: { stage_name: fromStage, outcome: 'advanced' },
        order: { entered_amount: 'desc' },
      }),
    );
    expect([first.at(-1), first.at(-2)]).toEqual([yuan(largest?.entered_amount), '已推进']);
    await visit.page.locator('#list [data-row]').first().click();
    await visit.drawer.locator('.facts.code').waitFor();
    const record = await visit.drawer.innerText();
    expect(record).toContain(first[0]);
    expect(record).toMatch(/数据流\s+opportunities/);
    expect(await visit.barriers()).toEqual([]);
  });

  test('cohorts younger than 90 days are left out and said to be; they come in when asked for', async () => {
    const visit = await open();
    const young = await screens().row({
      ...cohort({ measures: ['entered'] }),
      where: { is_mature: 'false', stage_name: conversion().fromStage },
    });
    const note = visit.panel(TITLE).locator('.panel-note');
    expect(await note.innerText()).toContain(
      `不含进入不满 90 天的（${conversion().fromStage} ${count(young.entered)} 个）`,
    );
    await note.getByRole('link', { name: '包含' }).click();
    await visit.settled();
    const old = await review();
    expect(await tile(visit, `${conversion().fromStage} · 进入`)).toContain(
      count(String(Number(old.entered) + Number(young.entered))),
    );
  });

  looksOf(screens, () => '/funnel');
}

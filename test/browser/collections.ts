import { looksOf } from './looks';
import { percent, signedPercent, wan, yuan } from './support/figures';
import { PHONE, type Screens } from './support/screens';
import type { Visit } from './support/visit';

export function collectionsPage(screens: () => Screens): void {
  const gap = () => screens().truths.gap;
  /** The address of the planted month, with what else it shows. */
  const planted = (more = '') => `/collections?month=${gap().month}${more}`;
  const open = async (path = planted()): Promise<Visit> => {
    const visit = await screens().visit();
    await visit.open(path);
    return visit;
  };

  test('the planted month is chosen by its filter and says in a sentence who did not keep his word; Back undoes the filter', async () => {
    const { businessToday } = screens().truths;
    const month = { month: gap().month };
    const visit = await open('/collections');
    const before = await visit.page.locator('.sentence').innerText();
    await visit.page.getByRole('combobox', { name: /^月份/ }).click();
    await visit.page.getByRole('option', { name: month.month }).click();
    await visit.settled();

    const received = await screens().row({ view: 'collections', measures: ['amount'], where: month });
    const owed = await screens().row({
      view: 'receivables',
      measures: ['net', 'overdue', 'overdue_share'],
      range: ['as_of_date', businessToday, businessToday],
    });
    const [year, number] = month.month.split('-');
    expect(await visit.page.locator('.sentence').innerText()).toBe(
      `${year} 年 ${Number(number)} 月实收 ${wan(received.amount)} 万元，比预测少 ${wan(gap().totalGap)} 万元；其中 3 人 3 笔「已确认」未到账 47.0 万元。` +
        `今天应收余额 ${wan(owed.net)} 万元，逾期 ${wan(owed.overdue)} 万元（${percent(owed.overdue_share)}）。`,
    );
    expect(visit.page.url()).toContain(`month=${month.month}`);
    await visit.page.goBack();
    await visit.settled();
    expect(await visit.page.locator('.sentence').innerText()).toBe(before);
  });

  test('the tiles say 470,000.00 missing by three people, and what the command line says', async () => {
    const { businessToday } = screens().truths;
    const month = { month: gap().month };
    const [accuracy, collected, unpaid, owed] = await Promise.all([
      screens().row({
        view: 'forecast_accuracy',
        measures: ['forecast', 'actual', 'gap', 'accuracy', 'bias'],
        where: { ...month, horizon: 'H1' },
      }),
      screens().row({ view: 'collections', measures: ['amount'], where: month }),
      screens().row({
        view: 'confirmed_unpaid',
        measures: ['missing', 'missing_now', 'people'],
        where: month,
      }),
      screens().row({
        view: 'receivables',
        measures: ['net', 'overdue', 'overdue_share'],
        range: ['as_of_date', businessToday, businessToday],
      }),
    ]);
    const visit = await open();
    expect(await visit.tile('实收', 'COL-1 COL-2')).toMatchObject({ exact: `${yuan(collected.amount)} 元` });
    expect(await visit.tile('预测', 'FVA-1')).toMatchObject({ exact: `${yuan(accuracy.forecast)} 元` });
    expect(await visit.tile('缺口', 'FVA-6')).toMatchObject({ exact: `${yuan(accuracy.gap)} 元` });
    const names = gap().people.map(({ name, amount }) => `${name} ${wan(amount)}`);
    expect(await visit.tile('已确认未到账', 'FVA-7')).toEqual({
      figure: expect.stringMatching(/^47\.0 万元/) as string,
      note: `${names.join('、')}；现在仍缺 ${wan(unpaid.missing_now)}`,
      exact: '470,000.00 元',
    });
    expect([unpaid.missing, unpaid.people]).toEqual([gap().confirmedMissing, '3']);
    expect(await visit.tile('应收余额', 'REC-1 REC-9')).toMatchObject({
      exact: `${yuan(owed.net)} 元`,
      note: expect.stringContaining(
        `逾期 ${wan(owed.overdue)} 万元，占 ${percent(owed.overdue_share)}`,
      ) as string,
    });
    const rate = visit.page.locator('.kpis > *').filter({ hasText: '准确率' });
    expect(await rate.innerText()).toContain(percent(accuracy.accuracy));
    expect(await rate.innerText()).toContain(`偏差 ${signedPercent(accuracy.bias)}`);
    await visit.page.getByRole('button', { name: '口径: 已确认未到账 FVA-7' }).click();
    await visit.page.getByText('(FVA-7)').waitFor();
  });

  test('every chart is a table of what the command line answers', async () => {
    const { businessToday } = screens().truths;
    const visit = await open();
    for (const title of ['预测与实收', '从预测到实收', '逾期账龄']) await visit.asTable(title);
    await visit.page.getByText('按负责人').click();
    await visit.settled();
    const period: [string, string, string] = ['month_start', '2025-08-01', '2026-07-01']; // twelve months, the running one last
    const [received, judged, stated, parts, owners, ageing] = await Promise.all([
      screens().rows({
        view: 'collections',
        measures: ['amount'],
        dimensions: ['month'],
        range: period,
        order: { month: 'asc' },
      }),
      screens().rows({
        view: 'forecast_accuracy',
        measures: ['forecast', 'gap'],
        dimensions: ['month'],
        where: { horizon: 'H1' },
        range: period,
      }),
      screens().rows({
        view: 'forecast_threads',
        measures: ['stated'],
        dimensions: ['month', 'certainty'],
        range: period,
      }),
      screens().rows({
        view: 'forecast_gaps',
        measures: ['amount', 'count'],
        dimensions: ['part'],
        where: { month: gap().month },
      }),
      screens().rows({
        view: 'forecast_accuracy',
        measures: ['forecast', 'actual', 'gap', 'wmape', 'bias'],
        dimensions: ['owner_name'],
        where: { month: gap().month, horizon: 'H1' },
      }),
      screens().rows({
        view: 'receivable_ageing',
        measures: ['amount'],
        dimensions: ['bucket_order'],
        where: { ageing_view: 'overdue' },
        range: ['as_of_date', businessToday, businessToday],
        order: { bucket_order: 'asc' },
      }),
    ]);
    const said = (month: string | null | undefined, certainty: string) =>
      yuan(stated.find((row) => row.month === month && row.certainty === certainty)?.stated);
    const of = (month: string | null | undefined) => judged.find((row) => row.month === month);
    expect(await visit.table('预测与实收')).toEqual(
      received.map(({ month, amount }) => [
        month,
        said(month, 'confirmed'),
        said(month, 'promised'),
        said(month, 'expected'),
        yuan(of(month)?.forecast),
        yuan(amount),
        yuan(of(month)?.gap),
      ]),
    );
    expect(received.length).toBe(12);
    const shown = await visit.table('从预测到实收');
    expect(shown.map(([, count, amount]) => [count, amount]).sort()).toEqual(
      parts.map(({ count, amount }) => [count, yuan(amount)]).sort(),
    );
    expect(await visit.panel('从预测到实收').locator('tfoot').innerText()).toContain(yuan(gap().totalGap));
    expect((await visit.table('谁说得准')).sort()).toEqual(
      owners
        .map((row) => [
          row.owner_name ?? '未分配',
          yuan(row.forecast),
          yuan(row.actual),
          yuan(row.gap),
          percent(row.wmape),
          signedPercent(row.bias),
        ])
        .sort(),
    );
    expect((await visit.table('逾期账龄')).map((cells) => cells.at(-1))).toEqual(
      ageing.map(({ amount }) => yuan(amount)),
    );
  });

  test('a region narrows every figure; Back brings all of them', async () => {
    const visit = await open(planted('&list=receipts'));
    const total = () => visit.page.locator('#list tfoot').innerText();
    const before = await total();
    await visit.page.getByRole('combobox', { name: '大区' }).click();
    await visit.page.getByRole('option', { name: '华南' }).click();
    await visit.settled();
    const [row, confirmed] = await Promise.all([
      screens().row({
        view: 'collections',
        measures: ['amount', 'count'],
        where: { month: gap().month, region: '华南' },
      }),
      screens().row({
        view: 'confirmed_unpaid',
        measures: ['missing'],
        where: { month: gap().month, region: '华南' },
      }),
    ]);
    expect(await total()).toContain(`合计 ${row.count} 条 · ✓ 与「实收」一致`);
    expect(await total()).toContain(yuan(row.amount));
    expect(await visit.tile('已确认未到账', 'FVA-7')).toMatchObject({
      exact: `${yuan(confirmed.missing)} 元`,
    });
    await visit.page.goBack();
    await visit.settled();
    expect(await total()).toBe(before);
  });

  test('speaks English when asked to, and keeps what was chosen', async () => {
    const visit = await open(planted('&list=confirmed'));
    await visit.page.getByRole('button', { name: 'English' }).click();
    await visit.page.getByRole('heading', { level: 1, name: 'Collections' }).waitFor();
    await visit.settled();
    expect(await visit.page.evaluate('document.documentElement.lang')).toBe('en');
    expect(await visit.page.locator('.sentence').innerText()).toContain(
      '470.0 k CNY "confirmed" but unpaid (3 people, 3 payments)',
    );
    const words = await visit.page
      .locator('nav, h1, h2, th button, tfoot th, .kpi-label, .panel-note, .panel-tools')
      .allInnerTexts();
    expect(words.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
    await visit.page.getByRole('link', { name: 'Customer health' }).click();
    await visit.whole();
    expect(visit.page.url()).toMatch(
      new RegExp(`/health\\?(?=.*month=${gap().month})(?=.*lang=en)(?!.*list=)`),
    );
  });

  test('on a phone the list is three columns, and a row fills the screen', async () => {
    const visit = await screens().visit();
    await visit.page.setViewportSize(PHONE);
    await visit.open(planted('&list=confirmed'));
    expect((await visit.table('说「已确认」而钱没到')).map((cells) => cells.slice(1))).toEqual(
      gap().people.map(({ name, amount }) => [name, yuan(amount)]),
    );
    await visit.page.locator('#list [data-row]').first().click();
    await visit.drawer.locator('.versions').waitFor();
    expect((await visit.drawer.boundingBox())?.width).toBe(PHONE.width);
    expect(await visit.barriers()).toEqual([]);
    await visit.page.getByRole('button', { name: '关闭' }).click();
    await visit.drawer.waitFor({ state: 'detached' });
    await visit.page.getByRole('button', { name: /^筛选/ }).click();
    await visit.page.getByRole('combobox', { name: '负责人' }).waitFor();
  });

  looksOf(screens, () => planted());
}

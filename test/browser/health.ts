import { looksOf } from './looks';
import { count, percent, tenth, wan, yuan } from './support/figures';
import type { Screens } from './support/screens';
import type { Visit } from './support/visit';

const COLOURS = ['red', 'yellow', 'green', 'grey'] as const;
const WORDS = { red: '红', yellow: '黄', green: '绿', grey: '数据不足' } as const;
const INDICATORS = {
  punctuality: '付款准时',
  demand: '需求匹配',
  interaction: '互动活跃',
  orders: '订单退换',
  risk: '风险',
} as const;

export function healthPage(screens: () => Screens): void {
  const reds = () => screens().truths.twoReds;
  const month = () => reds().months[1];
  const open = async (path = '/health'): Promise<Visit> => {
    const visit = await screens().visit();
    await visit.open(path);
    return visit;
  };
  /** One customer in one month, as the command line says it. */
  const judged = (where: Record<string, string>) =>
    screens().rows({
      view: 'customer_health',
      measures: ['net_receivable', 'overdue'],
      dimensions: [
        'customer_id',
        'month',
        'colour',
        'score',
        'is_frozen',
        'override_reason',
        ...Object.keys(INDICATORS),
        'risk_reason',
      ],
      where,
      order: { month: 'asc' },
    });

  test('the customer that turned red twice is suggested for a replacement plan, to its manager', async () => {
    const visit = await open();
    const [streak] = await screens().rows({
      view: 'two_reds',
      measures: ['count'],
      dimensions: ['customer_name', 'second_month', 'manager_name'],
      where: { customer_name: reds().customerName },
    });
    const row = await visit.rowOf('连续两月红灯', reds().customerName);
    expect(await row.locator('td').allInnerTexts()).toEqual([
      reds().customerName,
      month(),
      streak?.manager_name,
    ]);
  });

  test('its drawer says why: colour, score, the five indicators, what is overdue, and every month before', async () => {
    const visit = await open();
    await (await visit.rowOf('连续两月红灯', reds().customerName)).getByRole('link').click();
    await visit.drawer.locator('.lines').last().waitFor();
    const text = await visit.drawer.innerText();
    const months = await judged({ customer_name: reds().customerName });
    const now = months.find((row) => row.month === month());
    expect([now?.colour, now?.override_reason, String(now?.is_frozen)]).toEqual([
      'red',
      'overdue_90',
      'true',
    ]);
    expect(text).toMatch(new RegExp(`红 ${month()} · 得分 ${tenth(now?.score)}`));
    expect(text).toContain('已冻结，数字不再变动');
    expect(text).toContain('逾期超 90 天金额过大，判红');
    for (const [key, name] of Object.entries(INDICATORS)) {
      const cells = await visit.drawer.getByRole('row', { name }).innerText();
      expect([name, cells]).toEqual([
        name,
        expect.stringContaining(now?.[key] === null ? '缺数据' : tenth(now?.[key])),
      ]);
    }
    const history = await visit.drawer.locator('.history > *').allInnerTexts();
    const marks = { red: '◆', yellow: '▲', green: '●', grey: '○' } as Record<string, string>;
    const written = history.map((entry) => entry.replace(/\s+/g, ' ').trim());
    expect(written).toEqual(
      months.map((row) => `${row.month?.slice(2)} ${marks[row.colour ?? '']} ${tenth(row.score)}`),
    );
    const colourIn = (wanted: string) =>
      written.find((entry) => entry.startsWith(wanted.slice(2)))?.split(' ')[1];
    const wasRed = [reds().monthBefore, ...reds().months].map((wanted) => colourIn(wanted) === marks.red);
    expect(wasRed).toEqual([false, true, true]);

    const items = await screens().rows({
      view: 'open_receivables',
      measures: ['open_amount'],
      dimensions: ['document_number'],
      where: { customer_name: reds().customerName },
    });
    const shown = await visit.drawer
      .locator('.lines')
      .last()
      .locator('li')
      .evaluateAll((lines) =>
        lines.map((line) => [...line.children].slice(0, 2).map((part) => part.textContent)),
      );
    expect(shown.sort()).toEqual(items.map((row) => [row.document_number, yuan(row.open_amount)]).sort());
    expect(await visit.barriers()).toEqual([]);
    await visit.drawer.getByRole('link', { name: '客户档案与来源' }).click();
    await visit.drawer.locator('.facts.code').waitFor();
    expect(await visit.drawer.innerText()).toContain(reds().customerNumber);
    await visit.page.goBack();
    await visit.drawer.locator('.history').waitFor();
    await visit.page.goBack();
    await visit.drawer.waitFor({ state: 'detached' });
  });

  test('what the indicators took adds up to the missing score, and what is overdue to the documents', async () => {
    const visit = await open(`/health?month=${month()}`);
    await (await visit.rowOf('连续两月红灯', reds().customerName)).getByRole('link').click();
    await visit.drawer.getByText('分中丢').last().waitFor();
    await visit.settled();
    const text = await visit.drawer.innerText();
    const losses = [...text.matchAll(/([\d.]+) 分中丢 ([\d.]+) 分/g)];
    const sum = (at: number) => losses.reduce((total, loss) => total + Number(loss[at]), 0);
    const [[now], items] = await Promise.all([
      judged({ customer_name: reds().customerName, month: month() }),
      screens().rows({
        view: 'open_receivables',
        measures: ['open_amount'],
        dimensions: ['document_number', 'effective_due_date'],
        where: { customer_name: reds().customerName },
      }),
    ]);
    expect([losses.length, sum(1)]).toEqual([Object.keys(INDICATORS).length, 100]);
    expect(Math.abs(sum(2) - (100 - Number(now?.score)))).toBeLessThan(0.3); // five figures, each rounded to a tenth
    expect(text).toContain(`离绿灯差 ${tenth(String(70 - Number(now?.score)))} 分`);
    expect(text).toContain(`笔到月末还没付，共 ${yuan(now?.overdue)}`);
    const monthEnd = Date.UTC(Number(month().slice(0, 4)), Number(month().slice(5)), 0);
    const owed = items.filter((row) => Number(row.open_amount) > 0); // none of it was paid since the month's end
    const daysLate = (due: string | null | undefined) =>
      (monthEnd - Date.parse(`${due?.slice(0, 10)}T00:00Z`)) / 86_400_000;
    const over90 = owed
      .filter((row) => daysLate(row.effective_due_date) > 90)
      .reduce((cents, row) => cents + Math.round(Number(row.open_amount) * 100), 0);
    expect(text).toContain(`逾期超 90 天的 ${yuan((over90 / 100).toFixed(2))} 付到限额以下`);
    expect(text).toContain(`等 ${owed.length} 笔`);
  });

  test('counts, money and moves are what the command line answers', async () => {
    const visit = await open();
    await visit.asTable('各月颜色');
    const [colours, months, moves] = await Promise.all([
      screens().rows({
        view: 'customer_health',
        measures: ['customers', 'net_receivable', 'overdue'],
        dimensions: ['colour'],
        where: { month: month() },
      }),
      screens().rows({
        view: 'customer_health',
        measures: ['red', 'yellow', 'green', 'grey', 'green_share'],
        dimensions: ['month'],
        range: ['month_end', '2025-08-01', '2026-07-31'],
        order: { month: 'asc' },
      }),
      screens().rows({
        view: 'customer_health',
        measures: ['customers'],
        dimensions: ['previous_colour', 'colour'],
        where: { month: month() },
      }),
    ]);
    const names = { red: '红灯', yellow: '黄灯', green: '绿灯', grey: '数据不足' };
    for (const colour of COLOURS) {
      const row = colours.find((one) => one.colour === colour);
      expect([colour, await visit.tile(names[colour], 'HEA-6 HEA-8')]).toMatchObject([
        colour,
        {
          figure: expect.stringMatching(new RegExp(`\\s*${count(row?.customers)} 家`)) as string,
          note: expect.stringMatching(
            new RegExp(`应收 ${wan(row?.net_receivable)} 万元\\s+逾期 ${wan(row?.overdue)} 万元`),
          ) as string,
          exact: `${yuan(row?.net_receivable)} 元`,
        },
      ]);
    }
    expect(await visit.table('各月颜色')).toEqual(
      months.map((row) => [
        row.month,
        ...COLOURS.map((colour) => count(row[colour])),
        percent(row.green_share),
      ]),
    );
    const matrix = await visit.page
      .locator('.matrix tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.children].slice(1).map((cell) => cell.textContent.trim())),
      );
    const moved = (was: string | null, is: string) =>
      count(moves.find((row) => row.previous_colour === was && row.colour === is)?.customers ?? '0');
    expect(matrix).toEqual([...COLOURS, null].map((was) => COLOURS.map((is) => moved(was, is))));
  });

  test('a colour narrows the list to its customers, and the list says that it adds up', async () => {
    const visit = await open();
    await visit.page.locator('.kpis a').filter({ hasText: '红灯' }).first().click();
    await visit.settled();
    const red = await screens().row({
      view: 'customer_health',
      measures: ['customers', 'net_receivable', 'overdue'],
      where: { month: month(), colour: 'red' },
    });
    const total = await visit.page.locator('#list tfoot').innerText();
    expect(total).toContain(`合计 ${red.customers} 条 · ✓ 与「红」一致`);
    expect(total).toContain(yuan(red.net_receivable));
    const shown = (await visit.table('客户')).map((cells) => cells[1]);
    expect(new Set(shown)).toEqual(new Set([`◆${WORDS.red}`]));
    await visit.page.goBack();
    await visit.settled();
    expect(await visit.page.locator('#list tfoot').innerText()).not.toContain(`合计 ${red.customers} 条`);
  });

  test('what is missing is said to be missing, with the reason', async () => {
    const rows = await judged({ month: month(), colour: 'red' });
    const unchecked = rows.find((row) => row.risk === null);
    expect(unchecked?.risk_reason).toBe('no_bureau_check');
    const visit = await open(`/health?customer=${unchecked?.customer_id}`);
    const risk = await visit.drawer.getByRole('row', { name: INDICATORS.risk }).innerText();
    expect(risk).toMatch(/缺数据\s+近期没有成功的征信查询/);
    expect(await visit.drawer.innerText()).toContain('其余指标缺数据');
  });

  looksOf(screens, () => '/health');
}

// What a person does: keyboard, Back, drills, downloads, copying.
const within = (promise) =>
  promise.then(
    () => true,
    () => false,
  );

export async function checkPaths({ open, check }) {
  await keyboard(open, check);
  await drills(open, check);
  await tools(open, check);
  await lines(open, check);
  await phone(open, check);
}

async function keyboard(open, check) {
  const { page, close } = await open({ path: '/collections' });
  const focused = (text) =>
    within(
      page.waitForFunction((wanted) => document.activeElement.textContent === wanted, text, {
        timeout: 3000,
      }),
    );
  await page.keyboard.press('Tab');
  check(await focused('跳到正文'), 'first Tab reaches the skip link');
  await page.locator('#list [data-row]').first().focus();
  await page.keyboard.press('ArrowDown');
  const second = await page.locator('#list [data-row]').nth(1).textContent();
  await page.keyboard.press('Enter');
  await page.waitForURL(/statement=fxiaoke/);
  await page.waitForSelector('[role=dialog] .versions');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[role=dialog]', { state: 'detached' });
  check(
    await focused(second),
    'Enter opens a row and puts it in the address; Escape closes it and the focus returns to its row',
  );
  check(!page.url().includes('statement='), 'closing takes the row out of the address');
  await page.goForward();
  check(
    await within(page.waitForSelector('[role=dialog] .versions')),
    'closing went back in history: Forward opens the row again',
  );
  await close();
}

async function drills(open, check) {
  const { page, close } = await open({ path: '/collections' });
  const list = () => page.locator('#list tfoot').textContent();
  await page.locator('.sentence a').filter({ hasText: '47.0' }).click();
  await page.waitForURL(/list=confirmed/);
  await page.waitForSelector('#list tfoot:has-text("470,000.00")');
  check((await list()).includes('✓'), 'the sentence opens the three statements that make 470,000.00');
  await page.locator('#list [data-row]').first().click();
  await page.waitForSelector('[role=dialog] .versions');
  await page.locator('[role=dialog] .lines a').first().click();
  await page.waitForURL(/record=core.receivable_document/);
  await page.waitForSelector('[role=dialog] .facts.code');
  check(true, 'from a figure to its row, its document and the source record');
  await page.getByRole('button', { name: '返回' }).click();
  check(await within(page.waitForSelector('[role=dialog] .versions')), 'the arrow goes one step back');
  await page.getByRole('button', { name: '关闭' }).click();
  await page.waitForSelector('[role=dialog]', { state: 'detached' });
  check(/list=confirmed/.test(page.url()), 'closing leaves the list as it was');
  await page.goBack();
  check(!/list=confirmed/.test(page.url()), 'Back undoes the drill');
  await page.getByRole('button', { name: 'English' }).click();
  await page.waitForSelector('h1:has-text("Collections")');
  await page.getByRole('link', { name: 'Funnel' }).click();
  await page.waitForURL(/funnel.*lang=en/);
  check(
    /month=2026-03/.test(page.url()) && !/list=/.test(page.url()),
    'another page keeps the shared filters and drops the drills',
  );
  await close();
}

async function tools(open, check) {
  const { page, close } = await open({
    path: '/collections',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('button', { name: /存为图片/ })
      .first()
      .click(),
  ]);
  check(file.suggestedFilename() === '预测与实收.png', 'a chart is saved as a picture');
  await page.locator('label', { hasText: '表' }).first().click();
  check(
    await within(page.getByRole('link', { name: '2026-03' }).first().waitFor({ timeout: 3000 })),
    'a chart is shown as a table whose rows are links',
  );
  await page.getByRole('button', { name: '复制表格' }).last().click();
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  const drawn = await page.locator('#list [aria-rowindex]').count();
  check(
    copied.length === 215 && drawn < 214,
    `copying takes all ${copied.length - 1} rows, not only the ${drawn} drawn`,
  );
  await page
    .getByRole('textbox', { name: '大区' })
    .or(page.getByRole('combobox', { name: '大区' }))
    .first()
    .click();
  await page.getByRole('option', { name: '华南' }).click();
  await page.waitForURL(/region=/);
  await page.waitForSelector('#list tfoot:has-text("3,770,743.49")');
  check(true, "a region filters every tile; its total is the region's line");
  await page.getByRole('button', { name: /2025-05 – 2026-04/ }).click();
  await page.getByRole('button', { name: '本年', exact: true }).click();
  await page.waitForURL(/from=2026-01&to=2026-04/);
  check(true, 'a preset sets the period');
  await close();
}

async function lines(open, check) {
  const { page, close } = await open({ path: '/collections' });
  await page.getByRole('link', { name: '漏斗' }).click();
  await page.waitForURL(/funnel\?.*from=2025-04&to=2026-03/);
  check(
    true,
    'the funnel opens on the last twelve complete months, though collections shows the running one',
  );
  const line = page.getByRole('combobox', { name: '业务线' });
  const sentence = page.locator('.sentence');
  await sentence.filter({ hasText: '◆' }).waitFor();
  const all = await sentence.textContent();
  check((await line.inputValue()) === '全部业务线', 'and on all business lines together');
  await line.click();
  await page.getByRole('option', { name: '液压系统' }).click();
  await page.waitForURL(/line=/);
  check(
    await within(page.waitForFunction((was) => document.querySelector('.sentence').textContent !== was, all)),
    'a business line narrows the page and stands in the address',
  );
  await page.goBack();
  check(await within(sentence.filter({ hasText: all }).waitFor()), 'Back brings all lines');
  await page.getByRole('link', { name: '健康' }).click();
  await page.waitForURL(/health\?.*from=2025-05&to=2026-04/);
  check(true, 'a period that nobody chose is not taken along');
  await page.getByRole('button', { name: /2025-05 – 2026-04/ }).click();
  await page.getByRole('button', { name: '本年', exact: true }).click();
  await page.waitForURL(/from=2026-01&to=2026-04/);
  await page.getByRole('link', { name: '漏斗' }).click();
  check(await within(page.waitForURL(/funnel\?.*from=2026-01&to=2026-04/)), 'one that was chosen is');
  await close();
}

async function phone(open, check) {
  const { page, close } = await open({ path: '/health', width: 390 });
  await page.getByRole('button', { name: /筛选/ }).click();
  await page
    .getByRole('textbox', { name: /月份/ })
    .or(page.getByRole('combobox', { name: /月份/ }))
    .first()
    .click();
  await page.getByRole('option', { name: '2026-02' }).click();
  await page.waitForURL(/month=2026-02/);
  check(
    await within(page.waitForSelector('.sentence:has-text("2 月")')),
    'on a phone the filters fold out of one button',
  );
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('nav a, header button')]
      .filter((element) => element.offsetHeight > 0 && element.offsetHeight < 42)
      .map((element) => element.textContent),
  );
  check(small.length === 0, `menu and bar are large enough for a thumb ${small.join(', ')}`);
  await close();
}

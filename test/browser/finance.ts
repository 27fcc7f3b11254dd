import { yuan } from './support/figures';
import { DESKTOP, PHONE, type Screens } from './support/screens';

/** Finance's pages: the morning list by keys, a statement of account, disputes, control totals. */
export function financePages(screens: () => Screens): void {
  const finance = () => screens().truths.finance;

  test('a task is done by one key and taken back by another', async () => {
    const visit = await screens().visit();
    await visit.open('/morning');
    const rows = visit.page.locator('tr[data-task]');
    await rows.first().focus();
    await visit.page.keyboard.press('j');
    const key = await rows.nth(1).getAttribute('data-task');
    expect(await visit.page.evaluate<string>('document.activeElement.dataset.task')).toBe(key);
    await visit.page.keyboard.press('c');
    await visit.page.locator(`tr[data-task="${key}"]`).waitFor({ state: 'detached' });
    await visit.page.keyboard.press('u');
    await visit.page.locator(`tr[data-task="${key}"]`).waitFor();
    expect(
      await screens().sql(`select kind from ops.event where subject = '${key}' order by sequence`),
    ).toEqual([{ kind: 'todo.done' }, { kind: 'todo.reopened' }]);
  });

  test('the planted disputes are listed, and a statement of account leads to its closing balance', async () => {
    const visit = await screens().visit();
    await visit.open('/disputes');
    const [first] = finance().disputes;
    const row = visit.page.locator('.plain-table tbody tr').filter({ hasText: first?.documentNumber ?? '' });
    expect(await row.innerText()).toContain(yuan(first?.amount));
    const [customer] = await screens().sql(
      `select customer_id from core.receivable_document where number = '${first?.documentNumber}'`,
    );
    await visit.open(
      `/accounts?account=${encodeURIComponent(customer?.customer_id ?? '')}&from=2026-01&to=2026-06`,
    );
    const [balance] = await screens().sql(
      `select net_cny, undue_retention_cny, prepayment_cny, (net_cny + undue_retention_cny - prepayment_cny)::decimal(18, 2) as account
       from marts.receivable_balance where customer_id = '${customer?.customer_id}' and as_of_date = date '2026-06-30'`,
    );
    const cells = await visit.region('往来明细').locator('tbody tr').last().locator('td').allInnerTexts();
    expect(cells.at(-1)).toBe(yuan(balance?.account));
    const link = await visit.page.getByRole('link', { name: '下载 PDF' }).getAttribute('href');
    const pdf = await visit.page.request.get(`${screens().hub.url}${link}`);
    expect([pdf.status(), (await pdf.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  });

  test('the ledger differs by one document, which was approved after the closing', async () => {
    const visit = await screens().visit();
    await visit.open('/control');
    const { documentNumber, difference, month } = finance().ledger;
    const [row] = await visit.table('差异明细');
    expect(row).toEqual(expect.arrayContaining([month, documentNumber, '结账后审核', yuan(difference)]));
  });

  for (const path of ['/morning', '/disputes', '/accounts', '/control']) {
    test(`${path} is open to everybody in the light and the dark`, async () => {
      const visit = await screens().visit();
      for (const size of [DESKTOP, PHONE]) {
        await visit.page.setViewportSize(size);
        await visit.open(`${path}?mode=${size === DESKTOP ? 'light' : 'dark'}`);
        expect([path, size.width, await visit.barriers()]).toEqual([path, size.width, []]);
      }
    });
  }
}

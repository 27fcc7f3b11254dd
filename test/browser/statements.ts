import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wan, yuan } from './support/figures';
import type { Screens } from './support/screens';
import type { Visit } from './support/visit';

const DAY_MS = 86_400_000;

/** From the missing sum down to the line in the bank's own file. */
export function statementRows(screens: () => Screens): void {
  const gap = () => screens().truths.gap;
  const open = async (): Promise<Visit> => {
    const visit = await screens().visit();
    await visit.open(`/collections?month=${gap().month}`);
    return visit;
  };

  test('the missing sum opens its three statements, each with its days', async () => {
    const visit = await open();
    await visit.page
      .locator('.sentence a', { hasText: wan(gap().confirmedMissing) })
      .last()
      .click();
    await visit.settled();
    const { businessToday } = screens().truths;
    const planted = gap().statements.map((statement) => {
      const isOpen = statement.openToday !== '0.00';
      const days =
        (Date.parse(isOpen ? businessToday : statement.arrivedDate) - Date.parse(statement.expectedDate)) /
        DAY_MS;
      const { name } = gap().people.find(({ employeeNumber }) => employeeNumber === statement.statedBy) ?? {};
      const { customerName, expectedDate, flaggedDate, amount, openToday, arrivedDate } = statement;
      return [
        customerName,
        name,
        expectedDate,
        flaggedDate,
        yuan(amount),
        yuan(amount),
        yuan(openToday),
        isOpen ? '—' : arrivedDate,
        String(days),
      ];
    });
    expect(await visit.table('说「已确认」而钱没到')).toEqual(planted);
    const total = await visit.page.locator('#list tfoot').innerText();
    expect(total).toContain('合计 3 条 · ✓ 与「已确认未到账」一致');
    expect(total).toContain('470,000.00');
  });

  test('from the list to the statement with every version, its bank line, and the line in the file of the bank', async () => {
    const statement = gap().statements.find(({ openToday }) => openToday !== '0.00');
    if (!statement) throw new Error('one of the three has paid a part');
    const visit = await open();
    await visit.page.locator('#list').getByRole('link', { name: statement.customerName }).first().click();
    await visit.drawer.locator('.versions').waitFor();
    const said =
      await screens().sql(`select amount__c as amount, evidence__c as evidence from raw.fxiaoke__collection_forecasts
      where thread__c = '${statement.threadKey}' order by stated_time__c desc`);
    const versions = await visit.drawer.locator('.versions li').allInnerTexts();
    expect(versions.length).toBe(said.length);
    for (const [at, { amount, evidence }] of said.entries()) {
      expect(versions[at]).toContain(`${yuan(amount)}，预计`);
      expect(versions[at]).toContain(`依据: ${evidence}`);
    }
    expect(versions.at(-1)).toContain(`${yuan(statement.amount)}，预计 ${statement.expectedDate}`);
    expect(await visit.drawer.innerText()).toContain(`未清 ${yuan(statement.openToday)}`);

    await visit.drawer
      .getByRole('link', { name: `${statement.arrivedDate} ${statement.customerName}` })
      .click();
    await visit.drawer.locator('.facts.code').waitFor();
    const origin = await factsOf(visit, 1);
    const raw = await factsOf(visit, 2);
    const [stored] = await screens().sql(
      `select reference, amount, counterparty_name as name from raw.bank__transactions where id = '${raw.id}'`,
    );
    expect([raw.reference, raw.amount, raw.counterparty_name]).toEqual([
      stored?.reference,
      stored?.amount,
      stored?.name,
    ]);
    expect([origin['文件'], origin['行号'], raw.amount]).toEqual([
      raw.file_name,
      raw.line_number,
      statement.arrived,
    ]);
    const file = new TextDecoder('gb18030').decode(
      readFileSync(join(screens().data, 'demo', 'bank', origin['文件'] ?? '')),
    );
    const line = file.split('\r\n')[Number(origin['行号']) - 1];
    for (const part of [raw.reference, raw.counterparty_name, yuan(raw.amount)]) expect(line).toContain(part);

    const model = await factsOf(visit, 0);
    expect(Object.keys(model).filter((name) => /^[a-z_]+$/.test(name))).toEqual([]); // columns have names that people read
    expect([model['方向'], model['类别'], model['金额（元）']]).toEqual(['收入', '客户', yuan(raw.amount)]);
    expect(await visit.barriers()).toEqual([]);
    await visit.page.getByRole('button', { name: '返回' }).click();
    await visit.drawer.locator('.versions').waitFor();
    expect(await visit.barriers()).toEqual([]);
    await visit.page.goBack();
    await visit.drawer.waitFor({ state: 'detached' });
  });
}

/** The names and values of the nth table of facts in the drawer: the row, where it came from, the source's own record. */
async function factsOf(visit: Visit, nth: number): Promise<Record<string, string>> {
  const rows = await visit.drawer
    .locator('.facts')
    .nth(nth)
    .locator('tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
  return Object.fromEntries(rows);
}

import { Button, Select } from '@mantine/core';
import { Download } from 'lucide-react';
import { together } from '../../api/cube';
import { accountLink, useAccount, useAccountCustomers } from '../../api/finance';
import { useFilters } from '../../filters';
import { money } from '../../format';
import { Page } from '../../frame/Page';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useFinanceWords } from '../../words/finance';
import { Entries, Items, Proof } from './AccountTables';
import { accountPeriod } from './accountPeriod';

/** B9: what does this customer owe, entry by entry, and the document to send. The period is the bar's. */
export default function AccountsPage() {
  const words = useFinanceWords();
  const narrow = useNarrow();
  const { filters, set } = useFilters();
  const { lang, account: chosen } = filters;
  const period = accountPeriod(filters);
  const customers = useAccountCustomers(period);
  const account = useAccount(chosen, period);
  const found = account.data;
  const link = (format: 'pdf' | 'xlsx', language: 'zh' | 'en') =>
    accountLink(chosen ?? '', period, format, language);
  return (
    <Page title={words.accounts}>
      <p className="sentence">
        {found && chosen
          ? words.accountSentence(
              found.customerName,
              words.periodOf(period.from, period.to),
              money(found.opening.account, lang),
              money(found.closing.account, lang),
            )
          : words.periodOf(period.from, period.to)}
      </p>
      <div className="account-tools">
        <Select
          searchable
          w={narrow ? '100%' : 360}
          size={narrow ? 'md' : 'sm'}
          aria-label={words.choose}
          placeholder={words.choose}
          nothingFoundMessage={words.noCustomers}
          limit={200}
          value={chosen ?? null}
          data={(customers.data ?? []).map((one) => ({ value: one.customer_id, label: one.customer_name }))}
          onChange={(value) => set({ account: value ?? undefined })}
        />
        {found && chosen && (
          <>
            <Button
              component="a"
              variant="default"
              href={link('pdf', lang)}
              size="sm"
              className="touch"
              leftSection={<Download size={14} />}
            >
              {words.downloadPdf}
            </Button>
            <Button
              component="a"
              href={link('xlsx', lang)}
              size="sm"
              variant="default"
              className="touch"
              leftSection={<Download size={14} />}
            >
              {words.downloadExcel}
            </Button>
            <Button
              component="a"
              href={link('pdf', lang === 'zh' ? 'en' : 'zh')}
              size="sm"
              variant="default"
              className="touch"
            >
              {words.downloadEn}
            </Button>
          </>
        )}
      </div>
      {chosen && (
        <>
          <Panel title={words.entries} answer={{ ...together(account), isEmpty: false }} height={430}>
            {found && <Entries account={found} />}
          </Panel>
          <div className="two">
            <Panel
              title={words.openItems}
              answer={{ ...together(account), isEmpty: found?.items.length === 0 }}
              height={240}
            >
              {found && <Items account={found} />}
            </Panel>
            <Panel
              title={words.madeOf}
              definition="REC-1 3.5 3.6"
              answer={{ ...together(account), isEmpty: false }}
              height={240}
            >
              {found && <Proof account={found} />}
            </Panel>
          </div>
        </>
      )}
    </Page>
  );
}

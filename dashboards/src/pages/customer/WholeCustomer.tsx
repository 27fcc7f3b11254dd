import { Alert, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { postJson } from '../../api/act';
import { together } from '../../api/cube';
import { recordKey } from '../../api/record';
import { useFilters } from '../../filters';
import { count } from '../../format';
import { DetailDrawer } from '../../frame/DetailDrawer';
import { Go } from '../../frame/Go';
import { Page } from '../../frame/Page';
import { PanelState } from '../../frame/PanelState';
import { useCustomerWords } from '../../words/customer';
import { wordFor } from '../../words/values';
import { Colour } from './Colour';
import { CustomerKpis } from './CustomerKpis';
import { Sections } from './Sections';
import { type CustomerPageData, textRow, textRows, useCustomer } from './useCustomer';

/** One request, then base data, figures and a panel for each part. */
export function WholeCustomer({ id }: { id: string }) {
  const words = useCustomerWords();
  const asked = useCustomer(id);
  const name = asked.data ? textRow(asked.data.base.customer)['name'] : null;
  return (
    <Page
      title={name ?? words.title}
      tools={
        <Go patch={{ account: undefined }}>
          <ArrowLeft size={14} aria-hidden /> {words.back}
        </Go>
      }
    >
      <PanelState answer={together(asked)} height={480} whenEmpty={words.nothing}>
        {asked.data && (
          <>
            <BaseData data={asked.data} />
            <CustomerKpis figures={textRow(asked.data.figures)} answer={together(asked)} />
            <Sections data={asked.data} />
          </>
        )}
      </PanelState>
      <DetailDrawer title={words.title} />
    </Page>
  );
}

function BaseData({ data }: { data: CustomerPageData }) {
  const words = useCustomerWords();
  const { lang } = useFilters().filters;
  const queries = useQueryClient();
  const [error, setError] = useState<string>();
  const { base, customerId, asOf } = data;
  const customer = textRow(base.customer);
  const health = textRows(data.sections['health']?.lists['history']).at(-1);
  const review = async () => {
    setError(undefined);
    try {
      await postJson(`/api/customer360/${encodeURIComponent(customerId)}/review`, {});
      await queries.invalidateQueries({ queryKey: ['customer360', customerId] });
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    }
  };
  const facts = [
    customer['customer_class'] && words.classOf(customer['customer_class']),
    customer['region'],
    customer['owner_name'],
    customer['credit_code'],
  ].filter(Boolean);
  return (
    <section>
      <p>
        <Colour colour={health?.['colour']} score={health?.['score']} /> {facts.join(' · ')}{' '}
        <Go patch={{ record: recordKey('core.customer', customerId) }}>{words.record}</Go>
      </p>
      <p className="muted">
        {base.freshDate ? words.baseOf(base.freshDate) : words.unknownBase}
        {base.freshDate && (
          <span
            className={base.isReviewDue ? 'bad' : ''}
          >{` · ${base.isReviewDue ? words.due : words.fresh}`}</span>
        )}
        {` · ${base.ages.map(({ part, days }) => words.ageOf(wordFor(words.parts, part), count(String(days), lang))).join(' · ')}`}
        {base.reviewedBy && ` · ${words.reviewed(base.reviewedBy)}`}
        {` · ${words.asOf(asOf)} `}
        <Button variant="default" size="compact-xs" className="touch" onClick={() => void review()}>
          {words.review}
        </Button>
      </p>
      {error && (
        <Alert className="failed" role="alert">
          {error}
        </Alert>
      )}
    </section>
  );
}

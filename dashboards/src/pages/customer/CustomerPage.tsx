import { useFilters } from '../../filters';
import { DetailDrawer } from '../../frame/DetailDrawer';
import { Page } from '../../frame/Page';
import { useCustomerWords } from '../../words/customer';
import { CustomersPanel } from './CustomersPanel';
import { WholeCustomer } from './WholeCustomer';

/** C4: everything about one customer on one page; without one, the customers that owe most and a search. */
export default function CustomerPage() {
  const words = useCustomerWords();
  const { account } = useFilters().filters;
  if (account) return <WholeCustomer key={account} id={account} />;
  return (
    <Page title={words.title}>
      <CustomersPanel />
      <DetailDrawer title={words.title} />
    </Page>
  );
}

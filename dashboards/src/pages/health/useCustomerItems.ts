import { useView } from '../../api/cube';

/** What the customer owes today, the latest first. */
export function useCustomerItems(customer: string) {
  return useView({
    view: 'open_receivables',
    measures: ['open_amount'],
    dimensions: ['item_id', 'document_id', 'document_number', 'effective_due_date', 'days_overdue'],
    where: { customer_id: customer },
    order: { days_overdue: 'desc' },
    isScoped: false,
  });
}

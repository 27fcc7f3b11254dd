import { localText } from '../company/days';
import type { Company, Delivery, GoodsReturn, Order, ReceivableDocument, Receipt } from '../company/entities';

/** Internal ids of the customer records. */
export const CUSTOMER_ID = 100_001;
/** Ids of the second records. */
export const TWIN_ID = 190_001;

/** The internal id of the customer record that a document names; a company with two records has some under the second. */
export type CustomerIds = (customer: number, orderNumber: string) => number;

export function idsOf({ customers }: Pick<Company, 'customers'>): CustomerIds {
  return (customer, orderNumber) =>
    customers[customer]?.erpTwin && Number(orderNumber.slice(-1)) % 3 === 1
      ? TWIN_ID + customer
      : CUSTOMER_ID + customer;
}

export const CNY = 'PRE001';
const STATUS = { draft: 'Z', in_review: 'B', approved: 'C', cancelled: 'C' } as const;

/** The keys that every document's head has. */
export function bill(document: Order | Delivery | GoodsReturn | ReceivableDocument | Receipt) {
  return {
    FID: document.id,
    FBillNo: document.number,
    FDocumentStatus: STATUS[document.status],
    FCancelStatus: document.status === 'cancelled' ? 'B' : 'A',
    FCreateDate: localText(document.createdAt),
    FModifyDate: localText(document.modifiedAt),
    FApproveDate: document.approvedAt === null ? null : localText(document.approvedAt),
  };
}

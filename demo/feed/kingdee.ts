import { dayText, localText } from '../company/days';
import type {
  Company,
  Customer,
  Delivery,
  GoodsReturn,
  Order,
  ReceivableDocument,
} from '../company/entities';
import { centsText } from '../company/money';
import { ownersOf } from '../company/territories';
import { badKingdeeRows } from './badRows';
import { bill, CNY, CUSTOMER_ID, type CustomerIds, idsOf, TWIN_ID } from './kingdeeBill';
import { kingdeeMoneySeeds } from './kingdeeMoney';
import type { Seed } from './records';

/** What stands in Kingdee: forms and entries in the vendor's field keys, times in Beijing time, amounts as decimal text. */
export function* kingdeeSeeds(company: Company): Generator<Seed> {
  const ids = idsOf(company);
  yield { kind: 'BD_Customer', records: customerRecords(company) };
  yield { kind: 'SAL_SaleOrder', records: company.orders.map((order) => orderRecord(order, ids)) };
  yield {
    kind: 'SAL_SaleOrder.FSaleOrderEntry',
    records: company.orders.flatMap((order) => orderEntries(order, company)),
  };
  yield {
    kind: 'SAL_OUTSTOCK',
    records: company.deliveries.map((delivery) => deliveryRecord(delivery, ids)),
  };
  yield { kind: 'SAL_RETURNSTOCK', records: company.returns.map((back) => returnRecord(back, ids)) };
  yield {
    kind: 'AR_receivable',
    records: company.documents.map((document) => receivableRecord(document, ids)),
  };
  yield { kind: 'AR_receivable.FEntityDetail', records: company.documents.map(receivableDetail) };
  yield { kind: 'AR_receivable.FEntityPlan', records: company.documents.flatMap(receivablePlan) };
  yield* kingdeeMoneySeeds(company, ids);
  yield* badKingdeeRows(company);
}

function customerRecords(company: Company): Seed['records'] {
  const ownerOn = ownersOf(company.assignments);
  return company.customers.flatMap((customer) => {
    if (customer.erpNumber === null) return [];
    const owner = ownerOn(customer.customer, company.lastDay);
    const main = customerRecord(
      customer,
      CUSTOMER_ID + customer.customer,
      customer.erpNumber,
      customer.erpName,
      owner,
    );
    if (!customer.erpTwin)
      return [{ ...main, FSOCIALCRECODE: customer.hasErpCode ? customer.creditCode : '' }];
    const twin = customerRecord(
      customer,
      TWIN_ID + customer.customer,
      customer.erpTwin.number,
      customer.erpTwin.name,
      owner,
    );
    return [{ ...main, FSOCIALCRECODE: customer.creditCode }, twin]; // the second record was made in haste, without the code
  });
}

function customerRecord(customer: Customer, id: number, number: string, name: string, owner: string) {
  const created = `${dayText(customer.createdDate)}T09:${String(customer.customer % 60).padStart(2, '0')}:00`;
  return {
    FCUSTID: id,
    FNumber: number,
    FName: name,
    FShortName: customer.shortName,
    FDocumentStatus: 'C',
    FForbidStatus: 'A',
    'FCustTypeId.FName': `${customer.customerClass}类客户`,
    'FGroup.FName': customer.region,
    'FSELLER.FNumber': owner,
    'FRECCONDITIONID.FName': termName(customer),
    'FCompanyScale.FDataValue': customer.customer % 23 === 0 ? '大型企业' : '中小企业',
    'FCompanyNature.FDataValue': customer.customer % 97 === 0 ? '事业单位' : '企业',
    'FCorrespondOrgId.FNumber': customer.isInternal ? '102' : '',
    FCreateDate: created,
    FModifyDate: created,
  };
}

const termName = ({ term }: Pick<Customer, 'term'>): string =>
  term.kind === 'prepaid' ? '预付款' : `${term.kind === 'month_end' ? '月结' : ''}${term.days}天`;

export function orderRecord(order: Order, customerId: CustomerIds) {
  const amount = centsText(order.amount);
  return {
    ...bill(order),
    FDate: dayText(order.orderDate),
    FCustId: customerId(order.customer, order.number),
    'FSalerId.FNumber': order.ownerNumber,
    'FSettleCurrId.FNumber': CNY,
    FExchangeRate: '1',
    FBillAllAmount: amount,
    FBillAllAmount_LC: amount,
    FCloseStatus: order.isClosed ? 'B' : 'A',
    FCloseDate: order.isClosed ? localText(order.modifiedAt) : null,
  };
}

export function orderEntries(order: Order, { products }: Pick<Company, 'products'>): Seed['records'] {
  return order.lines.map((line, place) => {
    const product = products[line.product];
    return {
      FSaleOrderEntry_FEntryID: line.id,
      FID: order.id,
      FSaleOrderEntry_FSEQ: place + 1,
      'FMaterialId.FNumber': product?.code,
      'FMaterialId.FName': product?.name,
      'FMaterialId.FMaterialGroup.FName': product?.group,
      FQty: String(line.quantity),
      FTaxPrice: centsText(line.price),
      FAllAmount: centsText(line.amount),
      FAllAmount_LC: centsText(line.amount),
      FDeliveryDate: dayText(order.orderDate + 20),
      FStockOutQty: order.isClosed ? String(line.quantity) : '0',
      FMrpCloseStatus: order.isClosed ? 'B' : 'A',
    };
  });
}

function deliveryRecord(delivery: Delivery, customerId: CustomerIds) {
  const amount = centsText(delivery.amount);
  return {
    ...bill(delivery),
    FDate: dayText(delivery.deliveryDate),
    FCustomerID: customerId(delivery.customer, delivery.orderNumber),
    FExchangeRate: '1',
    FBillAllAmount: amount,
    FBillAllAmount_LC: amount,
  };
}

function returnRecord(back: GoodsReturn, customerId: CustomerIds) {
  const amount = centsText(back.amount);
  return {
    ...bill(back),
    FDate: dayText(back.returnDate),
    FRetcustId: customerId(back.customer, back.orderNumber),
    'FReturnReason.FDataValue': back.reason,
    FExchangeRate: '1',
    FBillAllAmount: amount,
    FBillAllAmount_LC: amount,
  };
}

function receivableRecord(document: ReceivableDocument, customerId: CustomerIds) {
  const settled = document.instalments.reduce((sum, instalment) => sum + instalment.settled, 0);
  const amount = centsText(document.amount);
  return {
    ...bill(document),
    FDATE: dayText(document.documentDate),
    FENDDATE_H: dayText(document.dueDate),
    FCUSTOMERID: customerId(document.customer, document.orderNumber),
    'FCURRENCYID.FNumber': CNY,
    FEXCHANGERATE: '1',
    FALLAMOUNTFOR: amount,
    FALLAMOUNT: amount,
    FSetAccountType: '3',
    FRedBlue: document.isCreditNote ? '1' : '0',
    FWRITTENOFFSTATUS: settled === 0 ? 'A' : settled === document.amount ? 'C' : 'B',
    'FSALEERID.FNumber': document.ownerNumber,
  };
}

const DETAIL_ID = 1_000_000;

const receivableDetail = (document: ReceivableDocument) => ({
  FEntityDetail_FEntryID: DETAIL_ID + document.id,
  FID: document.id,
  FORDERNUMBER: document.orderNumber,
  FALLAMOUNTFOR_D: centsText(document.amount),
});

function receivablePlan(document: ReceivableDocument): Seed['records'] {
  return document.instalments.map((instalment) => ({
    FEntityPlan_FEntryID: instalment.id,
    FID: document.id,
    FEntityPlan_FSEQ: instalment.line,
    FENDDATE: dayText(instalment.dueDate),
    FPAYAMOUNTFOR: centsText(instalment.amount),
    FPAYAMOUNT: centsText(instalment.amount),
    FWRITTENOFFAMOUNTFOR_P: centsText(instalment.settled),
    FNOTVERIFICATEAMOUNT: centsText(instalment.amount - instalment.settled),
    FREMARK: instalment.isRetention ? '质保金' : '',
  }));
}

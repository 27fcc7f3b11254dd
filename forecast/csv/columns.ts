import { MillraceError } from '../../connectors/kit';

/** What a column of invoices can mean. */
const FIELDS = [
  'customer',
  'amount',
  'issued',
  'due',
  'paid',
  'id',
  'term',
  'region',
  'disputed',
  'currency',
] as const;
export type Field = (typeof FIELDS)[number];

const REQUIRED: readonly Field[] = ['customer', 'amount', 'issued', 'due', 'paid'];

/** Usual headers, without case, spaces and signs; the first that a file has wins. */
const HEADERS: Record<Field, readonly string[]> = {
  customer: [
    'customer',
    'customerid',
    'customernumber',
    'custnumber',
    'customername',
    'client',
    'debtor',
    '客户',
  ],
  amount: [
    'amount',
    'invoiceamount',
    'totalopenamount',
    'openamount',
    'total',
    'totalamount',
    'value',
    '金额',
  ],
  issued: [
    'issued',
    'issuedate',
    'invoicedate',
    'postingdate',
    'documentdate',
    'documentcreatedate',
    'date',
    '开票日期',
  ],
  due: ['due', 'duedate', 'dueindate', 'maturitydate', '到期日'],
  paid: [
    'paid',
    'paiddate',
    'paidon',
    'cleardate',
    'clearingdate',
    'settleddate',
    'settlementdate',
    'paymentdate',
    '收款日期',
  ],
  id: [
    'id',
    'invoice',
    'invoicenumber',
    'invoiceid',
    'invoiceno',
    'docid',
    'documentnumber',
    'number',
    '发票号',
  ],
  term: ['term', 'terms', 'paymentterm', 'paymentterms', 'custpaymentterms'],
  region: ['region', 'countrycode', 'country', 'businessunit', 'businesscode'],
  disputed: ['disputed', 'dispute', 'isdisputed'],
  currency: ['currency', 'invoicecurrency', 'currencycode'],
};

/** Position of each field; a `mapping` of field to header goes before what the headers suggest. */
export function columnsOf(
  header: readonly string[],
  mapping: Readonly<Record<string, string>>,
  name: string,
): Map<Field, number> {
  const plain = header.map(plainName);
  const columns = new Map<Field, number>();
  for (const [field, wanted] of Object.entries(mapping)) {
    const at = header.indexOf(wanted);
    if (!isField(field) || at < 0)
      throw new MillraceError('bad_request', {
        what: isField(field) ? `There is no column "${wanted}"` : `There is no field "${field}"`,
        where: `${name}, --columns`,
        todo: `Fields are ${FIELDS.join(', ')}; the file has the columns ${header.join(', ')}`,
      });
    columns.set(field, at);
  }
  for (const field of FIELDS) {
    if (columns.has(field)) continue;
    const known = HEADERS[field].find((one) => plain.includes(one));
    if (known !== undefined) columns.set(field, plain.indexOf(known));
  }
  const missing = REQUIRED.filter((field) => !columns.has(field));
  if (missing.length > 0)
    throw new MillraceError('bad_request', {
      what: `No column is known as ${missing.join(', ')}`,
      where: `${name}, line 1`,
      todo: `Name it: --columns ${missing.map((field) => `${field}=<header>`).join(',')}. The file has ${header.join(', ')}`,
    });
  return columns;
}

const isField = (text: string): text is Field => FIELDS.some((field) => field === text);

/** `issue_date_est` → `issuedate`: an estimate serves where there is nothing better. */
const plainName = (header: string) =>
  header
    .toLowerCase()
    .replace(/[\s_.-]est$/, '')
    .replace(/[\s_.\-/]/g, '');

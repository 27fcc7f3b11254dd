import { endOf } from '../company/bills';
import { at, dayText, localText } from '../company/days';
import type { Bill, Company } from '../company/entities';
import { centsText } from '../company/money';
import type { CustomerIds } from './kingdeeBill';
import type { Seed } from './records';

const BILL_ID = 3_000_000;
const SETTLEMENT_ID = 3_500_000;
const SETTLE_STATUS = { matured: '1', discounted: '2', endorsed: '3', dishonoured: '5' } as const;

/** The register of bills (应收票据) and what became of each (应收票据结算单). */
export function* billSeeds(company: Company, customerId: CustomerIds): Generator<Seed> {
  yield {
    kind: 'CN_BILLRECEIVABLE',
    records: company.bills.map((bill, place) => register(bill, place, company, customerId)),
  };
  yield {
    kind: 'CN_BILLRECSETTLE',
    records: company.bills.flatMap((bill, place) => {
      const end = endOf(bill, company.lastDay);
      if (!end) return [];
      const made = localText(at(end.day, 16, 20));
      return [
        {
          FID: SETTLEMENT_ID + place,
          FBillNo: `YSPJJS${SETTLEMENT_ID + place}`,
          ...approved(made),
          FDATE: dayText(end.day),
          FBILLRECID: BILL_ID + place,
          FSETTLESTATUS: SETTLE_STATUS[end.event],
        },
      ];
    }),
  };
}

function register(bill: Bill, place: number, { lastDay }: Company, customerId: CustomerIds) {
  const end = endOf(bill, lastDay);
  const made = localText(at(bill.signedDate, 15, 40));
  const isDiscounted = end?.event === 'discounted';
  return {
    FID: BILL_ID + place,
    FBillNo: `YSPJ${BILL_ID + place}`,
    ...approved(made),
    FModifyDate: end ? localText(at(end.day, 16, 20)) : made,
    FBILLNUMBER: bill.number,
    FDATE: dayText(bill.signedDate),
    FDUEDATE: dayText(bill.maturityDate),
    FCONTACTUNITTYPE: 'BD_Customer',
    FCONTACTUNIT: customerId(bill.customer, ''),
    FACCEPTOR: bill.acceptor,
    FEXCHANGERATE: '1',
    FPARAMOUNTFOR: centsText(bill.amount),
    FSETTLESTATUS: end ? SETTLE_STATUS[end.event] : '0',
    FDISDATE: isDiscounted ? dayText(end.day) : null,
    FDISINTERESTAMOUNT: isDiscounted ? centsText(end.interest) : '0',
  };
}

const approved = (time: string) => ({
  FDocumentStatus: 'C',
  FCancelStatus: 'A',
  FCreateDate: time,
  FModifyDate: time,
  FApproveDate: time,
});

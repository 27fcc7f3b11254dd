import { at, dayText, localText } from '../company/days';
import type { Company } from '../company/entities';
import type { Seed } from './records';

/** Records as bad as real ones are, a dozen in all: they must end in quarantine and touch no planted truth. */
export function badKingdeeRows({ lastDay }: Pick<Company, 'lastDay'>): Seed[] {
  const bill = (id: number, number: string, daysAgo: number) => {
    const time = localText(at(lastDay - daysAgo, 11, 20));
    return {
      FID: id,
      FBillNo: number,
      FDocumentStatus: 'C',
      FCancelStatus: 'A',
      FCreateDate: time,
      FModifyDate: time,
      FApproveDate: time,
    };
  };
  const day = dayText(lastDay - 40);
  return [
    {
      kind: 'SAL_SaleOrder',
      records: [
        { ...bill(290_001, 'XSDD-B0001', 40), FDate: day, FCustId: 100_001, FBillAllAmount: '1,2x0.00' },
        {
          ...bill(290_002, 'XSDD-B0002', 33),
          FDate: '0000-00-00',
          FCustId: 100_002,
          FBillAllAmount: '8640.00',
        },
        { ...bill(290_003, 'XSDD-B0003', 26), FDate: day, FCustId: '未知客户', FBillAllAmount: '15200.00' },
      ],
    },
    {
      kind: 'SAL_OUTSTOCK',
      records: [
        {
          ...bill(390_001, 'XSCKD-B0001', 30),
          FDate: '2026-02-30',
          FCustomerID: 100_003,
          FBillAllAmount: '4980.00',
        },
      ],
    },
    {
      kind: 'AR_receivable',
      records: [
        {
          ...bill(490_001, 'AR-B0001', 36),
          FDATE: day,
          FENDDATE_H: day,
          FCUSTOMERID: 100_004,
          FALLAMOUNTFOR: '3O00.00',
        },
        {
          ...bill(490_002, 'AR-B0002', 21),
          FDATE: '0000-00-00',
          FENDDATE_H: day,
          FCUSTOMERID: 100_005,
          FALLAMOUNTFOR: '12750.00',
        },
      ],
    },
    {
      kind: 'AR_RECEIVEBILL',
      records: [
        {
          ...bill(495_001, 'SKD-B0001', 18),
          FDATE: day,
          FCONTACTUNITTYPE: 'BD_Customer',
          FCONTACTUNIT: 100_006,
          FRECAMOUNTFOR: '12.345.00',
        },
      ],
    },
  ];
}

export function badFxiaokeRows({ lastDay }: Pick<Company, 'lastDay'>): Seed[] {
  const record = (n: number, daysAgo: number) => {
    const time = at(lastDay - daysAgo, 15, 5);
    return {
      _id: `65ffff00000000000000000${n}`,
      name: `坏数据 ${n}`,
      owner: ['1001'],
      create_time: time,
      last_modified_time: time,
    };
  };
  const nobody = '65a1ffffffffffffffffffff';
  const time = at(lastDay - 20, 15);
  return [
    {
      kind: 'CollectionForecast__c',
      records: [
        {
          ...record(1, 25),
          account__c: nobody,
          amount__c: '十八万',
          expected_date__c: time,
          certainty__c: 'expected',
        },
        { ...record(2, 24), account__c: nobody, amount__c: '52000.00', certainty__c: 'promised' }, // no date
      ],
    },
    {
      kind: 'NewOpportunityObj',
      records: [
        { ...record(3, 28), account_id: nobody, amount: '约12万', sales_stage: '1', sales_status: '1' },
      ],
    },
    {
      kind: 'StageChange__c',
      records: [{ ...record(4, 22), opportunity__c: nobody, changed_time__c: time }],
    }, // to which stage?
    {
      kind: 'TerritoryAssignment__c',
      records: [{ ...record(5, 19), assigned_to__c: ['1002'], valid_from__c: time }],
    }, // of whom?
  ];
}

/** How many records of a connection end in quarantine on a first sync. */
export const BAD_ROWS = { kingdee: 7, fxiaoke: 5 } as const;

import type { ServiceName } from '../../connectors/qichacha/services';
import { controllerOf, riskTurn } from '../company/bureau';
import { dayText } from '../company/days';
import type { Company, Customer, RiskKind, RiskRecord } from '../company/entities';
import { groupBy } from '../company/groupBy';
import { centsText } from '../company/money';
import { Random } from '../company/random';
import type { Seed } from './records';

/** What stands in 企查查: every customer's registration and controller, and the records of each service. */
export function* qichachaSeeds(company: Company): Generator<Seed> {
  const { customers, riskRecords, seed } = company;
  yield {
    kind: 'companies',
    records: customers.map(({ creditCode, name, formerName }) => ({
      creditCode,
      name,
      formerNames: formerName === null ? [] : [formerName],
    })),
  };
  yield { kind: 'ActualControl', records: customers.map((customer) => controllerRecord(seed, customer)) };
  for (const [kind, records] of groupBy(riskRecords, (record) => record.kind)) {
    const { service, fields } = SERVICE_OF[kind];
    yield {
      kind: service,
      records: records.map((record, place) => ({
        company: (customers[record.customer] as Customer).creditCode,
        Id: `${service}-${place + 1}`,
        ...fields(record),
      })),
    };
  }
}

/** What became different since the first answers: the planted turn of risk (company/bureau.ts). */
export function* qichachaTurn(company: Company): Generator<Seed> {
  const { customers, seed } = company;
  const { debtor, controller } = riskTurn(company);
  const { service, fields } = SERVICE_OF[debtor.kind];
  const codeOf = (customer: number) => (customers[customer] as Customer).creditCode;
  yield {
    kind: service,
    records: [{ company: codeOf(debtor.customer), Id: `${service}-turn`, ...fields(debtor) }],
  };
  const before = controllerRecord(seed, customers[controller.customer] as Customer);
  yield {
    kind: 'ActualControl',
    records: [{ ...before, KeyNo: `${before.KeyNo}n`, Name: controller.to }],
  };
}

function controllerRecord(seed: number, { customer, creditCode }: Customer) {
  const share = `${Random.for(seed, `controlled share ${customer}`).int(34, 90)}%`;
  return {
    company: creditCode,
    KeyNo: `p${creditCode.slice(-9).toLowerCase()}`,
    Name: controllerOf(seed, customer),
    Percent: share,
    PercentTotal: share,
    Level: '1',
  };
}

const amount = ({ amount: cents }: RiskRecord): string => (cents === null ? '' : centsText(cents));
const day = ({ eventDate }: RiskRecord): string => dayText(eventDate);

/** Which service tells of a kind of record, in its own field names. */
const SERVICE_OF: Record<
  RiskKind,
  { service: ServiceName; fields(record: RiskRecord): Record<string, unknown> }
> = {
  dishonest_debtor: {
    service: 'ShixinCheck',
    fields: (record) => ({
      Liandate: day(record),
      Publicdate: day(record),
      Anno: record.caseNumber,
      Executegov: record.authority,
      Executestatus: '全部未履行',
      ActionRemark: record.title,
      Amount: amount(record),
    }),
  },
  enforcement: {
    service: 'ZhixingCheck',
    fields: (record) => ({
      Liandate: day(record),
      Anno: record.caseNumber,
      ExecuteGov: record.authority,
      Biaodi: amount(record),
    }),
  },
  high_consumption_limit: {
    service: 'SumptuaryCheck',
    fields: (record) => ({
      CaseNo: record.caseNumber,
      JudgeDate: day(record),
      PublishDate: day(record),
      Applicant: record.authority,
    }),
  },
  defendant: {
    service: 'JudgmentDocCheck',
    fields: (record) => ({
      CaseName: `${record.title}一审民事判决书`,
      CaseReason: record.title,
      CaseNo: record.caseNumber,
      CaseType: '民事案件',
      Amount: amount(record),
      IsProsecutor: '0',
      IsDefendant: '1',
      JudgeDate: day(record),
      PublishDate: day(record),
    }),
  },
  environmental_penalty: {
    service: 'EnvPunishmentCheck',
    fields: (record) => ({
      CaseNo: record.caseNumber,
      PunishDate: day(record),
      IllegalType: record.title,
      PunishGov: record.authority,
      PunishAmt: amount(record),
    }),
  },
  administrative_penalty: {
    service: 'AdminPenaltyCheck',
    fields: (record) => ({
      DocNo: record.caseNumber,
      PunishReason: record.title,
      PunishResult: '罚款',
      PunishOffice: record.authority,
      PunishDate: day(record),
      PunishAmt: amount(record),
    }),
  },
  abnormal_operation: {
    service: 'ExceptionCheck',
    fields: (record) => ({
      AddReason: record.title,
      AddDate: day(record),
      AddOffice: record.authority,
      RemoveDate: '',
      RomoveReason: '',
    }), // the vendor's spelling
  },
  tax_arrears: {
    service: 'TaxOweNoticeCheck',
    fields: (record) => ({
      Title: record.title,
      IssuedBy: record.authority,
      PublishDate: day(record),
      Amount: amount(record),
    }),
  },
  equity_freeze: {
    service: 'EquityFreezeCheck',
    fields: (record) => ({
      ExecuteName: record.title,
      ExecutionNoticeNum: record.caseNumber,
      Status: '股权冻结|冻结',
      EquityAmount: amount(record),
      FreezeStartDate: day(record),
    }),
  },
};

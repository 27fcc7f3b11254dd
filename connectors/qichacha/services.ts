/** One item of an answer, in the vendor's own field names (its misspellings are part of the contract). */
export type Item = Record<string, unknown>;

export interface Service {
  /** The vendor's number of the service (openapi.qcc.com/dataApi/<number>). */
  apiCode: string;
  path: string;
  /** How this service calls the company. */
  argument: 'searchKey' | 'keyWord' | 'keyword';
  params?: Readonly<Record<string, string>>;
  /** Whether it takes pageIndex and pageSize. */
  isPaged: boolean;
  /** Fields that tell items apart; most services give an Id. */
  id: readonly string[];
  /** Fields of the event's day, the first that is filled. */
  date: readonly string[];
  amount?: readonly string[];
  title: readonly string[];
  caseNumber?: string;
  /** The record is still listed but no longer holds (移出, 解除冻结). */
  isReleased?(item: Item): boolean;
  /** False: the record is not about this company in the role we ask for. */
  concerns?(item: Item, companyName: string): boolean;
}

export const text = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';

const list = (group: string): Pick<Service, 'path' | 'argument' | 'isPaged' | 'id'> => ({
  path: `/${group}/GetList`,
  argument: 'searchKey',
  isPaged: true,
  id: ['Id'],
});

/** What we ask about a company. Names are the vendor's groups; they are the names in config, budget and records. */
const SERVICES = {
  /** 失信被执行人 */
  ShixinCheck: {
    ...list('ShixinCheck'),
    apiCode: '740',
    date: ['Publicdate', 'Liandate'],
    amount: ['Amount'],
    title: ['ActionRemark', 'Executestatus'],
    caseNumber: 'Anno',
  },
  /** 被执行人 */
  ZhixingCheck: {
    ...list('ZhixingCheck'),
    apiCode: '741',
    date: ['Liandate'],
    amount: ['Biaodi'],
    title: ['ExecuteGov'],
    caseNumber: 'Anno',
  },
  /** 限制高消费 */
  SumptuaryCheck: {
    ...list('SumptuaryCheck'),
    apiCode: '742',
    date: ['PublishDate', 'JudgeDate'],
    title: ['CompanyName', 'Applicant'],
    caseNumber: 'CaseNo',
  },
  /** 行政处罚 */
  AdminPenaltyCheck: {
    ...list('AdminPenaltyCheck'),
    apiCode: '865',
    date: ['PunishDate'],
    amount: ['PunishAmt'],
    title: ['PunishReason', 'PunishOffice'],
    caseNumber: 'DocNo',
  },
  /** 环保处罚 */
  EnvPunishmentCheck: {
    ...list('EnvPunishmentCheck'),
    apiCode: '746',
    date: ['PunishDate'],
    amount: ['PunishAmt'],
    title: ['IllegalType', 'PunishGov'],
    caseNumber: 'CaseNo',
  },
  /** 经营异常; has no Id and no pages */
  ExceptionCheck: {
    ...list('ExceptionCheck'),
    apiCode: '739',
    isPaged: false,
    id: ['AddDate', 'AddReason'],
    date: ['AddDate'],
    title: ['AddReason'],
    isReleased: ({ RemoveDate }) => text(RemoveDate) !== '',
  },
  /** 严重违法; has no Id and no pages */
  SeriousIllegalCheck: {
    ...list('SeriousIllegalCheck'),
    apiCode: '748',
    isPaged: false,
    id: ['AddDate', 'AddReason'],
    date: ['AddDate'],
    title: ['AddReason'],
    isReleased: ({ RemoveDate }) => text(RemoveDate) !== '',
  },
  /** 欠税公告 */
  TaxOweNoticeCheck: {
    ...list('TaxOweNoticeCheck'),
    apiCode: '757',
    date: ['PublishDate'],
    amount: ['Amount'],
    title: ['Title', 'IssuedBy'],
  },
  /** 股权冻结 */
  EquityFreezeCheck: {
    ...list('EquityFreezeCheck'),
    apiCode: '752',
    date: ['FreezeStartDate'],
    amount: ['EquityAmount'],
    title: ['ExecuteName', 'Status'],
    caseNumber: 'ExecutionNoticeNum',
    isReleased: ({ Status }) => /解除|失效/.test(text(Status)),
  },
  /** 破产重整 */
  BankruptcyCheck: {
    ...list('BankruptcyCheck'),
    apiCode: '761',
    date: ['PublicDate'],
    title: ['CaseNo'],
    caseNumber: 'CaseNo',
    // a creditor who asks for another company's bankruptcy is listed too
    concerns: (item, name) => isParty(item.RespondentList, name) || !isParty(item.ApplicantList, name),
  },
  /** 裁判文书, as defendant (被告, 被执行人, 被上诉人, 被申请人) */
  JudgmentDocCheck: {
    ...list('JudgmentDocCheck'),
    apiCode: '887',
    params: { caseIdentity: '1' },
    date: ['JudgeDate', 'PublishDate'],
    amount: ['Amount'],
    title: ['CaseName', 'CaseReason'],
    caseNumber: 'CaseNo',
  },
  /** 实际控制人: one object, no list; its change is an event of ours */
  ActualControl: {
    apiCode: '643',
    path: '/ActualControl/SuspectedActualControl',
    argument: 'keyWord',
    isPaged: false,
    id: [],
    date: [],
    title: [],
  },
  /** 工商照面: one object; we ask for the registered name and the former names (曾用名) */
  BasicDetails: {
    apiCode: '410',
    path: '/ECIV4/GetBasicDetailsByName',
    argument: 'keyword',
    isPaged: false,
    id: [],
    date: [],
    title: [],
  },
} as const satisfies Record<string, Service>;

export type ServiceName = keyof typeof SERVICES;
export const SERVICE_NAMES = Object.keys(SERVICES) as [ServiceName, ...ServiceName[]];
export const serviceOf = (name: ServiceName): Service => SERVICES[name];

const halfWidth = (name: string) => name.replaceAll('（', '(').replaceAll('）', ')').replaceAll(/\s/g, '');

function isParty(parties: unknown, name: string): boolean {
  if (!Array.isArray(parties)) return false;
  return parties.some((party) => halfWidth(text((party as Item | null)?.Name)) === halfWidth(name));
}

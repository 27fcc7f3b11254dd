import type { ServiceName } from './services';

interface Terms {
  /** Price of a call in CNY. */
  priceCny: string;
  /** Days after which a company is asked about again; default the connection's `recheckDays`. */
  refreshDays?: number;
}

/** Above any price that a source names, so that a cap is not overrun by a contract that nobody wrote into the config. */
const UNKNOWN: Terms = { priceCny: '1.00' };

/**
 * The one table of default prices and periods; `pricesCny` and `refreshDays` of the config go before it. Prices of 739 and 887
 * stand in a public client's notes of 2026 (README, source 3).
 */
const TERMS: Record<ServiceName, Terms> = {
  ShixinCheck: UNKNOWN,
  ZhixingCheck: UNKNOWN,
  SumptuaryCheck: UNKNOWN,
  AdminPenaltyCheck: UNKNOWN,
  EnvPunishmentCheck: UNKNOWN,
  ExceptionCheck: { priceCny: '0.50' },
  SeriousIllegalCheck: UNKNOWN,
  TaxOweNoticeCheck: UNKNOWN,
  EquityFreezeCheck: UNKNOWN,
  BankruptcyCheck: UNKNOWN,
  JudgmentDocCheck: { priceCny: '0.30' },
  ActualControl: UNKNOWN,
  BasicDetails: { ...UNKNOWN, refreshDays: 365 },
};

interface Agreed {
  pricesCny: Partial<Record<ServiceName, string>>;
  refreshDays: Partial<Record<ServiceName, number>>;
  recheckDays: number;
}

/** What a call costs here, decimal text in CNY. */
export const priceOf = ({ pricesCny }: Pick<Agreed, 'pricesCny'>, service: ServiceName): string =>
  pricesCny[service] ?? TERMS[service].priceCny;

/** After how many days a service is asked again about a company. */
export const refreshDaysOf = (
  { refreshDays, recheckDays }: Pick<Agreed, 'refreshDays' | 'recheckDays'>,
  service: ServiceName,
): number => refreshDays[service] ?? TERMS[service].refreshDays ?? recheckDays;

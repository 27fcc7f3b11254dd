/** A call that costs money, before it is made. */
export interface PaidCall {
  /** The vendor's service, for example ShixinCheck. */
  service: string;
  /** Price of one call, decimal text in CNY. */
  priceCny: string;
  /** What is asked, for the record (a credit code, a name). */
  subject: string;
  /** Page of the answer, from 1. */
  page?: number;
  /** When the check that this call belongs to began, ISO in UTC. */
  checkedAt?: string;
  /** Business day (`YYYY-MM-DD`): what checks from this day on were answered is still fresh, so it is not bought again. */
  freshFrom?: string;
}

/** An answer that was paid for. */
export interface BoughtAnswer {
  /** As it came. */
  body: unknown;
  /** Calls that were booked for it. */
  calls: number;
  /** When its check began, ISO in UTC. */
  checkedAt: string;
}

/** The host's ledger of paid calls; it knows day and month caps. A host that keeps answers never pays for a fresh one twice. */
export interface Budget {
  /**
   * Books the call or refuses it with MillraceError `budget_exhausted`. `asked`: nothing was booked, since another run has
   * the answer or is waiting for it; look with `bought` again.
   */
  spend(call: PaidCall): Promise<'asked' | void>;
  /** The answer to this question that is still fresh, whoever paid for it. */
  bought?(call: PaidCall): Promise<BoughtAnswer | undefined>;
  /** Keeps an answer the moment it came: a process that dies now has not paid for nothing. */
  keep?(call: PaidCall, answer: BoughtAnswer): Promise<void>;
}

/** What a run of paid calls would do now, before it is started. */
export interface PaidPlan {
  services: readonly PlannedService[];
  /** Who is asked, in this order. */
  companies: readonly PlannedCompany[];
}

interface PlannedService {
  service: string;
  priceCny: string;
  /** A company is asked about again after so many days. */
  refreshDays: number;
  /** At least: a company with more records than a page holds takes a call for each further page. */
  calls: number;
  costCny: string;
}

interface PlannedCompany {
  subject: string;
  name: string | null;
  services: readonly string[];
  costCny: string;
  /** Money that is open with it, decimal text; null for companies that the config names. */
  exposureCny: string | null;
}

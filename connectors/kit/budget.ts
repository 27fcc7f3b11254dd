/** A call that costs money, before it is made. */
export interface PaidCall {
  /** The vendor's service, for example ShixinCheck. */
  service: string;
  /** Price of one call, decimal text in CNY. */
  priceCny: string;
  /** What is asked, for the record (a credit code, a name). */
  subject: string;
}

/** The host's ledger of paid calls; it knows day and month caps. */
export interface Budget {
  /** Books the call or refuses it with MillraceError `budget_exhausted`. */
  spend(call: PaidCall): Promise<void>;
}

/** What the text of a booking (:86:) says, in the terms of a bank line. */
export interface Details {
  counterpartyName: string | null;
  counterpartyAccount: string | null;
  /** The payer's words for the payee. */
  remark: string | null;
  /** End-to-end id, unless the payer gave none. */
  reference: string | null;
  /** The dialect that the text is written in. */
  dialect: string;
}

const LINE_WIDTH = 65; // SWIFT's; a bank that fills it breaks words

/** Lines as one text: a full line goes on in the next one without a blank. */
export function unwrapped(lines: readonly string[]): string {
  return lines.map((line) => (line.length >= LINE_WIDTH ? line : `${line} `)).join('');
}

export function textOrNull(text: string | undefined): string | null {
  const tidy = (text ?? '').replace(/\s+/g, ' ').trim();
  return tidy === '' ? null : tidy;
}

/** A reference that is one: banks write NONREF and the like where there is none. */
export function referenceOrNull(text: string | null | undefined): string | null {
  const tidy = textOrNull(text ?? undefined);
  return tidy === null || /^(NONREF|NON REF|NOTPROVIDED|NOT PROVIDED|NONE|EREF|KREF\+?|N|-+|\/+)$/i.test(tidy)
    ? null
    : tidy;
}

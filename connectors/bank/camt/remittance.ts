import { all, type Element, text } from './xml';

/** The payer's words and structured references (ISO 11649, Swiss QR and ISR references, document numbers), as one text. */
export function remarkOf(details: Element | undefined): string | null {
  const texts = [
    ...all(details, 'RmtInf', 'Ustrd'),
    ...structuredReferences(details),
    ...all(details, 'RmtInf', 'Strd', 'RfrdDocInf', 'Nb'),
    ...all(details, 'RmtInf', 'Strd', 'RfrdDocInf', 'RfrdDocNb'), // version 01
    ...all(details, 'RmtInf', 'Strd', 'AddtlRmtInf'),
  ].flatMap((each) => text(each) ?? []);
  return [...new Set(texts)].join(' ') || text(details, 'AddtlTxInf');
}

/** What payer or payee call the payment: end-to-end id, else the creditor's reference, cheque or instruction. */
export function referenceOf(details: Element | undefined): string | null {
  return (
    reference(text(details, 'Refs', 'EndToEndId')) ??
    reference(text(structuredReferences(details)[0])) ??
    reference(text(details, 'Refs', 'ChqNb')) ??
    reference(text(details, 'Refs', 'InstrId'))
  );
}

const structuredReferences = (details: Element | undefined): Element[] =>
  ['Ref', 'CdtrRef'].flatMap((name) => all(details, 'RmtInf', 'Strd', 'CdtrRefInf', name));

/** Banks write NOTPROVIDED where the payer gave none. */
export const reference = (raw: string | null): string | null =>
  raw === null || /^(NOT ?PROVIDED|NONREF|NONE|-+)$/i.test(raw) ? null : raw;

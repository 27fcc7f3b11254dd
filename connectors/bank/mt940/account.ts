const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/**
 * Account of :25: (IBAN, bank/account or number) and the currency that some banks put behind it. An IBAN is given without the
 * currency, so that it is the same account as in other formats; bank/account stays as the bank writes it.
 */
export function accountOf(text: string): { account: string | null; currency: string | null } {
  const raw = text.trim().replace(/^\/+/, '');
  const [, before = '', gap = '', suffix = ''] = /^(.*\d)(\s*)([A-Z]{3})$/.exec(raw) ?? [];
  const plain = raw.replace(/\s/g, '');
  if (!CURRENCIES.has(suffix) || isIban(plain))
    return { account: isIban(plain) ? plain : raw || null, currency: null };
  const isSeparate = gap !== '' || /^[A-Z]{2}\d{2}/.test(before);
  return { account: isSeparate ? before.replace(/\s/g, '') : raw, currency: suffix };
}

/** ISO 13616: the check digits leave 1 when the number is divided by 97. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  const digits = (text.slice(4) + text.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

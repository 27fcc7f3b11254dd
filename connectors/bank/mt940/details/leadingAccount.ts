import { type Details, textOrNull, unwrapped } from './text';

/**
 * Dutch texts that begin with the other account: SNS, ASN and RegioBank write account and name in the first line
 * (`NL47INGB9999999999 hr gjlm paulissen`), an empty line, then the remark; old ING texts write `0111111111 ` and go on at
 * once, so there only the account is sure.
 */
export function leadingAccount(lines: readonly string[]): Details | undefined {
  const [first = '', second, ...others] = lines;
  const rest = second === undefined ? [] : [second, ...others];
  const [, account, name = ''] = /^\s*([A-Z]{2}\d{2}[A-Z0-9]{8,30}|\d{9,10})\s+(\S.*)$/.exec(first) ?? [];
  if (account === undefined) return undefined;
  const remark = textOrNull(unwrapped(rest));
  const hasName = second?.trim() === '';
  return {
    counterpartyName: hasName ? textOrNull(name) : null,
    counterpartyAccount: account,
    remark: hasName ? remark : textOrNull(unwrapped([name, ...rest])),
    reference: null,
    dialect: 'leading account',
  };
}

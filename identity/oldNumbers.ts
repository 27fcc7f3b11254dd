const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** An organisation code (组织机构代码, GB 11714-1997) of nine characters without its hyphen: the last checks the eight before it. */
export function organisationCheck(code: string): boolean {
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(code) || /^(.)\1*$/.test(code)) return false;
  let sum = 0;
  for (const [at, weight] of ORGANISATION_WEIGHTS.entries())
    sum += Number.parseInt(code.charAt(at), 36) * weight;
  const rest = 11 - (sum % 11);
  return code.charAt(8) === (rest === 10 ? 'X' : rest === 11 ? '0' : String(rest));
}

/** A registration number (工商注册号) of 15 digits: region, serial number and a check digit by ISO 7064 MOD 11,10 (GS 15-2006). */
export function registrationCheck(code: string): boolean {
  if (!/^[1-9]\d{14}$/.test(code)) return false;
  let product = 10;
  for (const digit of code.slice(0, 14)) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (product + Number(code.charAt(14))) % 10 === 1;
}

import { type Details, textOrNull, unwrapped } from './text';

/**
 * Texts with labels in words. mBank (Poland): `Z RACH.: account; OD: name; TYT.: remark; TNR: …`, to others `NA RACH.:` and
 * `DLA:`. PostFinance: `GIRO AUS ONLINE-SIC … AUFTRAGGEBER: name and address MITTEILUNGEN: remark`, also in French and Italian.
 */
const LABELS: readonly { name: keyof Found; pattern: RegExp }[] = [
  { name: 'account', pattern: /(?:Z|NA) RACH\.?:/ },
  { name: 'party', pattern: /(?:OD|DLA):/ },
  { name: 'remark', pattern: /TYT(?:\.|UŁEM|ULEM)?:/ },
  { name: 'end', pattern: /TNR:|ID IPH:/ },
  { name: 'party', pattern: /AUFTRAGGEBER:|DONNEUR D'ORDRE:|ORDINANTE:|BEGÜNSTIGTER:|BENEFICIAIRE:/ },
  { name: 'remark', pattern: /MITTEILUNGEN:|COMMUNICATIONS:|COMUNICAZIONI:/ },
  { name: 'end', pattern: /REFERENZEN:|REFERENCES:/ },
];
const ANY = new RegExp(`\\b(${LABELS.map(({ pattern }) => pattern.source).join('|')})`);

interface Found {
  account: string;
  party: string;
  remark: string;
  end: string;
}

export function labelled(lines: readonly string[]): Details | undefined {
  const text = unwrapped(lines);
  const [, ...parts] = text.split(ANY);
  const found: Partial<Found> = {};
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const label = LABELS.find(({ pattern }) =>
      new RegExp(`^(?:${pattern.source})$`).test(parts[index] ?? ''),
    );
    if (label && found[label.name] === undefined) found[label.name] = parts[index + 1] ?? '';
  }
  if (found.party === undefined && found.account === undefined) return undefined;
  const value = (part: string | undefined) => textOrNull(textOrNull(part)?.replace(/ ?;$/, ''));
  return {
    counterpartyName: value(found.party),
    counterpartyAccount: value(found.account)?.replace(/\s/g, '') ?? null,
    remark: value(found.remark) ?? textOrNull(text),
    reference: null,
    dialect: 'labelled',
  };
}

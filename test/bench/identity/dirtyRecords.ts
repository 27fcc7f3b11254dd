import { Random } from '../../../demo/company/random';
import type { CustomerRecord } from '../../../identity/resolve/records';
import { type CodeDirt, dirtyCode, dirtyName, type NameDirt } from './dirt';
import { makeUniverse, type TrueCompany } from './universe';

/** A record with the company that it is of. */
export interface Labelled {
  record: CustomerRecord;
  company: number;
  nameDirt: NameDirt;
  codeDirt: CodeDirt;
}

/** Records of ERP, CRM, bureau and payers over a made register, about so many; some companies of the register have none. */
export function dirtyRecords(seed: number, about: number): Labelled[] {
  const random = Random.for(seed, 'identity');
  const all: Labelled[] = [];
  const companies = makeUniverse(random, Math.round(about / 2.4));
  for (const company of companies) {
    const add = (kind: string, connection: string, known: Partial<CustomerRecord> = {}): void => {
      const { name, dirt: nameDirt } = dirtyName(random, company);
      const { code, dirt: codeDirt } = dirtyCode(random, company);
      const sourceId = `${random.int(100_000, 999_999)}-${all.length}`;
      all.push({
        record: {
          id: `${connection}:${sourceId}`,
          connection,
          sourceId,
          kind,
          name,
          shortName: random.chance(0.3) ? company.place + company.brand : null,
          formerNames: [],
          creditCode: code,
          ...known,
        },
        company: company.company,
        nameDirt: known.name === undefined ? nameDirt : 'clean',
        codeDirt: known.creditCode === undefined ? codeDirt : 'clean',
      });
    };
    if (random.chance(0.15)) continue; // registered, but nobody's customer
    if (random.chance(0.85)) add('erp', 'erp');
    if (random.chance(0.12)) add('erp', 'erp');
    if (random.chance(0.75)) add('crm', 'crm');
    if (random.chance(0.1)) add('crm', 'crm');
    if (random.chance(0.3)) add('bureau', 'qcc', bureauOf(company));
    if (random.chance(0.6)) all.push(payerOf(random, company));
  }
  return distinct(random.shuffled(all));
}

const bureauOf = ({ name, formerName, code }: TrueCompany): Partial<CustomerRecord> => ({
  name,
  shortName: null,
  creditCode: code,
  formerNames: formerName === null ? [] : [formerName],
});

/** A bank writes the registered name, sometimes in its own spelling; slow banks still the former one. */
function payerOf(random: Random, company: TrueCompany): Labelled {
  const { place, brand, trade, form, branch, formerName } = company;
  const [name, nameDirt] = random.weighted<readonly [string, NameDirt]>([
    [[company.name, 'clean'], 80],
    [[place === '' || branch !== '' ? company.name : `${brand}${trade}（${place}）${form}`, 'brackets'], 8],
    [[formerName ?? company.name, formerName === null ? 'clean' : 'former name'], 12],
  ]);
  const record: CustomerRecord = {
    id: `bank:payer:${name}`,
    connection: 'bank',
    sourceId: `payer:${name}`,
    kind: 'payer',
    name,
    shortName: null,
    formerNames: [],
    creditCode: null,
  };
  return { record, company: company.company, nameDirt, codeDirt: 'none' };
}

const distinct = (all: readonly Labelled[]): Labelled[] => [
  ...new Map(all.map((one) => [one.record.id, one])).values(),
];

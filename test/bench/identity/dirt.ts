import { Converter } from 'opencc-js/cn2t';
import type { Random } from '../../../demo/company/random';
import type { TrueCompany } from './universe';

/** What was done to a name. */
export type NameDirt =
  | 'clean'
  | 'full width'
  | 'brackets'
  | 'traditional'
  | 'legal form'
  | 'form left out'
  | 'place longer'
  | 'place left out'
  | 'note'
  | 'former name'
  | 'short name'
  | 'wrong character';

export type CodeDirt = 'clean' | 'none' | 'written otherwise' | 'O for 0' | 'old number' | 'wrong character';

const toTraditional = Converter({ from: 'cn', to: 'tw' });
const WRONG = '洪鸿虹欣新心胜圣晟森申深升生瑞锐睿蕊康慷抗';

const NAME_MIX: readonly (readonly [NameDirt, number])[] = [
  ['clean', 40],
  ['full width', 8],
  ['brackets', 9],
  ['traditional', 6],
  ['legal form', 7],
  ['form left out', 6],
  ['place longer', 9],
  ['place left out', 3],
  ['note', 4],
  ['former name', 3],
  ['short name', 2],
  ['wrong character', 3],
];
const CODE_MIX: readonly (readonly [CodeDirt, number])[] = [
  ['clean', 60],
  ['none', 22],
  ['written otherwise', 8],
  ['O for 0', 4],
  ['old number', 3],
  ['wrong character', 3],
];

/** A company's name as one system has it. */
export function dirtyName(random: Random, company: TrueCompany): { name: string; dirt: NameDirt } {
  const dirt = random.weighted(NAME_MIX);
  const name = spoil(random, company, dirt);
  return name === null || name === company.name
    ? { name: company.name, dirt: 'clean' }
    : { name: random.chance(0.1) ? blanks(random, name) : name, dirt };
}

function spoil(random: Random, company: TrueCompany, dirt: NameDirt): string | null {
  const { place, province, brand, trade, form, branch, name, formerName } = company;
  const body = brand + trade;
  if (dirt === 'full width')
    return blanks(random, place === '' || branch !== '' ? name : `${body}（${place}）${form}`);
  if (dirt === 'brackets') {
    if (place === '' || branch !== '') return name;
    const way = random.int(1, 4);
    if (way === 1) return `${body}(${place})${form}`;
    if (way === 2) return `${brand}【${place}】${trade}${form}`;
    return way === 3 ? `${body}${place}${form}` : `${body}[${place}] ${form}`;
  }
  if (dirt === 'traditional') return toTraditional(name);
  if (dirt === 'legal form') {
    if (form === '有限公司')
      return place + body + random.pick(['有限责任公司', '有限公司 ', '公司']) + branch;
    if (form === '有限责任公司') return place + body + random.pick(['有限公司', '公司']) + branch;
    if (form === '股份有限公司') return place + body + random.pick(['股份公司', '公司']) + branch;
    return form === '集团有限公司' ? `${place}${body}(集团)有限公司${branch}` : null;
  }
  if (dirt === 'form left out') return form === '厂' || branch !== '' ? null : place + body;
  if (dirt === 'place longer') {
    if (place === '') return null;
    if (province === place) return `${place}市${body}${form}${branch}`;
    return `${random.pick([`${place}市`, `${province}省${place}市`, province + place])}${body}${form}${branch}`;
  }
  if (dirt === 'place left out') return body + form + branch;
  if (dirt === 'note') return name + random.pick(['（停用）', '(旧)', '-作废', '(美元)']);
  if (dirt === 'former name') return formerName;
  if (dirt === 'short name') return branch === '' ? place + brand : null;
  if (dirt === 'wrong character') {
    const at = place.length + random.int(0, brand.length - 1);
    return name.slice(0, at) + random.pick([...WRONG]) + name.slice(at + 1);
  }
  return name;
}

function blanks(random: Random, name: string): string {
  const at = random.int(1, name.length - 1);
  return name.slice(0, at) + random.pick([' ', '　']) + name.slice(at);
}

/** A company's code as one system has it; null if it has none. */
export function dirtyCode(random: Random, { code }: TrueCompany): { code: string | null; dirt: CodeDirt } {
  const dirt = random.weighted(CODE_MIX);
  if (dirt === 'none') return { code: null, dirt };
  if (dirt === 'written otherwise')
    return {
      code: random.pick([
        code.toLowerCase(),
        `${code.slice(0, 8)} ${code.slice(8)}`,
        `${code.slice(0, 8)}-${code.slice(8, 17)}-${code.slice(17)}`,
        [...code].map((character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join(''),
      ]),
      dirt,
    };
  if (dirt === 'O for 0') {
    const pairs = [
      ['0', 'O'],
      ['1', 'I'],
      ['2', 'Z'],
      ['5', 'S'],
      ['8', 'B'],
      ['0', 'D'],
    ].filter(([from = '']) => code.includes(from));
    const [from = '', to = ''] = random.pick(pairs.length > 0 ? pairs : [['9', '9']]);
    const places = [...code].flatMap((character, at) => (character === from ? [at] : []));
    const at = random.pick(places);
    return { code: code.slice(0, at) + to + code.slice(at + 1), dirt };
  }
  if (dirt === 'old number') return { code: code.slice(2, 17), dirt };
  if (dirt === 'wrong character') {
    const at = random.int(8, 16);
    const other = random.pick([...'0123456789'].filter((digit) => digit !== code.charAt(at)));
    return { code: code.slice(0, at) + other + code.slice(at + 1), dirt };
  }
  return { code, dirt };
}

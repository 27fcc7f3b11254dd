import { readEnglish } from './englishName';
import { bodyOf, legalFormOf } from './legalForms';
import { placeAtStart, placeOf } from './places';
import { isChinese, written } from './spelling';
import { TRADES } from './words/tradeWords';

/** A company's name in its parts. Two names of one `key` are one name written in two ways. */
export interface CompanyName {
  /** Place (行政区划) without 省, 市, 县 and without what it lies in; '' if the name has none. */
  place: string;
  /** Brand (字号) and trade (行业), and the kind of body (厂, 医院) where the name ends with one. */
  core: string;
  brand: string;
  trade: string;
  /** Legal form (组织形式), one word for all its spellings; '' if the name has none. */
  form: string;
  /** Neither a legal form nor a kind of body, or one like 公司 that leaves open which. */
  isFormOpen: boolean;
  /** 合肥分公司: a branch has a licence of its own and is not its parent. */
  branch: string;
  isChinese: boolean;
  /** Place, core, form and branch, in this order wherever they stood in the name. */
  key: string;
}

/** Notes that people leave in a name field: they are no part of the name. */
const NOTE =
  /^(已?停用|已?作废|禁用|勿用|不用|不再使用|老|旧|新|原|已?注销|已?更名|重复|客户|供应商|月结|现金|含税|不含税|人民币|美元|外币|RMB|CNY|USD)$/;
const NOTE_AT_END = /[-—_]?(已?停用|已?作废|勿用|已注销)$/;
const BRANCH =
  /^(.{2,}?(?:公司|集团|厂|医院|银行|学院|大学|研究院|研究所|事务所|合作社))\(?(.{0,14}?(?:分公司|分厂|分行|支行|分店|分院|分所|支公司|分社|办事处|营业部|门市部|销售部|经营部|服务部|项目部|事业部|分部|第[一二三四五六七八九十]+厂))\)?$/;
const BRANCH_ALONE = /(分公司|分厂|分行|支行|支公司|办事处)$/;
/** What stands between words and says nothing. */
const MARKS = /[\s·•・.,，。、;；:：'"“”‘’`*#!！?？~～_\-‐‑–—/\\|+=^$@%°]/g;

const trades = new Set(TRADES);
const LONGEST_TRADE = 6;

/** Reads a name. Names in Latin letters have neither place nor trade. */
export function readCompanyName(name: string): CompanyName {
  const text = written(name);
  if (!isChinese(text)) return readLatin(text);
  const plain = text.replace(NOTE_AT_END, '').replace(MARKS, '');
  const [, parent, branch] = BRANCH.exec(withoutNotes(plain)) ?? [];
  const read = readParts(withoutNotes(parent ?? plain));
  const ownBranch = branch === undefined ? (BRANCH_ALONE.exec(plain)?.[0] ?? '') : branchName(branch);
  return { ...read, branch: ownBranch, isChinese: true, key: keyOf({ ...read, branch: ownBranch }) };
}

/** Key of parts; `place` and `form` may be left out ('') to ask who has the rest. */
const keyOf = ({
  place,
  core,
  form,
  branch,
}: Pick<CompanyName, 'place' | 'core' | 'form' | 'branch'>): string =>
  `${place}|${core}|${form}${branch === '' ? '' : `#${branch}`}`;

function readLatin(text: string): CompanyName {
  const { core, form } = readEnglish(text);
  const parts = { place: '', core, form, branch: '' };
  return { ...parts, brand: core, trade: '', isFormOpen: form === '', isChinese: false, key: keyOf(parts) };
}

const withoutNotes = (text: string): string =>
  text.replace(/\(([^()]*)\)/g, (whole, content: string) => (NOTE.test(content) ? '' : whole));

type Parts = Omit<CompanyName, 'branch' | 'key' | 'isChinese'>;

function readParts(text: string): Parts {
  const inBrackets: string[] = [];
  let rest = text
    .replace(/\(([^()]*)\)/g, (_, content: string) => {
      const place = placeOf(content);
      if (place === null) return content;
      inBrackets.push(place);
      return '';
    })
    .replace(/[()]/g, '');
  let place = '';
  const start = placeAtStart(rest);
  if (start && isNamed(rest.slice(start.length))) {
    place = start.place;
    rest = rest.slice(start.length);
  }
  const form = legalFormOf(rest);
  let core = form ? rest.slice(0, rest.length - form.text.length) : rest;
  if (place === '') place = inBrackets.shift() ?? '';
  if (place === '') [core, place] = placeAtEnd(core);
  const others = inBrackets.filter((other) => other !== place);
  const [brand, trade] = splitCore(core);
  return {
    place,
    core: core + others.map((other) => `(${other})`).join(''),
    brand,
    trade,
    form: form?.form ?? '',
    isFormOpen: form === null ? bodyOf(core) === null : form.isOpen,
  };
}

/** Whether a name is left when the place falls away: of 北京公司 nothing would be. */
function isNamed(rest: string): boolean {
  const form = legalFormOf(rest);
  return rest.length - (form?.text.length ?? 0) >= 2;
}

/** 灵动传媒科技绍兴有限公司: brackets around the place were lost. */
function placeAtEnd(core: string): [core: string, place: string] {
  for (const length of [3, 2]) {
    const place = core.length - length < 4 ? null : placeOf(core.slice(-length));
    if (place !== null) return [core.slice(0, -length), place];
  }
  return [core, ''];
}

/** Trade words at the end, as long as a brand of two characters is left. */
function splitCore(core: string): [brand: string, trade: string] {
  const end = bodyOf(core) ?? '';
  let at = core.length - end.length;
  for (let found = true; found; ) {
    found = false;
    for (let length = Math.min(LONGEST_TRADE, at - 2); length >= 2 && !found; length--) {
      if (!trades.has(core.slice(at - length, at))) continue;
      at -= length;
      found = true;
    }
  }
  return [core.slice(0, at), core.slice(at)];
}

/** 合肥市分公司 and 合肥分公司 are one branch. */
function branchName(branch: string): string {
  const found = placeAtStart(branch);
  return found ? found.place + branch.slice(found.length) : branch;
}

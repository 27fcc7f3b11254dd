import type { Random } from '../../../demo/company/random';
import { checkCharacter } from '../../../identity/creditCode';

/** A company that exists: what its register says. */
export interface TrueCompany {
  company: number;
  province: string;
  place: string;
  brand: string;
  trade: string;
  form: string;
  branch: string;
  name: string;
  formerName: string | null;
  code: string;
}

const BRANDS = [
  ...'恒力宏达华星兴鑫盛源泰隆昌瑞祥康安信诚博远腾飞龙凤凯旋嘉美科海天地金银铜宝玉江河湖山林森木川岳峰云雷电光明辉耀景春夏秋冬东南西北中正大方圆通顺利民和平友联合众志成创新开拓进步先锋荣誉冠亚德仁义礼智勇毅精益工匠神州九五三六八百千万亿',
];
const TRADES = (
  '精密机械 机械制造 电子科技 电子 自动化设备 液压机械 数控机床 包装机械 食品机械 智能装备 减速机 压缩机 泵业 阀门 模具 工程机械 注塑机械 ' +
  '环保设备 矿山机械 输送设备 汽车零部件 轴承 机器人 激光设备 电机 机电设备 五金制品 金属制品 塑料制品 新材料 化工 电气 仪器仪表 商贸 贸易 ' +
  '实业 科技 网络科技 信息技术 工贸 建材 纺织 服饰 印刷 物流 进出口 电力设备'
).split(' ');
const PLACES: readonly (readonly [province: string, place: string])[] = (
  '江苏:苏州 无锡 常州 南通 昆山 江阴 张家港 常熟 扬州|浙江:杭州 宁波 嘉兴 绍兴 台州 温州 义乌 慈溪|广东:广州 深圳 东莞 佛山 中山 珠海|山东:济南 青岛 烟台 潍坊|' +
  '福建:厦门 福州 泉州|安徽:合肥 芜湖|湖北:武汉 襄阳|湖南:长沙 株洲|四川:成都 绵阳|河南:郑州 洛阳|辽宁:沈阳 大连|河北:石家庄 唐山|陕西:西安|上海:上海|北京:北京|天津:天津|重庆:重庆'
)
  .split('|')
  .flatMap((line) => {
    const [province = '', places = ''] = line.split(':');
    return places.split(' ').map((place) => [province, place] as const);
  });
const FORMS = [
  ['有限公司', 82],
  ['有限责任公司', 6],
  ['股份有限公司', 7],
  ['集团有限公司', 3],
  ['厂', 2],
] as const;

/**
 * Companies of a made register, with the neighbours that make a name no proof: one brand in two cities, brands one character apart in one
 * city, other trades and branches of one brand, a group beside its company, a limited company beside the stock company of its name.
 */
export function makeUniverse(random: Random, count: number): TrueCompany[] {
  const companies: TrueCompany[] = [];
  const taken = new Set<string>();
  while (companies.length < count) {
    const other = companies.length > 10 && random.chance(0.34) ? random.pick(companies) : null;
    const parts = other && other.branch === '' ? neighbourOf(random, other) : freshParts(random);
    const name = nameOf(parts);
    if (taken.has(sameName(parts))) continue;
    taken.add(sameName(parts));
    companies.push({
      ...parts,
      company: companies.length,
      name,
      formerName: formerNameOf(random, parts, taken),
      code: codeOf(random),
    });
  }
  return companies;
}

type Parts = Pick<TrueCompany, 'province' | 'place' | 'brand' | 'trade' | 'form' | 'branch'>;

/** A register does not give one name twice: 有限公司 and 有限责任公司 of one name cannot both be. */
const sameName = ({ place, brand, trade, form, branch }: Parts): string =>
  [place, brand, trade, form.replace('责任', ''), branch].join('|');

const nameOf = ({ place, brand, trade, form, branch }: Parts): string =>
  place + brand + trade + form + branch;

function freshParts(random: Random): Parts {
  const [province, place] = random.pick(PLACES);
  const form = random.weighted(FORMS);
  return {
    province,
    place: random.chance(0.06) ? '' : place,
    brand: Array.from({ length: random.chance(0.2) ? 3 : 2 }, () => random.pick(BRANDS)).join(''),
    trade: random.pick(TRADES),
    form,
    branch: '',
  };
}

function neighbourOf(random: Random, other: Parts): Parts {
  const [province, place] = random.pick(PLACES);
  const parts: Parts = { ...other, branch: '' };
  const kind = random.weighted([
    ['city', 40],
    ['near', 22],
    ['trade', 14],
    ['branch', 14],
    ['group', 4],
    ['form', 3],
    ['national', 3],
  ]);
  if (kind === 'city') return { ...parts, province, place };
  if (kind === 'near') {
    const at = random.int(0, other.brand.length - 1);
    return { ...parts, brand: other.brand.slice(0, at) + random.pick(BRANDS) + other.brand.slice(at + 1) };
  }
  if (kind === 'trade') return { ...parts, trade: random.pick(TRADES) };
  if (kind === 'branch') return { ...parts, branch: `${place}分公司` };
  if (kind === 'group') return { ...parts, form: '集团有限公司' };
  if (kind === 'form') return { ...parts, form: other.form === '有限公司' ? '股份有限公司' : '有限公司' };
  return { ...parts, place: '' };
}

function formerNameOf(random: Random, parts: Parts, taken: Set<string>): string | null {
  if (!random.chance(0.08) || parts.branch !== '') return null;
  const former = random.chance(0.5)
    ? { ...parts, trade: random.pick(TRADES) }
    : { ...parts, brand: random.pick(BRANDS) + random.pick(BRANDS) };
  if (taken.has(sameName(former))) return null;
  taken.add(sameName(former));
  return nameOf(former);
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const REGIONS = ['320505', '320594', '330102', '310115', '440300', '370202', '350203', '420106'];

/** A code whose organisation code and check characters fit, as real ones do. */
function codeOf(random: Random): string {
  const body = random.chance(0.7)
    ? `MA${Array.from({ length: 6 }, () => random.pick([...ALPHABET])).join('')}`
    : String(random.int(10_000_000, 79_999_999));
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + DIGITS.indexOf(body.charAt(at)) * weight, 0);
  const rest = 11 - (sum % 11);
  const first17 = `91${random.pick(REGIONS)}${body}${rest === 10 ? 'X' : rest === 11 ? '0' : rest}`;
  return first17 + checkCharacter(first17);
}

import type { Random } from './random';

/** Two characters make a brand. Chosen to sound like a factory and to be unlike the well-known names. */
const FIRST = '澜沐禾朔岚屹煜峪泓骁铖锐昱栩桓珩璟垚堃钧铄淇汐湛瀚嵘峥岑昊晟曜旻勖励勤恪谨';
const SECOND = '川岩越拓驰腾途创达凯辰霖昌跃峰铭泽源茂翔宸浦湾石田海弘佑诺翰旭禹衡毅益';
const TRADES = [
  '精密机械',
  '传动科技',
  '自动化设备',
  '液压机械',
  '数控机床',
  '包装机械',
  '纺织机械',
  '食品机械',
  '智能装备',
  '减速机',
  '压缩机',
  '风机制造',
  '泵业',
  '阀门',
  '模具',
  '工程机械',
  '注塑机械',
  '印刷机械',
  '环保设备',
  '矿山机械',
  '输送设备',
  '电梯部件',
  '汽车零部件',
  '轴承',
  '机器人',
  '激光设备',
  '农业机械',
  '木工机械',
  '起重机械',
  '电机',
];
const SUFFIXES = [
  ['有限公司', 88],
  ['股份有限公司', 6],
  ['集团有限公司', 2],
  ['（集团）有限公司', 1],
  ['有限责任公司', 3],
] as const;

export interface CompanyName {
  name: string;
  shortName: string;
}

/** A Chinese business name by combination: place, brand, trade, legal form; sometimes the place in brackets. */
export function companyName(random: Random, city: string): CompanyName {
  const brand = random.pick([...FIRST]) + random.pick([...SECOND]);
  const trade = random.pick(TRADES);
  const suffix = random.weighted(SUFFIXES);
  const name = random.weighted<string>([
    [`${city}${brand}${trade}${suffix}`, 68],
    [`${city}市${brand}${trade}${suffix}`, 14],
    [`${brand}${trade}（${city}）${suffix.replace('（集团）', '')}`, 10],
    [`${brand}（${city}）${trade}${suffix.replace('（集团）', '')}`, 8],
  ]);
  return { name, shortName: `${brand}${trade.slice(0, 2)}` };
}

/** What two spellings of one name have in common: width, brackets, blanks and the legal form fall away. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s()]/g, '')
    .replace(/(集团)?(股份|责任)*有限(责任)?公司$/, '')
    .toUpperCase();

export const halfWidthBrackets = (name: string): string => name.replaceAll('（', '(').replaceAll('）', ')');
export const fullWidthBrackets = (name: string): string => name.replaceAll('(', '（').replaceAll(')', '）');
export const withoutLegalForm = (name: string): string => name.replace(/(股份)?有限(责任)?公司$/, '');

const FAMILY = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹';
const GIVEN = [
  '建军',
  '志强',
  '海燕',
  '晓东',
  '丽华',
  '永强',
  '国庆',
  '文斌',
  '秀兰',
  '明辉',
  '春生',
  '红梅',
  '伟民',
  '雪峰',
  '桂英',
  '立新',
];

export const personName = (random: Random): string => random.pick([...FAMILY]) + random.pick(GIVEN);

/** A legal form as a name ends with it. Names of one form are comparable, `open` ones may stand for several. */
export interface LegalForm {
  text: string;
  form: string;
  /** Says less than the registered form: 公司 may be 有限公司 or 股份有限公司, 集团 any of a group's. */
  isOpen: boolean;
}

/** Chinese endings, longest first. 有限公司 and 有限责任公司 are one form (Company Law art. 7). */
const FORMS: readonly LegalForm[] = (
  [
    ['集团有限责任公司', '集团有限'],
    ['集团股份有限公司', '集团股份'],
    ['控股有限责任公司', '控股有限'],
    ['控股股份有限公司', '控股股份'],
    ['股份有限责任公司', '股份'],
    ['股份有限公司', '股份'],
    ['有限责任总公司', '有限'],
    ['有限责任公司', '有限'],
    ['集团有限公司', '集团有限'],
    ['集团股份公司', '集团股份'],
    ['控股有限公司', '控股有限'],
    ['股份合作公司', '股份合作'],
    ['有限合伙企业', '有限合伙'],
    ['普通合伙企业', '普通合伙'],
    ['个人独资企业', '个人独资'],
    ['集团总公司', '集团'],
    ['有限公司', '有限'],
    ['有限责任', '有限'],
    ['股份公司', '股份'],
    ['集团公司', '集团'],
    ['控股公司', '控股'],
    ['有限合伙', '有限合伙'],
    ['普通合伙', '普通合伙'],
    ['个人独资', '个人独资'],
    ['总公司', '公司'],
    ['集团', '集团'],
    ['股份', '股份'],
    ['公司', '公司'],
    ['有限', '有限'],
  ] as const
).map(([text, form]) => ({ text, form, isOpen: ['公司', '集团', '控股'].includes(form) }));

/** Kinds of bodies that are part of the name itself: without 厂 or 医院 a name is another one. */
const BODIES = [
  '专业合作社',
  '合作社',
  '研究院',
  '研究所',
  '设计院',
  '事务所',
  '工作室',
  '经营部',
  '门市部',
  '服务部',
  '服务中心',
  '服务站',
  '营业部',
  '总厂',
  '医院',
  '学院',
  '大学',
  '学校',
  '中心',
  '商行',
  '商店',
  '商场',
  '超市',
  '药房',
  '诊所',
  '酒店',
  '宾馆',
  '餐厅',
  '美容院',
  '美容店',
  '服装店',
  '银行',
  '协会',
  '厂',
  '店',
  '社',
  '行',
  '馆',
  '坊',
  '院',
  '所',
  '站',
  '部',
];

/** The legal form a name ends with; null if it names none. */
export const legalFormOf = (name: string): LegalForm | null =>
  FORMS.find(({ text }) => name.endsWith(text) && name.length > text.length) ?? null;

/** The kind of body a name ends with (厂, 医院); null if none. */
export const bodyOf = (name: string): string | null =>
  BODIES.find((body) => name.endsWith(body) && name.length > body.length + 1) ?? null;

/** Whether a name with a shorter form may be one with the other: 公司 may be any company, 集团 any of a group's. */
export const mayBeForm = (short: string, form: string): boolean =>
  short === '公司' ? ['有限', '股份'].includes(form) : form.startsWith(short) && form !== short;

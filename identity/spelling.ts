import { Converter } from 'opencc-js/t2cn';

const toSimplified = Converter({ from: 't', to: 'cn' });

/** Full width to half width (NFKC), control and invisible characters out. */
export const halfWidth = (text: string): string =>
  text.normalize('NFKC').replace(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, '');

/** As normal_name() of the models: width, blanks, brackets, capitals. Two names that agree here were always one. */
export const normalName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[【〔]/g, '(')
    .replace(/[】〕]/g, ')')
    .replace(/\s/g, '')
    .toUpperCase();

const OPENING = /[【〔[{<《〈「『]/g;
const CLOSING = /[】〕\]}>》〉」』]/g;

/** Simplified, half width, capitals, one kind of bracket; blanks and the marks between words stay. */
export const written = (name: string): string =>
  toSimplified(halfWidth(name).replace(OPENING, '(').replace(CLOSING, ')')).toUpperCase();

/** Whether a name is written in Chinese: one character is enough. */
export const isChinese = (name: string): boolean => /\p{Script=Han}/u.test(name);

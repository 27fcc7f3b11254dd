import * as z from 'zod/mini';
import type { Lang } from '../format';

/** Words of the hub come in both languages; names out of the data come in one. */
export const label = z.union([z.string(), z.object({ zh: z.string(), en: z.string() })]);
export type Label = z.infer<typeof label>;

export const inLang = (text: Label, lang: Lang) => (typeof text === 'string' ? text : text[lang]);

import { normalName } from '../identity';

export { normalName };

/** What is left when brackets and the legal form fall away: 苏州澜川泵业有限公司 and 苏州澜川泵业股份有限公司 are alike. */
export const plainName = (name: string): string =>
  normalName(name)
    .replace(/[()]/g, '')
    .replace(/(集团)?(股份|责任)*有限(责任)?公司$/, '')
    .replace(/(CO\.?,?)?LTD\.?$/, '');

/** Every text that one deletion makes of this one, and itself: two names are one edit apart when two of theirs meet. */
export function deletions(name: string): string[] {
  const letters = [...name];
  return [
    name,
    ...letters.map((_, at) =>
      letters
        .slice(0, at)
        .concat(letters.slice(at + 1))
        .join(''),
    ),
  ];
}

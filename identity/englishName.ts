/** Legal words of names in Latin letters, as they stand at the end after points and commas fell away, longest first. */
const WORDS: readonly (readonly [string, string])[] = (
  [
    ['GMBH & CO KG', 'gmbhcokg'],
    ['GMBH CO KG', 'gmbhcokg'],
    ['SDN BHD', 'sdnbhd'],
    ['PTE LTD', 'pteltd'],
    ['PTE LIMITED', 'pteltd'],
    ['PTY LTD', 'ptyltd'],
    ['PTY LIMITED', 'ptyltd'],
    ['PVT LTD', 'pvtltd'],
    ['PRIVATE LIMITED', 'pvtltd'],
    ['CO LTD', 'ltd'],
    ['CO LIMITED', 'ltd'],
    ['COMPANY LIMITED', 'ltd'],
    ['COMPANY LTD', 'ltd'],
    ['COLTD', 'ltd'],
    ['L L C', 'llc'],
    ['S A', 'sa'],
    ['A G', 'ag'],
    ['B V', 'bv'],
    ['S P A', 'spa'],
    ['INCORPORATED', 'inc'],
    ['CORPORATION', 'corp'],
    ['FOUNDATION', 'foundation'],
    ['ASSOCIATES', 'associates'],
    ['COMPANY', 'co'],
    ['LIMITED', 'ltd'],
    ['SYSTEMS', 'systems'],
    ['TRUST', 'trust'],
    ['CORP', 'corp'],
    ['GMBH', 'gmbh'],
    ['SARL', 'sarl'],
    ['INC', 'inc'],
    ['LTD', 'ltd'],
    ['LLC', 'llc'],
    ['LLP', 'llp'],
    ['PLC', 'plc'],
    ['SPA', 'spa'],
    ['SRL', 'srl'],
    ['CO', 'co'],
    ['LP', 'lp'],
    ['AG', 'ag'],
    ['SA', 'sa'],
    ['BV', 'bv'],
    ['NV', 'nv'],
    ['OY', 'oy'],
    ['AB', 'ab'],
    ['KG', 'kg'],
    ['KK', 'kk'],
    ['SE', 'se'],
    ['US', 'us'],
    ['IN', 'in'],
  ] as const
).toSorted(([one], [other]) => other.length - one.length);

/** Letters and digits of a name in Latin letters, without its legal word, and that word's form ('' if it has none). */
export function readEnglish(name: string): { core: string; form: string } {
  const words = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/['’`.]/g, '')
    .replace(/&/g, ' & ')
    .replace(/[^\p{L}\p{N}&]+/gu, ' ')
    .trim();
  const [text, form] = WORDS.find(([word]) => words.endsWith(` ${word}`)) ?? ['', ''];
  const core = words.slice(0, words.length - text.length).trim();
  return { core: core.replace(/ /g, ''), form };
}

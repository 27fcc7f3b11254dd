export { LINK_COLUMNS, linkRows } from './linkModel';
export { NAME_COLUMNS, nameRows } from './nameModel';
export { CANDIDATE_COLUMNS, candidateRows } from './candidateModel';
export { nameKey } from './resolve/names';
export { normalName } from './spelling';

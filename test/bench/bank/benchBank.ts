import { join } from 'node:path';
import { type Comparison, compareFolder } from '../../../connectors/bank/goldens';
import { projectFolder } from '../../../warehouse';
import { measureSpeed, type Speed } from './measureSpeed';

const SETS = ['bank-cn', 'bank-cn-corporate', 'bank-camt', 'bank-mt940'];
const LINES = 100_000;

/**
 * `npm run bench -- bank [lines]`: the sets of real bank files against what other programs expect of them, and how fast each kind of
 * file is read. The sets lie beside the project (MILLRACE_REALDATA); those of the fixtures are read where they are not there.
 */
export async function benchBank(lines = LINES): Promise<void> {
  const folders = setFolders();
  const results = folders.map(({ name, folder }) => ({ name, found: compareFolder(folder, 'TEST-ACCOUNT') }));
  console.log(tableOf(results.filter(({ found }) => found.length > 0)));
  for (const { name, found } of results)
    for (const note of found.flatMap(notesOf)) console.log(`${name}/${note}`);
  console.log(`\n${speedTable(await measureSpeed(lines))}`);
}

function setFolders(): { name: string; folder: string }[] {
  const real = process.env.MILLRACE_REALDATA ?? join(projectFolder, '..', 'shared', 'realdata');
  const fixtures = join(projectFolder, 'connectors', 'bank', 'fixtures');
  return [
    ...SETS.map((name) => ({ name, folder: join(real, name) })),
    ...['peers', 'camt', 'mt940'].map((name) => ({ name: `fixtures/${name}`, folder: join(fixtures, name) })),
  ];
}

/** One line per set, as Markdown. */
export function tableOf(sets: readonly { name: string; found: readonly Comparison[] }[]): string {
  const head = [
    'set',
    'files',
    'refused',
    'rows',
    'lines',
    'ignored',
    'rejected',
    'expected',
    'matched',
    'other text',
    'wrong amounts',
  ];
  const body = sets.map(({ name, found }) => {
    const sum = (of: (each: Comparison) => number) => found.reduce((total, each) => total + of(each), 0);
    return [
      name,
      found.length,
      sum(({ refused }) => (refused === null ? 0 : 1)),
      sum(({ rows }) => rows),
      sum(({ entries }) => entries),
      sum(({ ignored }) => ignored),
      sum(({ rejected }) => rejected),
      sum(({ expected }) => expected),
      sum(({ matched }) => matched),
      sum(({ otherTexts }) => otherTexts.length),
      sum(({ wrongAmounts }) => wrongAmounts),
    ];
  });
  return markdown(head, body);
}

/** What is not simply as expected, file by file. */
function notesOf(found: Comparison): string[] {
  if (found.refused !== null) return [`${found.file}: refused: ${found.refused}`];
  const notes = found.otherTexts.map((text) => `${found.file}: ${text}`);
  if (found.isExpectedKnown && found.more.length > 0)
    notes.push(
      `${found.file}: lines ${found.more.join(', ')} are not expected: the other program leaves them out`,
    );
  if (found.rejected > 0)
    notes.push(`${found.file}: ${found.rejected} rows rejected, with their lines and reasons`);
  return notes;
}

function speedTable(speeds: readonly Speed[]): string {
  const body = speeds.map(({ what, lines, megabytes, seconds, cpuSeconds }) => [
    what,
    lines.toLocaleString('en'),
    megabytes.toFixed(1),
    seconds.toFixed(2),
    cpuSeconds.toFixed(2),
    Math.round(lines / cpuSeconds).toLocaleString('en'),
  ]);
  return markdown(['read', 'lines', 'MB', 'wall s', 'CPU s', 'lines per CPU s'], body);
}

const markdown = (head: readonly string[], body: readonly (string | number)[][]): string =>
  [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');

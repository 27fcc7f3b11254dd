import type {
  ColumnDescription,
  ModelsDescription,
  TableDescription,
  TestDescription,
} from '../../warehouse';
import type { Text } from '../metrics';
import { docsWords as words } from '../words/docs';
import { escaped } from './escaped';
import { graphOf } from './graph';
import { SCRIPT, STYLE } from './looks';

const GROUPS: readonly [Text, (table: TableDescription) => boolean][] = [
  [words.marts, ({ name, kind }) => kind === 'model' && name.startsWith('marts.')],
  [words.core, ({ name, kind }) => kind === 'model' && !name.startsWith('marts.')],
  [words.staging, ({ kind }) => kind === 'staging'],
  [words.seeds, ({ kind }) => kind === 'seed'],
  [words.streams, ({ kind }) => kind === 'stream'],
];

/** Fields of sources shown before the rest folds away: a sum over settlements has dozens. */
const SHOWN_FIELDS = 6;

/** The documentation of all models as one HTML file that needs nothing else: no network, no server. */
export function modelsPage(description: ModelsDescription): string {
  const { tables } = description;
  const known = new Set(tables.map(({ name }) => name));
  const groups = GROUPS.map(([title, isOf]) => {
    const own = tables.filter(isOf);
    return own.length === 0
      ? ''
      : `<h2>${both(title)}</h2>\n${own.map((table) => article(table, known)).join('\n')}`;
  });
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.title.zh} · ${words.title.en}</title><style>${STYLE}</style></head>
<body>
<header><h1>${both(words.title)}</h1>${facts(generationFacts(description))}</header>
<main>
<h2>${both(words.graph)}</h2><p class="soft">${both(words.graphHint)}</p>
<div class="scroll">${graphOf(tables)}</div>
<input type="search" placeholder="${words.filter.zh} · ${words.filter.en}" aria-label="${words.filter.en}">
${groups.join('\n')}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function generationFacts({ generation, asOfDate, builtAt, seconds }: ModelsDescription): [Text, string][] {
  if (generation === null) return [[words.notBuilt, '']];
  return [
    [words.generation, String(generation)],
    [words.asOf, asOfDate ?? ''],
    [words.builtAt, builtAt ?? ''],
    [words.seconds, (seconds ?? 0).toFixed(2)],
  ];
}

function article(table: TableDescription, known: ReadonlySet<string>): string {
  const { name, what, grain, key, columns, sources, readers, incremental, lastBuild, tests, sql } = table;
  const links = (names: readonly string[]) =>
    names
      .map((each) => (known.has(each) ? `<a href="#${escaped(each)}">${escaped(each)}</a>` : escaped(each)))
      .join(', ');
  const lines: [Text, string][] = [];
  if (grain !== '') lines.push([words.grain, escaped(grain)]);
  if (key.length > 0) lines.push([words.key, `<code>${escaped(key.join(', '))}</code>`]);
  if (incremental !== null) lines.push([words.incremental, `<code>${escaped(incremental)}</code>`]);
  if (sources.length > 0) lines.push([words.sources, links(sources)]);
  if (readers.length > 0) lines.push([words.readers, links(readers)]);
  if (lastBuild) {
    const { generation, rows, seconds, method } = lastBuild;
    const how = method === 'incremental' ? words.partly : words.full;
    lines.push([
      words.lastBuild,
      `${generation} · ${rows.toLocaleString('en')} ${both(words.rows)} · ${seconds.toFixed(3)} s · ${both(how)}`,
    ]);
  }
  const text = [name, what, ...columns.map((column) => `${column.name} ${column.comment}`)]
    .join(' ')
    .toLowerCase();
  return `<article id="${escaped(name)}" data-text="${escaped(text)}"><h3>${escaped(name)}</h3><p>${escaped(what)}</p>
${lines.map(([label, value]) => `<p><small>${both(label)}</small> ${value}</p>`).join('\n')}
${columns.length > 0 ? columnTable(columns) : ''}${tests.length > 0 ? testTable(tests) : ''}
${sql === null ? '' : `<details><summary>${both(words.sql)}</summary><pre>${escaped(sql)}</pre></details>`}</article>`;
}

function columnTable(columns: readonly ColumnDescription[]): string {
  const rows = columns.map(
    ({ name, type, comment, from, streams, level }) =>
      `<tr><td class="name">${escaped(name)}</td><td class="name">${escaped(type ?? '')}</td><td>${escaped(comment)}</td><td class="fields">${folded(from)}</td><td class="fields">${folded(streams)}${level === 'table' ? ` <i>${both(words.rowsOnly)}</i>` : ''}</td></tr>`,
  );
  const heads = [words.column, words.type, words.meaning, words.from, words.fields].map(
    (head) => `<th>${both(head)}</th>`,
  );
  return `<details><summary>${both(words.columns)} (${columns.length})</summary><table><tr>${heads.join('')}</tr>${rows.join('')}</table></details>`;
}

/** A long list shows its beginning; the rest unfolds. */
function folded(names: readonly string[]): string {
  const shown = escaped(names.slice(0, SHOWN_FIELDS).join(', '));
  if (names.length <= SHOWN_FIELDS) return shown;
  return `${shown}<details><summary>+ ${names.length - SHOWN_FIELDS}</summary>${escaped(names.slice(SHOWN_FIELDS).join(', '))}</details>`;
}

function testTable(tests: readonly TestDescription[]): string {
  const failed = tests.filter(({ returnedRows }) => returnedRows !== null && returnedRows > 0).length;
  const rows = tests.map(
    (test) =>
      `<tr><td class="name">${escaped(test.name)}</td><td>${escaped(test.what)}</td><td>${resultOf(test)}</td></tr>`,
  );
  const mark = failed > 0 ? ` <span class="bad">${failed}</span>` : '';
  return `<details${failed > 0 ? ' open' : ''}><summary>${both(words.tests)} (${tests.length})${mark}</summary><table><tr><th></th><th>${both(words.test)}</th><th>${both(words.result)}</th></tr>${rows.join('')}</table></details>`;
}

function resultOf({ returnedRows, testedAt }: TestDescription): string {
  if (returnedRows === null) return `<span class="soft">${both(words.notRun)}</span>`;
  const at = testedAt === null ? '' : ` <small>${escaped(testedAt.slice(0, 19))}</small>`;
  if (returnedRows > 0) return `<span class="bad">${both(words.broken(returnedRows))}</span>${at}`;
  return `<span class="good">${both(words.holds)}</span>${at}`;
}

const facts = (lines: readonly [Text, string][]) =>
  `<ul class="facts">${lines.map(([label, value]) => `<li><small>${both(label)}</small> ${escaped(value)}</li>`).join('')}</ul>`;

const both = ({ zh, en }: Text) => (zh === en ? zh : `${zh} <small>${en}</small>`);

// UI.md § 9: what a page costs before and with its charts, gzipped.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const assets = new URL('../dist/assets/', import.meta.url).pathname;
const BEFORE_CHARTS_KB = 270;
const IN_ALL_KB = 500;

export function checkBudget(check) {
  const html = readFileSync(`${assets}../index.html`, 'utf8');
  const files = readdirSync(assets);
  const frame = files.filter((file) => html.includes(file));
  const kB = (list) =>
    Math.round(
      [...new Set(list)].reduce((sum, file) => sum + gzipSync(readFileSync(assets + file)).length / 1000, 0),
    );
  const pages = files.filter((file) => /^\w+Page-.*\.js$/.test(file));
  const charts = files
    .filter((file) => /^(Chart|echarts)-/.test(file))
    .flatMap((file) => [file, ...importsOf(file)]);
  for (const page of pages) {
    const first = [...frame, page, ...importsOf(page)];
    check(kB(first) < BEFORE_CHARTS_KB, `${page}: ${kB(first)} kB before charts (frame ${kB(frame)})`);
    check(kB([...first, ...charts]) < IN_ALL_KB, `${page}: ${kB([...first, ...charts])} kB with charts`);
  }
}

/** What a chunk imports at once, and what those import. */
function importsOf(file, seen = new Set()) {
  const code = readFileSync(assets + file, 'utf8');
  for (const [, name] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
    if (seen.has(name)) continue;
    seen.add(name);
    importsOf(name, seen);
  }
  return [...seen];
}

/** The page's own style sheet and script: it must read the same from a disk without a network. */
export const STYLE = `
:root { --ink: #1d2733; --soft: #5b6775; --line: #dbe1e8; --paper: #fff; --stream: #eef1f5; --staging: #e3eefb; --core: #e6f4ea; --mart: #fdf0d9; --seed: #f1e9f8; --bad: #b3261e; --good: #1c7a3e; }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.55 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: var(--ink); background: var(--paper); }
header, main { max-width: 1180px; margin: 0 auto; padding: 16px 24px; }
h1 { font-size: 22px; margin: 8px 0; } h2 { font-size: 18px; margin: 32px 0 8px; } h3 { font-size: 15px; margin: 0; font-family: ui-monospace, monospace; }
small, .soft { color: var(--soft); font-weight: normal; }
a { color: #1a5fb4; text-decoration: none; } a:hover { text-decoration: underline; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 8px 0; padding: 0; list-style: none; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.graph text { font: 11px ui-monospace, monospace; fill: var(--ink); } .graph rect { stroke: #b8c2cd; fill: var(--stream); }
.graph .staging rect { fill: var(--staging); } .graph .model rect { fill: var(--core); } .graph .mart rect { fill: var(--mart); } .graph .seed rect { fill: var(--seed); }
.graph path { fill: none; stroke: #aab4bf; stroke-width: 1; } .graph.focused .off { opacity: .12; } .graph.focused path.on { stroke: #1a5fb4; stroke-width: 1.5; }
input[type=search] { width: 100%; max-width: 420px; padding: 7px 10px; border: 1px solid var(--line); border-radius: 6px; font: inherit; margin: 12px 0; }
article { border: 1px solid var(--line); border-radius: 6px; margin: 10px 0; padding: 12px 16px; } article:target { outline: 2px solid #1a5fb4; }
article p { margin: 4px 0; } details { margin-top: 8px; } summary { cursor: pointer; }
table { border-collapse: collapse; width: 100%; margin: 6px 0; } th, td { text-align: left; vertical-align: top; padding: 4px 10px 4px 0; border-bottom: 1px solid var(--line); } th { font-weight: 600; color: var(--soft); white-space: nowrap; }
td.name, td.fields, code { font-family: ui-monospace, monospace; font-size: 12px; } td.fields { color: var(--soft); max-width: 380px; overflow-wrap: anywhere; }
pre { background: #f6f8fa; padding: 10px; border-radius: 6px; overflow-x: auto; font-size: 12px; }
.good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
`;

/** Filters articles by what is typed; lights up what a table of the graph depends on and what depends on it. */
export const SCRIPT = `
const articles = [...document.querySelectorAll('article')];
document.querySelector('input[type=search]').addEventListener('input', (event) => {
  const wanted = event.target.value.toLowerCase();
  for (const article of articles) article.hidden = !article.dataset.text.includes(wanted);
});
const graph = document.querySelector('.graph');
const paths = [...graph.querySelectorAll('path')];
const nodes = [...graph.querySelectorAll('a')];
function reach(name, from, to) {
  const found = new Set([name]);
  const lines = new Set();
  for (const each of found) for (const path of paths) if (path.dataset[from] === each) { found.add(path.dataset[to]); lines.add(path); }
  return { found, lines };
}
for (const node of nodes) {
  node.addEventListener('mouseenter', () => {
    const up = reach(node.dataset.name, 'to', 'from');
    const down = reach(node.dataset.name, 'from', 'to');
    graph.classList.add('focused');
    for (const path of paths) { const on = up.lines.has(path) || down.lines.has(path); path.classList.toggle('on', on); path.classList.toggle('off', !on); }
    for (const other of nodes) other.classList.toggle('off', !up.found.has(other.dataset.name) && !down.found.has(other.dataset.name));
  });
  node.addEventListener('mouseleave', () => graph.classList.remove('focused'));
}
`;

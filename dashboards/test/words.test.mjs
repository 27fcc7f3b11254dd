// Chinese stands in word files only, and English has no Chinese left in it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const source = new URL('../src/', import.meta.url).pathname;
const files = readdirSync(source, { recursive: true }).filter((file) => /\.tsx?$/.test(file));
const withoutComments = (code) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
const chinese = /[㐀-鿿＀-￯「」]/;

for (const file of files.filter((name) => !name.startsWith('words/') && name !== 'format.ts')) {
  test(`${file} holds no words`, () => {
    const line = withoutComments(readFileSync(source + file, 'utf8'))
      .split('\n')
      .find((text) => chinese.test(text));
    assert.equal(line, undefined);
  });
}

for (const file of files.filter((name) => /^words\/(?!index)/.test(name))) {
  test(`${file}: the English half is English`, () => {
    const code = readFileSync(source + file, 'utf8');
    const english = code.slice(code.indexOf('\nconst en'));
    const left = english.split('\n').filter((text) => chinese.test(text) && !/language:/.test(text));
    assert.deepEqual(left, []);
  });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AcceptanceSubject } from '../kit/acceptance';
import { FileFolder } from './sandbox';

const NO_SERVER = 'A folder of files: there is no server, no login and no request that could fail.';
const PAGE_ROWS = 5;
const HEADER = ['deal', 'stage', 'value'];

/** A folder of files with five opportunities each. */
export function openFolder(): Promise<AcceptanceSubject> {
  const folder = new FileFolder(mkdtempSync(join(tmpdir(), 'millrace-files-')));
  folder.write('deals.csv', [HEADER]);
  const files: string[][][] = [];
  let made = 0;
  const nameOf = (index: number) => `deals ${String(index).padStart(3, '0')}.csv`;
  const write = (index: number) => {
    const rows = files[index] ?? [];
    if (rows.length > 0) folder.write(nameOf(index), [HEADER, ...rows]);
    else folder.remove(nameOf(index));
  };
  const add = (rows: string[][]) => {
    for (let start = 0; start < rows.length; start += PAGE_ROWS) {
      files.push(rows.slice(start, start + PAGE_ROWS));
      write(files.length - 1);
    }
  };
  const change = (keys: readonly string[], by: (rows: string[][]) => string[][]) =>
    files.forEach((rows, index) => {
      if (!rows.some(([key = '']) => keys.includes(key))) return;
      files[index] = by(rows);
      write(index);
    });
  const tables = [
    {
      entity: 'opportunity',
      file: 'deals*.csv',
      key: 'deal',
      columns: {
        name: 'deal',
        stage_key: 'stage',
        status: { column: 'stage', map: { Won: 'won' }, otherwise: 'open' },
        amount_cny: 'value',
      },
    },
  ];
  const config = { folder: folder.folder, tables, settleSeconds: 0, pageRows: PAGE_ROWS };
  return Promise.resolve({
    config,
    wrongConfig: config,
    stream: 'opportunity',
    pageRows: PAGE_ROWS,
    seed: (count) => add(Array.from({ length: count }, () => [`D${++made}`, 'Engaging', '100.50'])),
    touch: (keys) =>
      change(keys, (rows) =>
        rows.map((row) => (keys.includes(row[0] ?? '') ? [row[0] ?? '', 'Won', '200'] : row)),
      ),
    remove: (keys) => change(keys, (rows) => rows.filter(([key = '']) => !keys.includes(key))),
    addBadRow() {
      add([[`D${++made}`, 'Engaging', 'one hundred']]);
      return `D${made}`;
    },
    inject: () => undefined,
    forbid: () => undefined,
    recordsAtVendor: () => files.flat().map(([key = '']) => key),
    loginAttempts: () => 0,
    businessWords: /./,
    throttledForMs: 0,
    notApplicable: {
      'a wrong password is login_refused and is tried once only': NO_SERVER,
      'a stream that may not be read is named by its check': NO_SERVER,
      'no secret stands in an error': NO_SERVER,
      'throttling is waited for as long as the vendor asks, and loses nothing': NO_SERVER,
      'a session lost in mid-run is renewed once, and nothing is lost': NO_SERVER,
      'a business error inside a good answer is an error in the words of the vendor': NO_SERVER,
      'a truncated body is asked for again: no record lost, none twice': NO_SERVER,
      'a connection that breaks is tried again: no record lost, none twice': NO_SERVER,
      'a page of HTML with status 503 is waited out: no record lost, none twice': NO_SERVER,
    },
    close() {
      rmSync(folder.folder, { recursive: true });
      return Promise.resolve();
    },
  });
}

import { join } from 'node:path';
import { compareFolder } from '../../../connectors/bank/goldens';
import { projectFolder } from '../../../warehouse';
import { tableOf } from './benchBank';
import { measureSpeed } from './measureSpeed';

test('the benchmark of bank files counts every line itself, in every kind of file', async () => {
  const speeds = await measureSpeed(300);
  expect(speeds.map(({ what, lines }) => [what, lines])).toEqual([
    ['CSV of a bank, GB18030', 300],
    ['CSV of a bank, UTF-8', 300],
    ['.xlsx', 300],
    ['CAMT.053', 300],
    ['MT940', 300],
    ['DuckDB read_csv, cells only', 300],
  ]);
});

test('its table adds up the files of a set', () => {
  const found = compareFolder(join(projectFolder, 'connectors', 'bank', 'fixtures', 'peers'), 'TEST-ACCOUNT');
  const count = found.reduce((sum, { expected }) => sum + expected, 0);
  expect(count).toBeGreaterThan(60);
  expect(tableOf([{ name: 'peers', found }]).split('\n')[2]).toBe(
    `| peers | ${found.length} | 0 | ${found.reduce((sum, { rows }) => sum + rows, 0)} | ${found.reduce((sum, { entries }) => sum + entries, 0)} | ${found.reduce((sum, { ignored }) => sum + ignored, 0)} | 0 | ${count} | ${count} | 0 | 0 |`,
  );
});

// Figures as people read them; what goes in is text, so no cent can be lost on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runnerImport } from 'vite';

const load = async (file) => (await runnerImport(new URL(`../src/${file}`, import.meta.url).pathname)).module;
const format = await load('format.ts');
const months = await load('months.ts');
const { areAlike } = await load('pages/funnel/lines.ts');

test('money keeps every digit, more of them than a double has', () => {
  assert.equal(format.money('90071992547409931.07', 'zh'), '90,071,992,547,409,931.07');
  assert.equal(format.money('-1200', 'zh'), '−1,200.00');
  assert.equal(format.money(null, 'zh'), '—');
});

test('a unit moves the point in the text and rounds half away from zero', () => {
  assert.equal(format.movePoint('16912300.50', 4), '1691.230050');
  assert.equal(format.movePoint('5.00', 4), '0.000500');
  assert.deepEqual(format.short('16912300.50', 'zh'), { value: '1,691.2', unit: '万元' });
  assert.deepEqual(format.short('-4500.00', 'zh'), { value: '−4,500', unit: '元' });
  assert.deepEqual(format.short('10500.00', 'zh'), { value: '1.1', unit: '万元' }); // 1.05
  assert.deepEqual(format.short('120000000.00', 'zh'), { value: '1.20', unit: '亿元' });
  assert.deepEqual(format.short('16912300.50', 'en'), { value: '16.91', unit: 'M CNY' });
});

test('ratios are percents, their changes percentage points, and nothing has no percentage', () => {
  assert.equal(format.percent('0.18', 'zh'), '18.0%');
  assert.equal(format.percent(null, 'zh'), '—');
  assert.equal(format.signedPercent('0.25', 'zh'), '+25.0%');
  assert.deepEqual(format.change('0.701', '0.742', 'ratio', 'zh'), { text: '4.1 个百分点', isUp: false });
  assert.deepEqual(format.change('110', '100', 'amount', 'en'), { text: '10.0%', isUp: true });
  assert.equal(format.change('110', '0', 'amount', 'zh'), null);
  assert.equal(format.change('110', undefined, 'amount', 'zh'), null);
});

test('amounts are compared as numbers are written, not as texts', () => {
  assert.ok(format.sameAmount('1200.00', '1200'));
  assert.ok(!format.sameAmount('1200.00', '12'));
  assert.ok(!format.sameAmount(null, null));
  assert.ok(format.isZero('0.00') && format.isZero('0') && !format.isZero('0.01') && !format.isZero(null));
});

test('business dates never shift, instants are read in Shanghai', () => {
  assert.equal(format.day('2026-10-31T00:00:00.000'), '2026-10-31');
  assert.equal(format.instant('2026-03-31T16:30:00.000Z'), '2026-04-01 00:30');
  assert.equal(format.instant('2026-03-31 10:05:00'), '2026-03-31 18:05');
});

test('names of companies lose their middle', () => {
  assert.equal(format.cutMiddle('苏州甲乙精密机械有限公司', 9), '苏州甲乙…有限公司');
  assert.equal(format.cutMiddle('短名', 9), '短名');
});

test('months add up across years, and a month runs until its last day is there', () => {
  assert.equal(months.addMonths('2026-01', -1), '2025-12');
  assert.equal(months.lastDay('2024-02'), '2024-02-29');
  assert.deepEqual(months.monthsBetween('2025-12', '2026-02'), ['2025-12', '2026-01', '2026-02']);
  assert.equal(months.lastCompleteMonth('2026-04-14'), '2026-03');
  assert.equal(months.lastCompleteMonth('2026-04-30'), '2026-04');
  assert.ok(months.isRunning('2026-04', '2026-04-14') && !months.isRunning('2026-03', '2026-04-14'));
});

test('business lines are alike when each goes through the same stages, as far as it got', () => {
  const stages = (business_line, ...keys) =>
    keys.map((stage_key, at) => ({
      business_line,
      stage_key,
      stage_name: stage_key,
      stage_order: String(at + 1),
    }));
  assert.equal(areAlike(stages('A', 'lead', 'review', 'won').concat(stages('B', 'lead', 'review'))), true);
  assert.equal(areAlike(stages('A', 'lead', 'review', 'won').concat(stages('B', 'lead', 'talk'))), false);
  assert.equal(areAlike([]), true);
});

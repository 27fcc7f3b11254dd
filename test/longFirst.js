const { default: Sequencer } = require('@jest/test-sequencer');

/** Long test files first: a short file in size may run for minutes, and would run alone at the end of a first run. */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => path.endsWith('.long.test.ts') || path.includes('/test/browser/');
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};

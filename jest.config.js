/**
 * Which tests: MILLRACE_TESTS, set by scripts/test.js (fast, long, browser or all; all without it).
 * What a test sees at run time is swc's output; types are the business of `npm run check`.
 */
const kinds = {
  all: {},
  fast: { testPathIgnorePatterns: ['/node_modules/', '\\.long\\.test\\.ts$', '/test/browser/'] },
  long: { testMatch: ['**/*.long.test.ts'] },
  browser: { testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
};

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: [
    'connectors',
    'identity',
    'warehouse',
    'models',
    'matching',
    'forecast',
    'workflows',
    'cube',
    'hub',
    'demo',
    'test',
  ]
    .filter((room) => require('node:fs').existsSync(`${__dirname}/${room}`))
    .map((room) => `<rootDir>/${room}`),
  testMatch: ['**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/dashboards/', '<rootDir>/vendor-stub/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/'], // name an ESM-only package here: '/node_modules/(?!name/)'
  testSequencer: '<rootDir>/test/longFirst.js',
  globalSetup: '<rootDir>/test/globalSetup.ts',
  globalTeardown: '<rootDir>/test/globalTeardown.ts',
  testTimeout: 180_000,
  maxWorkers: 2,
  ...kinds[process.env.MILLRACE_TESTS ?? 'all'],
};

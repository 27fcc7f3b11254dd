/**
 * The arrows of the design: connectors → warehouse → workflows → hub. A room imports what stands above it, never what
 * stands below. Type imports count as well. Tests beside a file keep its room's arrows, but may use test/'s builders.
 * The rules for pages are in .oxlintrc.json, since this parser reads no .tsx.
 */
const TEST = '\\.test\\.ts$';
const ROOMS =
  '^(connectors|identity|warehouse|models|matching|forecast|workflows|cube|hub|demo|test|dashboards|scripts)/';

/** `room` may import itself and `allowed`, of our own folders nothing else. */
function mayImport(room, allowed, why) {
  return {
    name: `${room.replace('/', '-')}-arrows`,
    comment: why,
    severity: 'error',
    from: { path: `^${room}/` },
    to: { path: ROOMS, pathNot: [`^${room}/`, ...allowed] },
  };
}

/** Test builders are for tests; every room's own rule would forbid them otherwise. */
function exceptTests(rule) {
  const { from, to } = rule;
  const inTests = { ...from, path: `${from.path}.*${TEST}` };
  return [
    { ...rule, from: { ...from, pathNot: [...(from.pathNot ?? []), TEST] } },
    {
      ...rule,
      name: `${rule.name}-in-tests`,
      from: inTests,
      to: { ...to, pathNot: [...to.pathNot, '^test/'] },
    },
  ];
}

const rooms = [
  mayImport('connectors/kit', [], 'The kit is the contract: it knows nothing of ours.'),
  mayImport('identity', ['^connectors/kit/'], 'Whose record is whose: pure functions over rows.'),
  mayImport(
    'warehouse',
    ['^connectors/kit/', '^identity/'],
    'The warehouse knows contracts, not vendors; identity gives it a computed model.',
  ),
  mayImport(
    'matching',
    ['^connectors/kit/', '^identity/', '^warehouse/'],
    'Which bank line pays what: nothing of who asks.',
  ),
  mayImport('forecast', ['^connectors/kit/', '^warehouse/'], 'When money comes: nothing of who asks.'),
  mayImport(
    'workflows',
    ['^connectors/', '^identity/', '^warehouse/', '^matching/', '^forecast/'],
    'Workflows know nothing of the hub.',
  ),
  mayImport('demo', ['^connectors/'], 'The demo company only feeds sandboxes.'),
  mayImport(
    'hub',
    [
      '^connectors/',
      '^identity/',
      '^warehouse/',
      '^matching/',
      '^forecast/',
      '^workflows/',
      '^demo/index\\.ts$',
    ],
    'The hub stands last; it starts the demo company through its front door.',
  ),
  mayImport('cube', [], 'The cube folder mounts unchanged into the official image.'),
];

const connector = {
  name: 'connector-arrows',
  comment: 'A connector is copied to make another: it imports the kit and itself.',
  severity: 'error',
  from: { path: '^connectors/([^/]+)/', pathNot: ['^connectors/kit/'] },
  to: { path: ROOMS, pathNot: ['^connectors/$1/', '^connectors/kit/'] },
};

module.exports = {
  forbidden: [
    ...rooms.flatMap(exceptTests),
    ...exceptTests(connector),
    {
      name: 'nobody-imports-tests-or-pages',
      severity: 'error',
      from: { path: ROOMS, pathNot: ['^test/', '^dashboards/', TEST] },
      to: { path: '^(test|dashboards)/' },
    },
    {
      name: 'no-circular-imports',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-import-of-nothing',
      comment: 'The module is not there, or not in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-package-at-run-time',
      severity: 'error',
      from: { path: ROOMS, pathNot: ['^test/', '^scripts/', TEST] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'temporal-stays-in-workflows-and-hub',
      severity: 'error',
      from: { path: '^(connectors|warehouse|matching|forecast|demo)/', pathNot: TEST },
      to: { path: 'node_modules/@temporalio/' },
    },
    {
      name: 'cube-stays-in-hub',
      severity: 'error',
      from: { path: '^(connectors|warehouse|matching|forecast|workflows|demo)/', pathNot: TEST },
      to: { path: 'node_modules/@cubejs-' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default', 'types'],
    },
  },
};

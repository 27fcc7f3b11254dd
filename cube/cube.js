/**
 * Who may ask what. Read by the embedded hub and, as /cube/conf/cube.js, by the official image; connection settings never
 * stand here. access_policy in the cubes cuts the rows; this gate keeps queries inside the published views, and makes sure
 * that no balance, score or cut-off is added to another one.
 */
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const SCOPES = ['own', 'region', 'all'];
/** One file per published view, named after it. */
const VIEWS = new Set(
  readdirSync(join(__dirname, 'model', 'views')).map((file) => file.replace(/\.ya?ml$/, '')),
);
const RULE_MEMBER = /^\w+\.rls_(owner|region)$/;

/**
 * What stands once per day, month, cut-off or kind: rows of one such value may be added up, rows of two may not. A query
 * names one of `by` as a dimension, or filters it to one value; if it says nothing, `otherwise` is its filter.
 */
const STANDS_ONCE_PER = {
  receivables: [{ by: ['as_of', 'as_of_date'], otherwise: ['receivable_balances.is_latest', 'true'] }],
  receivable_ageing: [
    { by: ['as_of', 'as_of_date'], otherwise: ['ageing_amounts.is_latest', 'true'] },
    { by: ['ageing_view'], otherwise: ['receivable_ageing.ageing_view', 'overdue'] },
  ],
  receivables_as_of: [{ by: ['as_of'] }, { by: ['known'] }], // the cube itself takes one day, today if none is named
  receivable_turnover: [
    { by: ['as_of', 'as_of_date'], otherwise: ['receivable_turnovers.is_latest', 'true'] },
  ],
  collection_effectiveness: [
    { by: ['as_of', 'as_of_date'], otherwise: ['collection_periods.is_latest', 'true'] },
    { by: ['period'], otherwise: ['collection_effectiveness.period', 'month'] },
  ],
  receivable_slices: [
    { by: ['as_of', 'as_of_date'], otherwise: ['slice_figures.is_latest', 'true'] },
    { by: ['slice_key'], otherwise: ['receivable_slices.slice', 'company'] },
  ],
  completeness: [{ by: ['field'], otherwise: ['completeness.field', 'credit_code'] }],
  bills: [{ by: ['as_of', 'as_of_date'], otherwise: ['held_bills.is_latest', 'true'] }],
  credit_exposure: [{ by: ['as_of', 'as_of_date'], otherwise: ['credit_exposures.is_latest', 'true'] }],
  statutory_lateness: [{ by: ['as_of', 'as_of_date'], otherwise: ['statutory_items.is_latest', 'true'] }],
  receivable_rollforward: [
    { by: ['month', 'month_start'], otherwise: ['receivable_months.is_latest', 'true'] },
  ],
  customer_retention: [{ by: ['as_of', 'as_of_date'], otherwise: ['customer_years.is_latest', 'true'] }],
  outcomes: [{ by: ['measure'] }], // measures of different units
  order_backlog: [{ by: ['as_of', 'as_of_date'], otherwise: ['order_balances.is_latest', 'true'] }],
  customer_health: [{ by: ['month', 'month_end'], otherwise: ['health_scores.is_latest', 'true'] }],
  health_reasons: [{ by: ['month', 'month_end'], otherwise: ['indicator_losses.is_latest', 'true'] }],
  health_restatements: [{ by: ['month', 'month_end'], otherwise: ['health_changes.is_latest', 'true'] }],
  collections: [{ by: ['edition'], otherwise: ['collections.edition', 'live'] }],
  forecast_accuracy: [
    { by: ['horizon'], otherwise: ['forecast_accuracy.horizon', 'H1'] },
    { by: ['basis'], otherwise: ['forecast_accuracy.basis', 'collection'] },
    { by: ['source'], otherwise: ['forecast_accuracy.source', 'people'] },
    { by: ['certainty_set'], otherwise: ['forecast_accuracy.certainty_set', 'all'] },
    { by: ['edition'], otherwise: ['forecast_accuracy.edition', 'live'] },
  ],
  forecast_gaps: [
    { by: ['horizon'], otherwise: ['forecast_gaps.horizon', 'H1'] },
    { by: ['basis'], otherwise: ['forecast_gaps.basis', 'collection'] },
    { by: ['edition'], otherwise: ['forecast_gaps.edition', 'live'] },
  ],
  forecast_threads: [{ by: ['horizon'], otherwise: ['forecast_threads.horizon', 'H1'] }],
  forecast_coverage: [{ by: ['horizon'], otherwise: ['forecast_coverage.horizon', 'H1'] }],
  forecast_mase: [
    { by: ['series'], otherwise: ['forecast_mase.series', '(company)'] },
    { by: ['horizon'], otherwise: ['forecast_mase.horizon', 'H1'] },
    { by: ['basis'], otherwise: ['forecast_mase.basis', 'collection'] },
  ],
  restatements: [
    { by: ['number'], otherwise: ['restatements.number', 'REC-1'] },
    { by: ['month', 'month_start'], otherwise: ['restated_rows.is_latest', 'true'] },
  ],
  cash_forecast: [
    { by: ['origin_date'], otherwise: ['cash_forecast.is_latest', 'true'] },
    { by: ['region'], otherwise: ['cash_forecast.region', '(all)'] },
    { by: ['grain'], otherwise: ['cash_forecast.grain', 'month'] },
  ],
  cash_forecast_accuracy: [
    { by: ['region'], otherwise: ['cash_forecast_accuracy.region', '(all)'] },
    { by: ['horizon'], otherwise: ['cash_forecast_accuracy.horizon', '1'] },
  ],
  // is_latest = false: all month ends together, to judge the probabilities
  payment_dates: [{ by: ['origin_date', 'is_latest'], otherwise: ['payment_dates.is_latest', 'true'] }],
  pipeline_changes: [{ by: ['period'], otherwise: ['pipeline_changes.period', 'week'] }],
  pipeline_changes_between: [{ by: ['from_day'] }, { by: ['to_day'] }], // the cube itself takes one of each, since Monday if none is named
  funnel: [{ by: ['variant'], otherwise: ['funnel.variant', 'reached'] }],
  stage_times: [{ by: ['is_completed'], otherwise: ['stage_times.is_completed', 'true'] }],
};

module.exports = {
  /** Groups that access_policy sees. An unknown scope has no group and so no rows. */
  contextToGroups: ({ securityContext }) => {
    const scope = securityContext?.scope;
    return SCOPES.includes(scope) ? [`scope_${scope}`] : [];
  },
  /** No SQL text and no jobs over the API. */
  contextToApiScopes: async () => ['meta', 'data', 'graphql'],
  /** Runs after access_policy has added its filters. */
  queryRewrite: (query, { securityContext: user }) => {
    mustHaveScope(user);
    for (const member of membersOf(query, user)) {
      if (!VIEWS.has(member.split('.')[0])) refuse(`${member} is not in a published view`);
    }
    return withoutMixedSums(query);
  },
};

function mustHaveScope(user) {
  if (!SCOPES.includes(user?.scope)) refuse('no data scope');
  if (user.scope === 'own' && !user.user_id) refuse('no user');
  if (user.scope === 'region' && !(Array.isArray(user.regions) && user.regions.length > 0))
    refuse('no region');
}

const MEMBER_KEYS = new Set(['measures', 'dimensions', 'segments', 'dimension', 'measure', 'member', 'id']);
const VALUE_KEYS = new Set(['values', 'dateRange', 'compareDateRange']);

/** Every "view.member" text of a query, whatever its place, except the row rules of this user that access_policy added. */
function* membersOf(node, user, key) {
  if (typeof node === 'string') {
    if (MEMBER_KEYS.has(key)) yield node;
  } else if (Array.isArray(node)) {
    for (const item of node) yield* membersOf(item, user, key);
  } else if (node && typeof node === 'object' && !isOwnRule(node, user)) {
    for (const [name, value] of Object.entries(node)) {
      if (!VALUE_KEYS.has(name)) yield* membersOf(value, user, name);
    }
  }
}

/** Asking for these rows by hand gives nothing that the policy does not. */
function isOwnRule({ member, operator, values }, user) {
  const rule = RULE_MEMBER.exec(member ?? '')?.[1];
  if (!rule || operator !== 'equals') return false;
  const allowed = {
    owner: user.scope === 'own' && [user.user_id],
    region: user.scope === 'region' && user.regions,
  }[rule];
  return JSON.stringify(values) === JSON.stringify(allowed);
}

function withoutMixedSums(query) {
  const views = new Set((query.measures ?? []).map((measure) => String(measure).split('.')[0]));
  const filters = [...(query.filters ?? [])];
  for (const view of views) {
    for (const { by, otherwise } of STANDS_ONCE_PER[view] ?? []) {
      const uses = usesOf(query).filter(({ member }) => by.some((name) => member === `${view}.${name}`));
      if (uses.some(({ isOneValue }) => isOneValue)) continue;
      if (uses.length > 0)
        refuse(`${view} stands once per ${by[0]}: take it as a dimension, or filter it to one value`);
      if (otherwise) filters.push({ member: otherwise[0], operator: 'equals', values: [otherwise[1]] });
    }
  }
  return { ...query, filters };
}

/** Each member that a query groups or filters by, and whether a row of the answer then holds one value of it. */
function usesOf({ dimensions = [], timeDimensions = [], filters = [] }) {
  return [
    ...dimensions.map((name) => {
      const [view, member, granularity] = String(name).split('.');
      return { member: `${view}.${member}`, isOneValue: isOnePeriod(granularity ?? 'day') };
    }),
    ...timeDimensions.map(({ dimension, granularity, dateRange }) => {
      return { member: dimension, isOneValue: isOnePeriod(granularity) || isOneMonth(dateRange) };
    }),
    ...leaves(filters).map(({ member, operator, values, isAlternative }) => {
      return { member, isOneValue: !isAlternative && operator === 'equals' && values?.length === 1 };
    }),
  ];
}

/** As-of days are month ends and today: a month has one, a week may have two. */
const isOnePeriod = (granularity) => granularity === 'day' || granularity === 'month';
const isOneMonth = (range) =>
  Array.isArray(range) && String(range[0]).slice(0, 7) === String(range[1]).slice(0, 7);

const leaves = (filters, isAlternative = false) =>
  filters.flatMap((filter) => {
    if (filter.and) return leaves(filter.and, isAlternative);
    if (filter.or) return leaves(filter.or, true);
    return [{ ...filter, isAlternative }];
  });

/** A UserError is answered with status 400; any other error with 500. */
function refuse(why) {
  throw Object.assign(new Error(`Refused: ${why}`), { type: 'UserError' });
}

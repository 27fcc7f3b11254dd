import { z } from 'zod';
import type { Connector } from '../../connectors/kit';

/** A config in which every connector stands as a comment with all its settings. */
export function configText(connectors: readonly Connector[]): string {
  return `# Millrace. Check it with: npx millrace check    Start with: npm start
# Secrets are never written here: \${NAME} takes an environment variable, file:path the first line of a file.

company: 我的公司
language: zh              # zh or en
asOf: today               # today, or yesterday where sources deliver once a night
memoryLimit: 400MB        # DuckDB's own memory
# warehouse: postgres://millrace:\${MILLRACE_WAREHOUSE_PASSWORD}@db:5432/millrace   # default: DuckDB in the data folder; docs/operating.md

# Take "# " away in front of the sources you have. A name is yours to choose: small letters, digits and _.
connections:
${connectors.map(sample).join('\n')}
# backup:                 # the hub makes one when the last is older; without this only npx millrace backup does
#   every: 1 days
#   keep: 7               # older ones are removed
#   folder: /mnt/safe     # best on another disk

# funnel:                 # stages are the CRM's; other ones per business line: docs/funnel.md
#   windowDays: 90        # a cohort has this long to reach the next stage
#   pipelines:
#     - connection: fxiaoke
#       businessLine: 精密零部件
#       stages: [线索确认, { stage: 技术评审, gate: 规格书已确认, formerly: [方案评审] }, 商务谈判, { stage: 赢单, outcome: won }]

# health:                 # weights, curves and limits of customer health, where they are not as METRICS has them: docs/health.md
#   weights: { punctuality: 30, demand: 25, interaction: 20, orders: 15, risk: 10 }   # add up to 100
#   green: 70
#   yellow: 50

# users:                  # besides the administrator that the link of npm start signs in
#   - { id: zhang, name: 张三, role: finance }                         # admin finance manager region_manager sales engineer
#   - { id: li, name: 李四, role: region_manager, regions: [华东一区] }
`;
}

function sample({ name, title, spec, streams }: Connector): string {
  const settings = Object.entries(spec.shape).map(
    ([key, schema]) => `#       ${key}: ${example(name, key, schema as z.ZodType)}`,
  );
  return `
#   ${name}:                # ${title.zh} / ${title.en}
#     connector: ${name}
#     every: 15 minutes
#     # reconcile: 1 days    # how often to look for what was deleted there; or never, or { every: 1 days, streams: { name: 6 hours } }
#     # streams: [${streams.map((stream) => stream.name).join(', ')}]   # default: all
#     config:
${settings.join('\n')}`;
}

function example(connector: string, key: string, schema: z.ZodType): string {
  const result = schema.safeParse(undefined);
  const hasDefault = result.success && result.data !== undefined;
  const hint = hintOf(schema);
  const fallback = hasDefault
    ? `default ${JSON.stringify(result.data)}`
    : result.success
      ? 'may be left out'
      : '';
  const note = hint || fallback ? `   # ${[hint, fallback].filter(Boolean).join('; ')}` : '';
  if (isSecret(schema))
    return `\${${`${connector}_${key}`.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}}${note}`;
  if (hasDefault) return `${JSON.stringify(result.data)}${note}`;
  return `…${note}`;
}

function hintOf(schema: z.ZodType): string {
  const hint = schema.meta()?.hint;
  return hint ? `${hint.zh} / ${hint.en}` : '';
}

function isSecret(schema: z.ZodType): boolean {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault)
    inner = inner.unwrap() as z.ZodType;
  return inner.meta()?.secret === true;
}

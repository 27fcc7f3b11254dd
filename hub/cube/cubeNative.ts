import { blendedPivotQuery, transformResult, type TransformRequest } from './cubeResult';

/** What we replace of @cubejs-backend/native: its functions are called through these exports, one by one. */
interface NativeModule {
  loadNative(): unknown;
  NativeInstance: { prototype: { getNative(): unknown } };
}

interface MultiResponse {
  queryType: string;
  results: { query: Record<string, unknown> }[];
  slowQuery?: boolean;
}

/**
 * Cube's core calls a binary add-on that an installation from the network downloads. Where it loads it is used untouched;
 * elsewhere the few functions that REST and GraphQL need are supplied in JavaScript. Call it before anything requires
 * @cubejs-backend/server-core.
 */
export function ensureCubeNative(): 'native' | 'javascript' {
  const native = require('@cubejs-backend/native') as NativeModule;
  try {
    native.loadNative();
    return 'native';
  } catch {
    // absent or of another platform: go on with the replacements
  }
  process.env.CUBEJS_TESSERACT_SQL_PLANNER = 'false'; // only the older planner is written in JavaScript
  const addOn = {
    setupLogger: () => undefined,
    resetLogger: () => undefined,
    isFallbackBuild: () => true,
    redactSqlLiterals: (sql: string) => sql.replace(/'(?:[^']|'')*'/g, "'redacted'"),
    newJinjaEngine: () => ({
      loadTemplate: unsupported('A Jinja template in the model'),
      renderTemplate: unsupported('A Jinja template in the model'),
    }),
    pythonLoadModel: unsupported('Python in the model'),
  };
  Object.assign(native, {
    loadNative: () => addOn,
    setupLogger: addOn.setupLogger,
    resetLogger: addOn.resetLogger,
    isFallbackBuild: addOn.isFallbackBuild,
    redactSqlLiterals: addOn.redactSqlLiterals,
    registerInterface: unsupported('The SQL API'),
    buildSqlAndParams: unsupported('The Tesseract planner'),
    getFinalQueryResult: async (request: TransformRequest, rows: Uint8Array, result: object) =>
      encoded({ ...result, data: transformResult(request, rows) }),
    getFinalQueryResultMulti: async (
      requests: readonly TransformRequest[],
      rows: readonly Uint8Array[],
      response: MultiResponse,
    ) =>
      encoded({
        queryType: response.queryType,
        results: response.results.map((result, i) => ({
          ...result,
          data: transformed(requests[i], rows[i]),
        })),
        pivotQuery: blendedPivotQuery(
          response.queryType,
          response.results.map(({ query }) => query),
        ),
        slowQuery: response.slowQuery,
      }),
  });
  native.NativeInstance.prototype.getNative = () => addOn;
  return 'javascript';
}

function unsupported(what: string) {
  return (): never => {
    throw new Error(`${what} needs Cube's native add-on, which is not installed`);
  };
}

function transformed(request: TransformRequest | undefined, rows: Uint8Array | undefined): unknown {
  if (!request || !rows) throw new Error('Cube gave fewer results than queries');
  return transformResult(request, rows);
}

const encoded = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

import type { RequestHandler } from 'express';
import type { Session } from '../../warehouse';
import { isEqual } from '../access/tokens';
import { environmentSecret } from '../config/secrets';
import type { Setup } from '../setup/setup';
import { operatorMetrics } from '../work/operatorMetrics';
import { prometheusText } from '../work/prometheusText';

export interface MetricsRoute {
  handler: RequestHandler;
  /** Until then the answer is 503: the warehouse is not open yet. */
  serve(session: Session, setup: Setup): void;
}

/**
 * GET /metrics for Prometheus: counts, seconds and money, no row. Without MILLRACE_METRICS_TOKEN only under the machine's
 * loopback name; with it under any name, but only with the token.
 */
export function metricsOver(tell: (line: string) => void): MetricsRoute {
  const token = environmentSecret('MILLRACE_METRICS_TOKEN', (what) =>
    tell(`  MILLRACE_METRICS_TOKEN: ${what}`),
  );
  let ask: (() => Promise<string>) | undefined;
  const handler: RequestHandler = (request, response, next) => {
    if (!isAllowed(token, request.headers.authorization, request.headers.host))
      return void response
        .status(403)
        .type('text')
        .send('metrics want the token of MILLRACE_METRICS_TOKEN\n');
    if (!ask) return void response.status(503).type('text').send('the warehouse is not open yet\n');
    ask().then(
      (text) => void response.type('text/plain; version=0.0.4; charset=utf-8').send(text),
      (error: unknown) => next(error),
    );
  };
  return {
    handler,
    serve(session, setup) {
      ask = async () => prometheusText(await operatorMetrics(session, setup));
    },
  };
}

function isAllowed(
  token: string | undefined,
  authorization: string | undefined,
  host: string | undefined,
): boolean {
  if (token === undefined) return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');
  const given = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  return given !== undefined && isEqual(given, token);
}

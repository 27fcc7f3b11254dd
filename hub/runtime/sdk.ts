import { DefaultLogger, Runtime as SdkRuntime } from '@temporalio/worker';

let isInstalled = false;

/**
 * Once a process: the SDK logs errors only, signals are the hub's to handle, and with MILLRACE_SDK_METRICS=host:port its own
 * figures (task slots, schedule-to-start latency, sticky cache) are there for Prometheus.
 */
export function installSdk(metricsAddress = process.env.MILLRACE_SDK_METRICS): void {
  if (isInstalled) return;
  isInstalled = true;
  const logger = new DefaultLogger('ERROR', ({ level, message }) =>
    console.error(`[temporal] ${level}: ${message}`),
  );
  SdkRuntime.install({
    logger,
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: 'ERROR' },
      ...(metricsAddress && { metrics: { prometheus: { bindAddress: metricsAddress } } }),
    },
  });
}

import { METRICS } from "../../shared/contracts/metrics.ts";

/**
 * A measure in CloudWatch's embedded metric format: a line of the log, without a call that needs a right. Written past
 * `console`, which would wrap the line in an object of Lambda's own.
 */
export function writeMetric(name: string, value: number, { stage, now }: { stage: string; now: Date }): void {
  const { namespace: Namespace } = METRICS;
  const CloudWatchMetrics = [{ Namespace, Dimensions: [["Stage"]], Metrics: [{ Name: name, Unit: "Count" }] }];
  const line = { _aws: { Timestamp: now.getTime(), CloudWatchMetrics }, Stage: stage, [name]: value };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

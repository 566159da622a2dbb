import { afterEach, expect, test, vi } from "vitest";
import { writeMetric } from "../../../functions/lambda/metric.ts";
import { METRICS } from "../../../shared/contracts/metrics.ts";

afterEach(() => vi.restoreAllMocks());

test("a measure is one line of the log in CloudWatch's embedded metric format, past Lambda's own wrapping", () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  writeMetric(METRICS.waitsWithoutTask, 2, { stage: "prod", now: new Date("2027-03-10T09:00:00Z") });
  vi.restoreAllMocks();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/\n$/);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    _aws: {
      Timestamp: Date.parse("2027-03-10T09:00:00Z"),
      CloudWatchMetrics: [
        {
          Namespace: "Fairway",
          Dimensions: [["Stage"]],
          Metrics: [{ Name: "WaitsWithoutTask", Unit: "Count" }],
        },
      ],
    },
    Stage: "prod",
    WaitsWithoutTask: 2,
  });
});

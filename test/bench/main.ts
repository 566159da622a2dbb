/**
 * `npm run bench`: what Fairway takes on this machine, as Markdown. `--quick` measures less and once.
 * What each figure means stands in docs/benchmarks.md.
 */
import { availableParallelism, cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { runFloor } from "./floor.ts";
import { measureBundles } from "./lambda-bundles.ts";
import { type LoadResult, runLoad } from "./load.ts";
import { median, quantile, row, table } from "./report.ts";
import { timeStartUps } from "./start-up.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
/** Pilots at a time, how often one after the other, and from how many runs the median is taken. */
const loads = values.quick
  ? [
      { pilots: 1, rounds: 5, runs: 1 },
      { pilots: 32, rounds: 1, runs: 1 },
    ]
  : [
      { pilots: 1, rounds: 20, runs: 3 },
      { pilots: 32, rounds: 1, runs: 3 },
      { pilots: 256, rounds: 1, runs: 1 },
    ];

console.log(`Machine: ${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, shared;`);
console.log(`load ${loadavg()[0]?.toFixed(1)} at the start. Node ${process.version}, ${process.platform}.`);
console.log(`${new Date().toISOString().slice(0, 10)}.`);

table("Pilots at a time", [
  "journeys/s",
  "server CPU per journey",
  "review task p50 / p99",
  "gate p50 / p99",
  "next stage p50 / p99",
  "floor",
]);
for (const { pilots, rounds, runs: times } of loads) {
  const runs: (LoadResult & { readonly floorSeconds: number })[] = [];
  for (let n = 0; n < times; n += 1) {
    const result = await runLoad(pilots, rounds);
    runs.push({ ...result, floorSeconds: await runFloor({ ...result, lanes: pilots }) });
  }
  const middle = (figure: (run: (typeof runs)[number]) => number): number => median(runs.map(figure));
  const percentiles = (kind: keyof LoadResult["latencies"]): string =>
    [0.5, 0.99].map((share) => ms(middle((run) => quantile(run.latencies[kind], share)))).join(" / ");
  row(String(pilots), [
    middle((run) => run.pilots / run.seconds).toFixed(1),
    ms(middle((run) => (run.cpuSeconds / run.pilots) * 1000)),
    percentiles("toReview"),
    percentiles("toGate"),
    percentiles("toNextStage"),
    `${middle((run) => run.floorSeconds).toFixed(2)} s, ${middle((run) => run.seconds / run.floorSeconds).toFixed(0)} ×`,
  ]);
}

table("Start-up", ["ready after"]);
const startUps = await timeStartUps(values.quick ? 1 : 3);
row("fresh data folder, people only", [ms(median(startUps.people))]);
row("fresh data folder, sample pilots", [ms(median(startUps.pilots))]);
row("existing data folder with sample pilots", [ms(median(startUps.existing))]);

table("Lambda bundle", ["bytes", "gzip", "cold import"]);
for (const { name, bytes, gzipBytes, coldImports } of await measureBundles(values.quick ? 1 : 5)) {
  row(name, [kB(bytes), kB(gzipBytes), ms(median(coldImports))]);
}

function ms(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}

function kB(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString("en")} kB`;
}

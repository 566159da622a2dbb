import { expect, test } from "vitest";
import { startCloud } from "./cloud.ts";
import { liveOn } from "./life.ts";

test("walks the whole journey", async () => {
  const t0 = performance.now();
  await using cloud = await startCloud();
  console.log("started", performance.now() - t0);
  try {
    const { faults } = await liveOn(cloud, (what) => console.log(Math.round(performance.now() - t0), what));
    console.log(faults);
  } finally {
  console.log(Math.round(performance.now() - t0), JSON.stringify(cloud.authority.missing(), null, 1));
  const u: Record<string, string[]> = {};
  for (const g of cloud.authority.unused()) (u[g.role] ??= []).push(g.action + " " + g.resource.slice(-40));
  console.log(JSON.stringify(u, null, 1), [...cloud.queues].map(([k, v]) => [k, v.length]));
  console.log(cloud.lambda.log.filter((l)=>!l.line.includes("WaitsWithoutTask")));
  }
}, 600_000);

import { expect, test } from "vitest";
import { startFairway } from "../support/fairway.ts";
import { as } from "../support/people.ts";
import { runMainJob } from "./main-job.ts";

test("a pilot goes from application to closure, with a rework, a missed deadline and a hold on the way", async () => {
  await using fairway = await startFairway();
  await runMainJob({ url: fairway.url, pilotId: "main-job", detours: true });
  await fairway.settled();

  const coordinator = await as(fairway.url, "coordinator-1");
  const { pilots, stages, openTasks } = await coordinator("getPipeline", {});
  expect({ pilots, stages, openTasks }).toEqual({
    pilots: 1,
    stages: [{ stage: "ended", status: "completed", pilots: 1 }],
    openTasks: 0,
  });
}, 120_000);

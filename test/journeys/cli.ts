/**
 * `npm run journey`: the main job on a fresh embedded system; with `--against URL` on one that is already up (its clock
 * must be movable: a sample programme); with `--cloud-shaped` on what the CloudFormation templates describe, each call of
 * AWS checked against the policies in them. Prints what happened, the pilot's timeline and the Step Functions histories
 * behind it. Exit code 0 only when every step held.
 */
import { parseArgs } from "node:util";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { startFairway } from "../support/fairway.ts";
import { type Journey, type JourneyOptions, runMainJob } from "./main-job.ts";

const { values } = parseArgs({ options: { against: { type: "string" }, "cloud-shaped": { type: "boolean" } } });
const startedAt = performance.now();

try {
  if (values["cloud-shaped"]) {
    await walkInTheCloud();
  } else if (values.against === undefined) {
    console.log("Starting a fresh embedded system …");
    await using fairway = await startFairway();
    await walk({ url: fairway.url });
  } else {
    await walk({ url: values.against.replace(/\/$/, "") });
  }
  console.log(`\nThe journey is complete, every step held (${((performance.now() - startedAt) / 1000).toFixed(1)} s).`);
} catch (error) {
  console.error("\nThe journey broke off.\n", error);
  process.exitCode = 1;
}

async function walk(place: Pick<JourneyOptions, "url" | "signIn" | "moveTo">): Promise<void> {
  const pilotId = `journey-${Date.now().toString(36)}`;
  const journey = await runMainJob({ ...place, pilotId, detours: true, tell: (what) => console.log(`  ${what}`) });
  await printTimeline(journey);
  await printHistories(journey);
}

async function walkInTheCloud(): Promise<void> {
  console.log("Building the functions and the templates, starting the stand-ins …");
  const { startCloud } = await import("../cloud/cloud.ts");
  await using cloud = await startCloud();
  await walk({ url: cloud.url, signIn: cloud.as, moveTo: cloud.moveTo });
  const missing = cloud.authority.missing();
  if (missing.length > 0) throw new Error(`Grants are missing: ${JSON.stringify(missing, null, 2)}`);
  console.log("\nEvery call of AWS was allowed by the policies of its caller in the templates.");
}

async function printTimeline(journey: Journey): Promise<void> {
  console.log("\nTimeline");
  const call = journey.as("coordinator");
  const entries = [];
  let cursor: string | undefined;
  do {
    const page = await call("getTimeline", {
      params: { pilotId: journey.pilotId },
      query: { limit: 500, ...(cursor === undefined ? {} : { cursor }) },
    });
    entries.push(...page.entries);
    cursor = page.cursor;
  } while (cursor !== undefined);
  for (const { at, sentence, by } of entries.toReversed()) {
    console.log(`  ${at.slice(0, 16).replace("T", " ")}  ${sentence}  (${by.person.name})`);
  }
}

async function printHistories(journey: Journey): Promise<void> {
  for (const stage of latestProcess.stages) {
    const { name, status, events } = await journey.as("coordinator")("getExecution", {
      params: { pilotId: journey.pilotId, runId: `${stage.id}-1` },
    });
    console.log(`\nStep Functions execution ${name}: ${status}, ${events.length} events`);
    for (const event of events.filter(({ type }) => type.endsWith("StateEntered") || type.startsWith("Execution"))) {
      console.log(
        `  ${String(event.id).padStart(4)}  ${event.at.slice(0, 16).replace("T", " ")}  ${event.type}  ${event.state ?? ""}`,
      );
    }
  }
}

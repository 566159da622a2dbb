/**
 * What happens in a programme on AWS, good and bad, so that every function does all of its kinds of work: whoever looks at the
 * grants afterwards sees what was missing and what nobody needed.
 */
import assert from "node:assert/strict";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { ApiProblem, type Call } from "../../shared/contracts/client.ts";
import { type OperationId, operations } from "../../shared/contracts/operations.ts";
import {
  EVENT_PARTITION_PREFIX,
  eventSortKey,
  MAIL_PARTITION_PREFIX,
  PERSON_PARTITION_PREFIX,
} from "../../shared/contracts/table.ts";
import { exampleInput } from "../functions/api/example-inputs.ts";
import { type Journey, runMainJob, team } from "../journeys/main-job.ts";
import { eventually } from "../support/eventually.ts";
import { pdfSaying, sha256Of, uploadFile } from "../support/files.ts";
import type { SamplePerson } from "../support/people.ts";
import type { Cloud } from "./cloud.ts";

export const PILOT_ID = "walked";
export const WITHDRAWN_ID = "withdrawn";

export interface Life {
  readonly journey: Journey;
  /** Operations that failed by a fault of ours, with the person who asked. */
  readonly faults: readonly string[];
}

export async function liveOn(cloud: Cloud, tell: (what: string) => void = () => {}): Promise<Life> {
  const journey = await walkOn(cloud, tell);
  const withdrawn = await journey.withPilot(WITHDRAWN_ID);
  await withdraw(cloud, withdrawn);
  const faults = await readEverything(cloud);
  await failEverywhere(cloud);
  await cloud.settled();
  return { journey, faults };
}

/** From application to closure, with a rework, a missed deadline and a hold. */
export function walkOn(cloud: Cloud, tell: (what: string) => void): Promise<Journey> {
  return runMainJob({
    url: cloud.url,
    pilotId: PILOT_ID,
    detours: true,
    signIn: (person) => cloud.as(person),
    moveTo: (instant) => cloud.moveTo(instant),
    tell,
  });
}

/** A stage run whose execution an administrator restarts, files good and bad, then the company withdraws. */
async function withdraw(cloud: Cloud, journey: Journey): Promise<void> {
  const params = { pilotId: journey.pilotId };
  const runId = "needs-1";
  await journey.apply(team);
  const run = () => journey.as("coordinator")("getExecution", { params: { ...params, runId } });
  await eventually("the execution runs", async () => ((await runs(run)) ? true : undefined));
  await keepFiles(journey);
  const administrator = await cloud.as("admin-1");
  await administrator("restartExecution", { params: { ...params, runId }, body: { reason: "The definition is new." } });
  await eventually("the second execution runs", async () => ((await runs(run, "-2")) ? true : undefined));
  await journey.as("sme")("withdrawPilot", { params, body: { reason: "The owners sell the company." } });
  await eventually("it is stopped", async () => ((await run()).status === "ABORTED" ? true : undefined));
}

async function runs(
  read: () => Promise<{ readonly name: string; readonly status: string }>,
  ending = "-1",
): Promise<boolean> {
  // Before the first start there is nothing to read.
  const found = await read().catch((error: unknown) => {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  });
  return found !== undefined && found.name.endsWith(ending) && found.status === "RUNNING";
}

/** A file that arrives and is fetched, one that is not what its name says, one that never comes. */
async function keepFiles(journey: Journey): Promise<void> {
  const { url, pilotId } = journey;
  const call = journey.as("sme");
  const place = { pilotId, deliverableId: "NA-2" };
  const words = new TextEncoder().encode("No PDF at all");
  const { fileId } = await uploadFile({ url, call }, place, { name: "Prices.pdf", content: pdfSaying("Prices") });
  const { download } = await call("getFileLink", { params: { pilotId, fileId }, query: {} });
  const fetched = await fetch(download.url);
  assert.equal(await fetched.text(), new TextDecoder().decode(pdfSaying("Prices")));

  await refused(uploadFile({ url, call }, place, { name: "Plan.pdf", content: words }));
  const announced = { field: "/attachments", name: "Late.pdf", bytes: words.length, sha256: sha256Of(words) };
  const late = await call("beginUpload", { params: place, body: announced });
  await refused(call("completeUpload", { params: { pilotId, fileId: late.fileId }, body: {} }));
}

/** The call is refused to its caller, by a rule and not by a fault of ours. */
async function refused(call: Promise<unknown>): Promise<void> {
  await assert.rejects(call, (error) => error instanceof ApiProblem && error.status < 500);
}

/** Every reading operation, by everybody who may and some who may not. */
async function readEverything(cloud: Cloud): Promise<readonly string[]> {
  const readers: readonly SamplePerson[] = ["coordinator-1", "admin-1", "auditor-1", "advisor-1", "sme-aurora-admin"];
  const faults: string[] = [];
  for (const person of readers) {
    const call: Call = await cloud.as(person);
    for (const id of Object.keys(operations) as OperationId[]) {
      if (operations[id].method !== "GET") continue;
      const { params, query } = exampleInput(id);
      const input = { params: { ...params, pilotId: PILOT_ID }, query };
      try {
        // The table's types do not reach through a loop over it.
        await (call as (id: OperationId, input: unknown) => Promise<unknown>)(id, input);
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        if (error.status >= 500) faults.push(`${id} by ${person}: ${error.status} ${error.kind}`);
      }
    }
  }
  return faults;
}

/** Records that no consumer can handle, and a report of a mail that came back which nobody can read. */
async function failEverywhere({ table, putEvent, settled }: Cloud): Promise<void> {
  const broken = [
    { pk: `${EVENT_PARTITION_PREFIX}broken`, sk: eventSortKey(1) },
    { pk: `${MAIL_PARTITION_PREFIX}broken`, sk: "MAIL" },
    { pk: `${PERSON_PARTITION_PREFIX}broken`, sk: "PERSON" },
  ];
  for (const { pk, sk } of broken) {
    const Item = { pk: { S: pk }, sk: { S: sk }, version: { N: "1" }, type: { S: "broken" }, data: { S: "{" } };
    await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
  }
  const mail = { tags: { "ses:configuration-set": ["fairway-prod"] }, destination: "not a list" };
  putEvent({ source: "aws.ses", "detail-type": "Email Bounced", detail: { mail } });
  await settled();
}

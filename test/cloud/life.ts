/**
 * What happens in a programme on AWS, good and bad, so that every function does all of its kinds of work: whoever looks at the
 * grants afterwards sees what was missing and what nobody needed.
 */
import assert from "node:assert/strict";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { sampleProgrammeId } from "../../local/sample/people.ts";
import { ApiProblem, type Call } from "../../shared/contracts/client.ts";
import { type OperationId, operations } from "../../shared/contracts/operations.ts";
import {
  EVENT_PARTITION_PREFIX,
  eventSortKey,
  MAIL_PARTITION_PREFIX,
  PERSON_PARTITION_PREFIX,
} from "../../shared/contracts/table.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { mailItemWith } from "../../shared/records/mails.ts";
import { exampleInput } from "../functions/api/example-inputs.ts";
import { inOrder, type Journey, runMainJob, team } from "../journeys/main-job.ts";
import { eventually } from "../support/eventually.ts";
import { pdfSaying, sha256Of, uploadFile } from "../support/files.ts";
import type { SamplePerson } from "../support/people.ts";
import type { Cloud } from "./cloud.ts";
import { emailOf } from "./people.ts";

export const PILOT_ID = "walked";
const WITHDRAWN_ID = "withdrawn";

export interface Life {
  readonly journey: Journey;
  /** Operations that failed by a fault of ours, with the person who asked. */
  readonly faults: readonly string[];
  /** Mails that SES took while it was paused, and in the hour after. */
  readonly mailsDuringPause: number;
  readonly mailsAfterPause: number;
}

export async function liveOn(cloud: Cloud, tell: (what: string) => void = () => {}): Promise<Life> {
  await keepAnOldMail(cloud);
  const journey = await walkOn(cloud, tell);
  const pause = await liveAndWithdraw(cloud, await journey.withPilot(WITHDRAWN_ID));
  await inviteSomebody(cloud);
  const faults = await readEverything(cloud);
  await failEverywhere(cloud);
  return { journey, faults, ...pause };
}

/** From application to closure, with a rework, a missed deadline and a hold. */
function walkOn(cloud: Cloud, tell: (what: string) => void): Promise<Journey> {
  return runMainJob({
    url: cloud.url,
    pilotId: PILOT_ID,
    detours: true,
    signIn: cloud.as,
    moveTo: cloud.moveTo,
    tell,
  });
}

/** Of a time that the programme keeps no longer: the next day's first sweep forgets it. */
async function keepAnOldMail({ store }: Cloud): Promise<void> {
  const old = {
    id: "old",
    programmeId: sampleProgrammeId,
    to: emailOf("advisor-1"),
    personId: "advisor-1",
    subject: "Long ago",
    text: "Long ago",
    createdAt: "2001-01-01T08:00:00.000Z",
    eventIds: [],
    language: "en",
    sample: false,
  } as const;
  const sent = { status: "sent", at: old.createdAt, attempts: 1 } as const;
  await store.derive([{ kind: "put", item: mailItemWith(old, sent), expectedVersion: 0 }]);
}

/**
 * Files good and bad, a gate that puts the pilot on hold, a stage run whose execution an administrator restarts; then the
 * company withdraws while SES takes no mails.
 */
async function liveAndWithdraw(
  cloud: Cloud,
  journey: Journey,
): Promise<Pick<Life, "mailsDuringPause" | "mailsAfterPause">> {
  const params = { pilotId: journey.pilotId };
  const [stage] = latestProcess.stages;
  if (stage === undefined) throw new Error("The process has no stage.");
  const runId = `${stage.id}-1`;
  const execution = () => journey.as("coordinator")("getExecution", { params: { ...params, runId } });
  await journey.apply(team);
  await journey.awaitStage(stage);
  await keepFiles(cloud, journey);

  await journey.accept(...inOrder(stage).map(({ id }) => id));
  const { round, basedOn } = await journey.scoreGate(stage);
  await journey.as("coordinator")("decideGate", {
    params: { ...params, runId },
    body: { round, decision: "hold", basedOn, reason: "The funds are late.", resumeOn: dayAfter(cloud.now(), 30) },
  });
  await cloud.settled();
  await journey.as("coordinator")("resumePilot", { params, body: {} });
  await eventually("the gate is open again", () => journey.openGate(runId));

  const administrator = await cloud.as("admin-1");
  await administrator("restartExecution", { params: { ...params, runId }, body: { reason: "The definition is new." } });
  await eventually("the second execution runs", async () => {
    const { name, status } = await execution();
    return name.endsWith("-2") && status === "RUNNING" ? true : undefined;
  });

  await cloud.settled();
  const before = cloud.mail.sent.length;
  cloud.mail.pause(true);
  await journey.as("sme")("withdrawPilot", { params, body: { reason: "The owners sell the company." } });
  await eventually("the execution is stopped", async () =>
    (await execution()).status === "ABORTED" ? true : undefined,
  );
  await cloud.settled();
  const during = cloud.mail.sent.length;
  cloud.mail.pause(false);
  await cloud.moveTo(new Date(cloud.now().getTime() + HOUR_MS));
  return { mailsDuringPause: during - before, mailsAfterPause: cloud.mail.sent.length - during };
}

/** A file that arrives and is fetched, one that is not what its name says, one that never comes and is forgotten. */
async function keepFiles(cloud: Cloud, journey: Journey): Promise<void> {
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
  await cloud.moveTo(new Date(cloud.now().getTime() + 25 * HOUR_MS));
  await uploadFile({ url, call }, place, { name: "Terms.pdf", content: pdfSaying("Terms") });
}

/** The call is refused to its caller, by a rule and not by a fault of ours. */
async function refused(call: Promise<unknown>): Promise<void> {
  await assert.rejects(call, (error) => error instanceof ApiProblem && error.status < 500);
}

/** Somebody whom Fairway did not know is invited, can sign in, and has their role. */
async function inviteSomebody(cloud: Cloud): Promise<void> {
  const email = "new.colleague@company.test";
  const manager = await cloud.as("sme-aurora-admin");
  await manager("inviteMember", {
    body: { email, name: "New colleague", role: "sme_member", language: "lv", maySubmit: true },
  });
  await cloud.settled();
  const colleague = await cloud.signIn(email);
  assert.equal((await colleague("getMe", {})).invited, true);
  const { memberships } = await colleague("acceptInvitation", {});
  assert.deepEqual(
    memberships.map(({ role }) => role),
    ["sme_member"],
  );
}

const HOUR_MS = 3_600_000;

const dayAfter = (now: Date, days: number): string =>
  new Date(now.getTime() + days * 24 * HOUR_MS).toISOString().slice(0, 10);

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

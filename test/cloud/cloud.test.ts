/** The main promise of `infra`: what the templates describe does the whole job, with just the rights it needs. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { samplePeople } from "../../local/sample/people.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import type { Grant } from "./authority.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { type Life, liveOn, PILOT_ID } from "./life.ts";
import { BOUNCING_ADDRESS } from "./mail-service.ts";

let cloud: Cloud;
let life: Life;

beforeAll(async () => {
  cloud = await startCloud();
  life = await liveOn(cloud);
}, 300_000);

afterAll(() => cloud?.[Symbol.asyncDispose]());

/** Grants that services of AWS use where no stand-in can see it, and why they are there. */
const UNSEEN: readonly { readonly fits: (grant: Grant) => boolean; readonly why: string }[] = [
  {
    fits: ({ role, action }) => /^(StageRun|Deadlines)Role$/.test(role) && /^(logs|xray):/.test(action),
    why: "Step Functions writes its log and traces; CDK gives the rights",
  },
  {
    fits: ({ role }) => role.endsWith("DeploymentRole"),
    why: "CodeDeploy moves an alias during a deployment",
  },
  {
    fits: ({ role }) => role.startsWith("CustomCDKBucketDeployment"),
    why: "CDK's own function copies the portal's files",
  },
  {
    fits: ({ role }) => role === "Deploy" || role === "Diff",
    why: "The public forge deploys and compares",
  },
];

describe("the cloud-shaped system", () => {
  test("walks a pilot from application to closure, each stage in an execution of its own", async () => {
    expect(await life.journey.pilot()).toMatchObject({ id: PILOT_ID, status: "completed" });
    for (const { id } of latestProcess.stages) {
      const execution = await life.journey.as("coordinator")("getExecution", {
        params: { pilotId: PILOT_ID, runId: `${id}-1` },
      });
      expect(execution).toMatchObject({ name: `${PILOT_ID}-${id}-1-1`, status: "SUCCEEDED" });
    }
  });

  test("answers every reading operation to everybody who may ask, or refuses by a rule", () => {
    expect(life.faults).toEqual([]);
  });

  test("lacks no grant: each call was allowed by the policies of its caller in the templates", () => {
    expect(cloud.authority.missing()).toEqual([]);
  });

  test("has no grant that nothing uses, but those that AWS uses unseen", () => {
    const unused = cloud.authority.unused().filter((grant) => !UNSEEN.some(({ fits }) => fits(grant)));
    expect(unused).toEqual([]);
  });

  test("sets aside what a function cannot handle, and goes on with the rest", () => {
    const perQueue = [...cloud.queues].map(([queue, messages]) => [queue, messages.length]).sort();
    expect(perQueue).toEqual([
      ["DeliverFailed", 1],
      ["EnrolFailed", 1],
      ["MailReturnedFailed", 1],
      ["NotifyFailed", 1],
      ["ProjectFailed", 1],
      ["RelayFailed", 1],
    ]);
  });

  test("mails each person of the programme once what concerns them, later when SES takes nothing for a while", () => {
    const keys = cloud.mail.sent.map(({ key }) => key);
    expect(keys).not.toContain("");
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(life.mailsDuringPause).toBe(0);
    expect(life.mailsAfterPause).toBeGreaterThan(0);
  });

  test("writes no more to an address that mails come back from", async () => {
    expect(cloud.mail.sent.filter(({ to }) => to === BOUNCING_ADDRESS)).toHaveLength(1);
  });

  test("logs nothing about people", () => {
    const words = samplePeople.flatMap(({ person }) => [person.name, person.email]);
    const lines = cloud.lambda.log.filter(
      ({ line }) => words.some((word) => line.includes(word)) || line.includes("@"),
    );
    expect(lines).toEqual([]);
  });
});

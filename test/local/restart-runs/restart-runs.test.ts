/** A new version of the workflow, and the command that brings running work onto it: embedded, and as on AWS. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import {
  CreateStateMachineAliasCommand,
  PublishStateMachineVersionCommand,
  SFNClient,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createExecutionVersions, createStepFunctions } from "../../../functions/adapters/step-functions.ts";
import { stateMachineDefinition } from "../../../local/functions.ts";
import { openHouse } from "../../../local/moving/house.ts";
import { openJournalVersions } from "../../../local/restart-runs/journal-versions.ts";
import { openRuns, type RunCondition } from "../../../local/restart-runs/open-runs.ts";
import { type RestartOptions, restartRuns } from "../../../local/restart-runs/restart-runs.ts";
import type { States } from "../../../local/states/states.ts";
import { serveStates } from "../../../local/states/wire/server.ts";
import { startSystem } from "../../../local/system.ts";
import { waitsOfFreshExecution } from "../../../shared/domain/pilot/waits.ts";
import type { ExecutionVersions } from "../../../shared/ports/workflows.ts";
import { createPilotRecords } from "../../../shared/records/pilots.ts";
import { waitsOf } from "../../../shared/records/waits.ts";
import { Journey } from "../../journeys/main-job.ts";
import { type EngineRoom, needsStage, openEngineRoom, pilotId } from "../../recovery/engine-room.ts";
import { type WhatIsLeft, whatIsLeft } from "../../recovery/what-is-left.ts";
import { startDynamoDb, type TestDynamoDb } from "../../support/dynamodb.ts";
import { openDynamoDbWithFeed } from "../../support/dynamodb-feed.ts";
import { temporaryFolder } from "../../support/houses.ts";

const monday = new Date("2027-01-11T09:00:00.000Z");
/** Acts until a deliverable of the first stage is in review. */
const INTO_THE_STAGE = 9;
const MAIN = join(import.meta.dirname, "../../../local/restart-runs/main.ts");
const quietly = { reason: "A better one", tell: () => {} };
const KEYS = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

/** As it is typed. */
async function typed(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args], { env: { ...process.env, ...env } });
  return stdout;
}

describe("on AWS", () => {
  let dynamoDb: TestDynamoDb;
  beforeAll(async () => {
    dynamoDb = await startDynamoDb();
  });
  afterAll(() => dynamoDb[Symbol.asyncDispose]());

  test("a pilot of an older version is shown, restarted once, waits where it was said, and nothing is repeated", async () => {
    const { store, tableName } = await openDynamoDbWithFeed(dynamoDb);
    await using aws = createAws();
    await using room = await openEngineRoom({ now: monday, store, workflows: aws.workflows });
    const acts = needsStage(room);
    for (let act = 1; act <= INTO_THE_STAGE; act += 1) {
      await acts.next();
      await room.settled();
      await expectToWaitAsAFreshOneWould(room);
    }
    await aws.publish({ Comment: "A better one" });

    const at = `dynamodb://${tableName}?region=eu-north-1&endpoint=${dynamoDb.endpoint}&states=${aws.alias()}`;
    const before = await whatIsLeft(room, pilotId);
    const shown = await typed(["--at", at], { ...KEYS, AWS_ENDPOINT_URL_SFN: aws.url() });
    expect(shown).toMatch(/^Live: version 2$/m);
    expect(shown).toMatch(/pilot {2}needs-1: behind\n {2}execution pilot-needs-1-1: RUNNING, version 1, since /);
    expect(shown).toMatch(/waits for (review|submission) of NA-\d.*\n {2}a fresh one waits for the same/);
    expect(shown).toContain("1 would be restarted, 0 open stage runs are left as they are. Nothing was changed");
    expect(await whatIsLeft(room, pilotId)).toEqual(before);

    const { clock } = room;
    const options = {
      store,
      clock,
      pilots: createPilotRecords({ store, clock }),
      versions: aws.versions(),
      ...quietly,
    };
    const nothing = { wanting: 0, restarted: 0, movedOn: 0 };
    expect(await restartRuns({ ...options, stages: ["feasibility"] })).toEqual({ ...nothing, leftAlone: 0 });
    expect(await restartRuns(options)).toEqual({ wanting: 1, restarted: 1, movedOn: 0, leftAlone: 0 });
    await room.settled();
    const after = await whatIsLeft(room, pilotId);
    expect(after.executions).toEqual(["needs-1: RUNNING, 1 running"]);
    expect(wayOf(after)).toEqual(wayOf(before));
    expect(await restartRuns(options)).toEqual({ ...nothing, leftAlone: 1 });

    // And goes on to the next stage, which starts with what is live.
    for await (const _ of acts) await room.settled();
    await expectToWaitAsAFreshOneWould(room);
    expect(await restartRuns(options)).toEqual({ ...nothing, leftAlone: 1 });
  }, 90_000);

  test("an address without the alias is refused, and nothing is touched", async () => {
    await expect(typed(["--at", "dynamodb://fairway-prod?region=eu-north-1"], KEYS)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Say which alias"),
    });
  });
});

describe("embedded", () => {
  test("work of a Fairway before this one is shown, restarted, and goes on when Fairway is started", async () => {
    await using folder = await temporaryFolder();
    const open = () =>
      startSystem({ dataFolder: folder.path, port: 0, sample: "people", portal: false, progress: () => {} });
    {
      await using system = await open();
      const journey = await Journey.begin({ url: system.url, pilotId: "running" });
      await journey.apply();
      await system.settled();
      // Somebody works in it.
      await expect(typed(["--at", folder.path])).rejects.toMatchObject({ code: 1 });
    }
    const restart = async (more: Partial<RestartOptions>) => {
      using house = openHouse(folder.path, { mayBeNew: false });
      using versions = openJournalVersions(join(folder.path, "states.sqlite"));
      return await restartRuns({ ...house, versions, pilots: createPilotRecords(house), ...quietly, ...more });
    };
    const nothing = { wanting: 0, restarted: 0, movedOn: 0 };
    expect(await restart({})).toEqual({ ...nothing, leftAlone: 1 });
    makeOlder(join(folder.path, "states.sqlite"));
    const shown = await typed(["--at", folder.path]);
    expect(shown).toMatch(/running {2}needs-1: behind/);
    expect(shown).toMatch(/waits for submission of NA-1, .*\n {2}a fresh one waits for the same/);
    expect(await restart({ pilotIds: ["another"] })).toEqual({ ...nothing, leftAlone: 0 });
    expect(await restart({ pilotIds: ["running"] })).toEqual({ wanting: 1, restarted: 1, movedOn: 0, leftAlone: 0 });
    // Broken off and typed again: what was asked for is not asked for twice.
    expect(await restart({})).toEqual({ ...nothing, leftAlone: 1 });
    {
      await using system = await open();
      await system.settled();
      const journey = await Journey.begin({ url: system.url, pilotId: "running" });
      await journey.handIn("NA-1");
      await journey.review("NA-1");
      await system.settled();
      const { name, status } = await journey.as("coordinator")("getExecution", {
        params: { pilotId: "running", runId: "needs-1" },
      });
      expect([name, status]).toEqual(["running-needs-1-2", "RUNNING"]);
    }
    expect(await restart({})).toEqual({ ...nothing, leftAlone: 1 });
    expect(await restart({ all: true })).toMatchObject({ restarted: 1 });
  }, 90_000);

  test.each<[RunCondition, Awaited<ReturnType<ExecutionVersions["find"]>>, number]>([
    ["current", { status: "RUNNING", version: "2", startedAt: monday.toISOString() }, 0],
    ["behind", { status: "RUNNING", version: "1", startedAt: monday.toISOString() }, 0],
    ["behind", { status: "RUNNING", version: undefined, startedAt: monday.toISOString() }, 0],
    ["broken", { status: "FAILED", version: "2", startedAt: monday.toISOString() }, 0],
    ["starting", undefined, 1],
    ["lost", undefined, 120],
  ])("a run is %s: execution %o, %d minutes after its start", async (condition, execution, minutes) => {
    await using room = await openEngineRoom({ now: monday });
    const acts = needsStage(room);
    for (let act = 1; act <= INTO_THE_STAGE; act += 1) await acts.next();
    const { store, clock } = room;
    const found = [];
    const options = {
      store,
      pilots: createPilotRecords({ store, clock }),
      clock: { now: () => new Date(clock.now().getTime() + minutes * 60_000) },
      versions: { live: async () => ["2"], find: async () => execution },
    };
    for await (const run of openRuns(options)) found.push(run.condition);
    expect(found).toEqual([condition]);
  });
});

/** All but the restart itself; tokens of the execution that was stopped lie beside the new ones until their place is answered. */
const wayOf = ({ events, mails, notices, waits }: WhatIsLeft) => ({
  events: events.filter((event) => !event.startsWith("ExecutionRestarted")),
  mails,
  notices,
  waits: new Set(waits),
});

async function expectToWaitAsAFreshOneWould(room: EngineRoom): Promise<void> {
  const state = await room.pilot();
  const runId = state.pilot.currentRunId;
  if (runId === undefined) return;
  const kept = (await waitsOf(room.store, pilotId)).filter(({ wait }) => wait.runId === runId);
  const places = kept.map(({ wait }) => [wait.slot, "deliverableId" in wait ? wait.deliverableId : ""].join(" "));
  const fresh = (waitsOfFreshExecution(state, runId) ?? []).map((wait) =>
    [wait.slot, "deliverableId" in wait ? wait.deliverableId : ""].join(" "),
  );
  expect([...new Set(places)].toSorted()).toEqual(fresh.toSorted());
}

/** Step Functions over the wire, where the machine of stage runs has versions and the alias that starts them. */
function createAws() {
  let server: Awaited<ReturnType<typeof serveStates>> | undefined;
  let client: SFNClient | undefined;
  let machineArn = "";
  let aliasArn = "";
  const sfn = (): SFNClient => {
    if (client === undefined) throw new Error("The room opens first.");
    return client;
  };
  const publishVersion = async () =>
    (await sfn().send(new PublishStateMachineVersionCommand({ stateMachineArn: machineArn }))).stateMachineVersionArn;
  return {
    url: () => server?.url ?? "",
    alias: () => aliasArn,
    async workflows(states: States) {
      server = await serveStates(states);
      const credentials = { accessKeyId: "test", secretAccessKey: "test" };
      client = new SFNClient({ endpoint: server.url, region: "eu-north-1", credentials });
      machineArn = `arn:aws:states:${states.place.region}:${states.place.account}:stateMachine:stage-run`;
      const routingConfiguration = [{ stateMachineVersionArn: await publishVersion(), weight: 100 }];
      const created = await client.send(new CreateStateMachineAliasCommand({ name: "live", routingConfiguration }));
      aliasArn = created.stateMachineAliasArn ?? "";
      return createStepFunctions({ client, stateMachineArns: { "stage-run": aliasArn } });
    },
    versions: () => createExecutionVersions({ client: sfn(), stateMachineArns: { "stage-run": aliasArn } }),
    async publish(more: object) {
      const definition = JSON.stringify(Object.assign({}, stateMachineDefinition("stage-run"), more));
      await sfn().send(new UpdateStateMachineCommand({ stateMachineArn: machineArn, definition }));
      const routingConfiguration = [{ stateMachineVersionArn: await publishVersion(), weight: 100 }];
      await sfn().send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn: aliasArn, routingConfiguration }));
    },
    async [Symbol.asyncDispose]() {
      client?.destroy();
      await server?.close();
    },
  };
}

/** As if an earlier Fairway, with another definition, had started what runs. */
function makeOlder(file: string): void {
  using db = new DatabaseSync(file);
  const { changes } = db
    .prepare(
      `UPDATE revisions SET definition = json_set(definition, '$.Comment', 'as it was') WHERE machine = 'stage-run'`,
    )
    .run();
  expect(changes).toBe(1);
}

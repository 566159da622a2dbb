/** I3, I8: a signal may come late, twice or never; no execution waits for ever, and none takes another's answer. */
import { describe, expect, test } from "vitest";
import { sampleProgrammeId } from "../../local/sample/people.ts";
import { executionName } from "../../shared/contracts/executions.ts";
import { openWait, waitsOf } from "../../shared/records/waits.ts";
import { type EngineRoom, handIn, needsStage, openEngineRoom, pilotId, untilRun } from "./engine-room.ts";

const monday = new Date("2027-01-11T09:00:00.000Z");
const twoHoursMs = 2 * 60 * 60 * 1000;
const runId = "needs-1";

/** A pilot whose first stage is open, all its deliverables awaited. */
async function inFirstStage(options: Partial<Parameters<typeof openEngineRoom>[0]> = {}): Promise<EngineRoom> {
  const room = await openEngineRoom({ now: monday, ...options });
  for await (const _ of needsStage(room)) {
    if ((await room.pilot()).pilot.currentRunId === runId) break;
  }
  await untilRun(room, runId, "active");
  return room;
}

const slotsOf = async (room: EngineRoom, deliverableId: string): Promise<readonly string[]> =>
  (await waitsOf(room.store, pilotId))
    .filter(({ wait }) => "deliverableId" in wait && wait.deliverableId === deliverableId)
    .map(({ wait }) => wait.slot);

describe("a signal that relay never got", () => {
  test("is found by the sweep, once the wait is an hour old, and the execution goes on", async () => {
    await using room = await inFirstStage({
      reachesRelay: ({ type, data }) => !(type === "DeliverableSubmitted" && data.deliverableId === "NA-1"),
    });
    await handIn(room, "NA-1");
    await room.settled();
    expect(await slotsOf(room, "NA-1")).toEqual(["submission"]);
    expect(await room.invoke("SweepWaits", {})).toMatchObject({ answered: 0, orphans: [] });

    await room.clock.advance(twoHoursMs);
    expect(await room.invoke("SweepWaits", {})).toMatchObject({ answered: 1, orphans: [] });
    await room.settled();
    expect(await slotsOf(room, "NA-1")).toEqual(["review"]);
    expect(await room.invoke("SweepWaits", {})).toMatchObject({ answered: 0, orphans: [] });
  });

  test("is reported when nobody has work that would ever send it", async () => {
    await using room = await inFirstStage();
    const gone = { pilotId: "gone", programmeId: sampleProgrammeId, runId, slot: "gate", taskToken: "token" } as const;
    await openWait(room, gone);
    await room.clock.advance(twoHoursMs);
    expect(await room.invoke("SweepWaits", {})).toMatchObject({ answered: 0, orphans: [`gone ${runId} gate`] });
  });
});

describe("the token of an execution that is no more", () => {
  test.each(["a stopped one's, written late", "of an engine the store has left"])(
    "does not take the place of its successor's: %s",
    async (which) => {
      await using room = await inFirstStage();
      const before = await waitsOf(room.store, pilotId);
      await room.act("admin-1", { type: "RestartExecution", runId, reason: "To see that it does no harm." });
      await room.settled();
      const old = before.find(({ wait }) => "deliverableId" in wait && wait.deliverableId === "NA-1");
      await room.invoke("AwaitSubmission", {
        pilotId,
        stageRunId: runId,
        deliverableId: "NA-1",
        taskToken: which.startsWith("of") ? "a token in another format" : old?.wait.taskToken,
      });
      await handIn(room, "NA-1");
      await room.settled();
      expect(await slotsOf(room, "NA-1")).toEqual(["review"]);
    },
  );
});

describe("two restarts before relay has its turn", () => {
  test("leave one execution, the last", async () => {
    const turn = Promise.withResolvers<boolean>();
    await using room = await inFirstStage({
      reachesRelay: ({ type }) => (type === "ExecutionRestarted" ? turn.promise : true),
    });
    for (const reason of ["To see that it does no harm.", "And again."]) {
      await room.act("admin-1", { type: "RestartExecution", runId, reason });
    }
    turn.resolve(true);
    await room.settled();
    const { executions } = await room.states.listExecutions({ stateMachine: "stage-run", statusFilter: "RUNNING" });
    expect(executions.map(({ name }) => name)).toEqual([executionName(pilotId, runId, 3)]);
  });
});

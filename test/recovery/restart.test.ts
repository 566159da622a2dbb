/** I1: executions are disposable. Stop them, start new ones for the same stage run: nothing lost, nothing repeated. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type EngineRoom, needsStage, openEngineRoom, pilotId } from "./engine-room.ts";
import { type WhatIsLeft, whatIsLeft } from "./what-is-left.ts";

const monday = new Date("2027-01-11T09:00:00.000Z");

interface Disturbance {
  readonly afterAct: number;
  /** Turns of the event loop from the act to the disturbance: what follows the act may be anywhere by then. */
  readonly turns: number;
  /** By the engine's own door first, as an operator with the AWS console would, or by the restart alone. */
  readonly stopFirst: boolean;
}

describe("an execution that is stopped and started anew for the same stage run", () => {
  let undisturbed: WhatIsLeft;
  beforeAll(async () => {
    undisturbed = await live([]);
  });

  test("loses nothing and repeats nothing, whenever that is and however often (I1, I4)", async () => {
    const disturbance = fc.record({
      afterAct: fc.integer({ min: 4, max: 23 }),
      turns: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 30 })),
      stopFirst: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(disturbance, { minLength: 1, maxLength: 8 }),
        fc.array(fc.oneof(fc.constant(0), fc.constant(3), fc.nat({ max: 150 })), { minLength: 1, maxLength: 20 }),
        async (disturbances, delays) => {
          expect(await live(disturbances, delays)).toEqual(undisturbed);
        },
      ),
      { numRuns: 20 },
    );
  }, 60_000);
});

async function live(disturbances: readonly Disturbance[], delays: readonly number[] = [0]): Promise<WhatIsLeft> {
  let calls = 0;
  await using room = await openEngineRoom({
    now: monday,
    dawdle() {
      calls += 1;
      return turns(delays[calls % delays.length] ?? 0);
    },
  });
  let act = 0;
  for await (const _ of needsStage(room)) {
    act += 1;
    for (const disturbance of disturbances.filter(({ afterAct }) => afterAct === act)) await disturb(room, disturbance);
  }
  const left = await whatIsLeft(room, pilotId);
  return { ...left, state: withoutCounts(left.state), events: left.events.filter((each) => !isRestart(each)) };
}

async function disturb(room: EngineRoom, disturbance: Disturbance): Promise<void> {
  await turns(disturbance.turns);
  const { currentRunId: runId } = (await room.pilot()).pilot;
  if (runId === undefined) return;
  if (disturbance.stopFirst) {
    const { executions } = await room.states.listExecutions({ stateMachine: "stage-run", statusFilter: "RUNNING" });
    for (const { executionArn } of executions) await room.states.stopExecution({ executionArn, error: "Operator" });
    await turns(disturbance.turns);
  }
  await room.act("admin-1", { type: "RestartExecution", runId, reason: "To see that it does no harm." });
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const isRestart = (event: string): boolean => event.startsWith("ExecutionRestarted");

/** The restarts are counted, on the run and in everything that numbers changes. */
function withoutCounts(state: WhatIsLeft["state"]): WhatIsLeft["state"] {
  const counts = new Set(["executionNumber", "sequence", "version"]);
  return state && JSON.parse(JSON.stringify(state, (name, value: unknown) => (counts.has(name) ? undefined : value)));
}

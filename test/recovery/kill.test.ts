/**
 * I1, as promised to whoever runs Fairway on one machine: kill the process whenever you like. What was acknowledged is
 * there, nobody is told twice, and the pilot arrives where it would have arrived.
 */
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { Journey, type JourneyOptions, runMainJob } from "../journeys/main-job.ts";
import { startKillable } from "./killable-fairway.ts";
import { patient } from "./patient-call.ts";
import { readWhatIsLeft, type WhatIsLeft } from "./what-is-left.ts";

/** A Monday morning everywhere in the programme area, on an ordinary working day. */
const monday = new Date("2027-01-11T09:00:00.000Z");

interface Kill {
  /** Requests let through before; none: the next process dies while it starts. */
  readonly afterCalls: number;
  readonly thenMs: number;
}

type Story = (options: JourneyOptions) => Promise<unknown>;

/** From application over the first gate into the second stage: every kind of step and both kinds of wait. */
const opening: Story = async (options) => {
  const journey = await Journey.begin(options);
  await journey.apply();
  const [needs, feasibility] = latestProcess.stages;
  assert.ok(needs && feasibility);
  await journey.awaitStage(needs);
  for (const { id } of needs.deliverables) {
    await journey.handIn(id);
    await journey.review(id);
  }
  await journey.passGate(needs);
  await journey.awaitStage(feasibility);
  await journey.handIn("FS-1");
  await journey.handIn("FS-2");
  await journey.review("FS-1");
};

const mainJob: Story = runMainJob;

describe("a system that is killed and started again", () => {
  let undisturbed: WhatIsLeft;
  beforeAll(async () => {
    undisturbed = (await live(opening, [])).left;
  });

  test("takes a pilot to the same place, whenever it is killed (I1, I7)", async () => {
    await fc.assert(
      fc.asyncProperty(killsOf(12, { afterCalls: 6, thenMs: 25 }), async (kills) => {
        const { left, killed } = await live(opening, kills);
        expect(left).toEqual(undisturbed);
        expect(killed).toBe(kills.length);
      }),
      { numRuns: 2, endOnFailure: true },
    );
  }, 120_000);

  test("carries the whole main job through a storm of kills, the moves of the clock included", async () => {
    const calm = await live(mainJob, []);
    await fc.assert(
      fc.asyncProperty(killsOf(12, { afterCalls: 20, thenMs: 60 }), async (kills) => {
        const stormy = await live(mainJob, kills);
        expect(stormy.left).toEqual(calm.left);
        expect(stormy.killed).toBe(kills.length);
      }),
      { numRuns: 1, endOnFailure: true },
    );
  }, 180_000);
});

/** `afterCalls` is small enough for all of them to fall within the story, whatever the seed. */
const killsOf = (count: number, { afterCalls, thenMs }: Kill): fc.Arbitrary<readonly Kill[]> =>
  fc.array(fc.record({ afterCalls: fc.nat({ max: afterCalls }), thenMs: fc.nat({ max: thenMs }) }), {
    minLength: count,
    maxLength: count,
  });

/** Lives a story while the kills come down on it. */
async function live(story: Story, kills: readonly Kill[]): Promise<{ left: WhatIsLeft; killed: number }> {
  await using fairway = await startKillable(monday);
  let sent = 0;
  let isOver = false;
  let sentOne = (): void => {};
  let killed = 0;

  async function untilSent(calls: number): Promise<void> {
    while (sent < calls && !isOver) {
      await new Promise<void>((resolve) => {
        sentOne = resolve;
      });
    }
  }

  const storm = async (): Promise<void> => {
    // Everybody has signed in before their first request.
    await untilSent(1);
    for (const { afterCalls, thenMs } of kills) {
      await untilSent(sent + afterCalls);
      await delay(thenMs);
      if (isOver) return;
      await fairway.kill();
      killed += 1;
    }
  };

  const through: JourneyOptions["through"] = (call) =>
    patient(call, {
      up: () => fairway.up(),
      sending() {
        sent += 1;
        sentOne();
      },
    });
  const told = story({ url: fairway.url, pilotId: "pilot", detours: true, through });
  await Promise.all([
    told.finally(() => {
      isOver = true;
      sentOne();
    }),
    storm(),
  ]);
  await fairway.up();
  await fairway.settled();
  await fairway.end();
  return { left: await readWhatIsLeft(fairway.dataFolder, "pilot"), killed };
}

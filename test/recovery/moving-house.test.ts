/** I1 between two houses: whatever moment a pilot is moved at, it goes on as if nobody had moved it, and nobody is told twice. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDynamoDb, type TestDynamoDb } from "../support/dynamodb.ts";
import { embeddedHouse, exported, imported, type TestHouse, tableHouse, temporaryFolder } from "../support/houses.ts";
import { type EngineRoom, needsStage, openEngineRoom, pilotId } from "./engine-room.ts";
import { type WhatIsLeft, whatIsLeft } from "./what-is-left.ts";

const monday = new Date("2027-01-11T09:00:00.000Z");

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb[Symbol.asyncDispose]());

describe("a pilot that is moved from an embedded store to DynamoDB and back", () => {
  test("arrives where it would have arrived, with the same events, mails and notices (I1, I7)", async () => {
    const undisturbed = await live([]);
    const act = fc.integer({ min: 3, max: 23 });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(act, { minLength: 2, maxLength: 2 }),
        fc.nat({ max: 30 }),
        async (acts, turns) => {
          expect(
            await live(
              acts.sort((a, b) => a - b),
              turns,
            ),
          ).toEqual(undisturbed);
        },
      ),
      { numRuns: 2, endOnFailure: true },
    );
  }, 120_000);
});

/** Moves after each of these acts, so many turns of the event loop later. */
async function live(movesAfter: readonly number[], turns = 0): Promise<WhatIsLeft> {
  await using things = new AsyncDisposableStack();
  let house: TestHouse = things.use(await embeddedHouse());
  let room = await openEngineRoom({ now: monday, store: house.store });
  const wherever: EngineRoom = {
    get store() {
      return room.store;
    },
    get states() {
      return room.states;
    },
    get clock() {
      return room.clock;
    },
    invoke: (name, payload) => room.invoke(name, payload),
    act: (personId, command) => room.act(personId, command),
    pilot: () => room.pilot(),
    settled: () => room.settled(),
    [Symbol.asyncDispose]: async () => {},
  };
  let act = 0;
  for await (const _ of needsStage(wherever)) {
    act += 1;
    if (movesAfter.includes(act)) await move();
  }
  const left = await whatIsLeft(room, pilotId);
  await room[Symbol.asyncDispose]();
  return {
    ...left,
    state: withoutCounts(left.state),
    events: left.events.filter((each) => !each.startsWith("ExecutionRestarted")),
    // Executions that ended stayed where they were.
    executions: left.executions.slice(-1),
  };

  async function move(): Promise<void> {
    const to = things.use(house.isTable ? await embeddedHouse() : await tableHouse(dynamoDb));
    // How far a table's consumers have come is not in the table: they are let finish. A data folder knows.
    if (house.isTable) await room.settled();
    else for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await room[Symbol.asyncDispose]();
    await using folder = await temporaryFolder();
    await exported(house, folder.path, { partRecords: 50 });
    await imported(folder.path, to, { clock: room.clock });
    house = to;
    room = await openEngineRoom({ now: monday, store: to.store });
  }
}

/** The restarts are counted, on the run and in everything that numbers changes. */
function withoutCounts(state: WhatIsLeft["state"]): WhatIsLeft["state"] {
  const counts = new Set(["executionNumber", "sequence", "version"]);
  return state && JSON.parse(JSON.stringify(state, (name, value: unknown) => (counts.has(name) ? undefined : value)));
}

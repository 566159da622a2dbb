/** However events come, people find each mail once, and none is missing. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createNotify } from "../../functions/events/notify.ts";
import { createSendDigests } from "../../functions/tasks/send-digests.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import type { Store, StoredEvent } from "../../shared/ports/store.ts";
import { digestKey } from "../../shared/records/mails.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { mailsIn, pilotState, populate, portalUrl, standingClock, storedEvent } from "./around-a-pilot.ts";
import { comment, escalation, nextMorning, rework } from "./told-events.ts";

/** Breaks off `derive` at the given calls, half of them after the write has come through. */
function unreliable(reliable: Store, breaks: ReadonlySet<number>): Store {
  let calls = 0;
  return {
    get: (key) => reliable.get(key),
    query: (query) => reliable.query(query),
    commit: (change) => reliable.commit(change),
    eventsOf: (stream, query) => reliable.eventsOf(stream, query),
    eventsOfProgramme: (programmeId, query) => reliable.eventsOfProgramme(programmeId, query),
    async derive(writes) {
      calls += 1;
      if (breaks.has(calls) && calls % 2 === 0) throw new Error("The connection broke before the write.");
      await reliable.derive(writes);
      if (breaks.has(calls)) throw new Error("The connection broke after the write.");
    },
  };
}

async function untilDone<Outcome>(act: () => Promise<Outcome>): Promise<Outcome> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith("The connection broke")) throw error;
    }
  }
}

describe("many events at once", () => {
  test("each find their place in the same person's digest, though all want it in the same instant", async () => {
    using fresh = openSqliteStore(":memory:");
    await populate(fresh, [pilotState()]);
    const time = standingClock("2027-03-10T09:00:00.000Z");
    const pilots = createPilotRecords({ store: fresh, clock: time });
    const notify = createNotify({ store: fresh, clock: time, pilots, portalUrl });
    const events = Array.from({ length: 200 }, (_, index) => storedEvent(index + 2, comment(false)));
    await Promise.all(events.map(notify));
    const digest = await fresh.get(digestKey({ personId: "admin", programmeId: "programme" }));
    expect(digest?.data.waiting).toHaveLength(200);
  });
});

describe("exactly once (I7)", () => {
  const events = [
    storedEvent(2, rework),
    storedEvent(3, comment(false)),
    storedEvent(4, comment(true)),
    storedEvent(5, escalation("due", ["performer", "advisor"])),
    storedEvent(6, escalation("esc1", ["advisor", "sme_admin"])),
    storedEvent(7, {
      type: "DueDateExtended",
      data: {
        deliverableId: "FS-5",
        dueAt: "2027-04-01T20:59:00.000Z",
        from: "2027-03-10T21:59:00.000Z",
        kind: "extension",
        reminders: [],
      },
    }),
    storedEvent(8, { type: "HoldReminderFired", data: { resumeOn: "2027-05-01", kind: "soon" } }),
    storedEvent(2, rework, "second"),
    storedEvent(3, comment(false), "second"),
  ];

  /** What people find in their mailboxes after the morning, in an order of its own. */
  async function mailboxes(deliveries: readonly (readonly StoredEvent[])[], breaks: ReadonlySet<number>) {
    using fresh = openSqliteStore(":memory:");
    await populate(fresh, [pilotState(), pilotState({ id: "second", title: "Company: second service" })]);
    const shaky = unreliable(fresh, breaks);
    const time = standingClock("2027-03-10T09:00:00.000Z");
    const notify = createNotify({
      store: shaky,
      clock: time,
      pilots: createPilotRecords({ store: shaky, clock: time }),
      portalUrl,
    });
    for (const together of deliveries) await Promise.all(together.map((event) => untilDone(() => notify(event))));
    time.set(nextMorning);
    const sendDigests = createSendDigests({ store: shaky, clock: time });
    await Promise.all([untilDone(sendDigests), untilDone(sendDigests)]);
    return [...(await mailsIn(fresh))].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  test("the same mails go out however events are repeated, reordered, run together and broken off", async () => {
    const undisturbed = await mailboxes(
      events.map((event) => [event]),
      new Set(),
    );
    expect(undisturbed).toHaveLength(15);
    const disturbed = fc
      .tuple(
        fc.shuffledSubarray(events),
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.integer({ min: 1, max: 4 }),
      )
      .map(([before, all, width]) => {
        const sequence = [...before, ...all];
        return Array.from({ length: Math.ceil(sequence.length / width) }, (_, n) =>
          sequence.slice(n * width, (n + 1) * width),
        );
      });
    await fc.assert(
      fc.asyncProperty(disturbed, fc.uniqueArray(fc.integer({ min: 1, max: 60 })), async (deliveries, breaks) => {
        expect(await mailboxes(deliveries, new Set(breaks))).toEqual(undisturbed);
      }),
      { numRuns: 25 },
    );
  });
});

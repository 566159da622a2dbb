/** I7: whoever sleeps past several reminder steps, or does the same work twice, tells people each thing once. */
import { describe, expect, test } from "vitest";
import { createNotify } from "../../functions/events/notify.ts";
import { createFireDueActions } from "../../functions/tasks/fire-due-actions.ts";
import { createSendDigests } from "../../functions/tasks/send-digests.ts";
import { sampleActor, sampleProgrammeId, seedPeople } from "../../local/sample/people.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import { outboxOf } from "../../shared/records/mails.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { startFairway } from "../support/fairway.ts";
import { inEveryLanguage, wordingIn } from "../support/mail-wording.ts";
import { Journey } from "./main-job.ts";
import { allMails, DAY_MS, isOpen } from "./steps.ts";

/** A pilot whose application, due on 12 November, nobody fills in; the clock stands where it is put. */
async function forgottenApplication() {
  const store = openSqliteStore(":memory:");
  let now = "2026-11-02T08:00:00.000Z";
  const clock = { now: () => new Date(now) };
  const pilots = createPilotRecords({ store, clock });
  await seedPeople({ store, clock });
  const applicant = sampleActor("sme-aurora-admin");
  const application = { pilotId: "asleep", organisationId: "aurora", country: "LV", title: "Asleep", sample: true };
  await pilots.change("asleep", { type: "StartApplication", ...application }, applicant);
  const notify = createNotify({
    store,
    clock,
    pilots: createPilotRecords({ store, clock }),
    portalUrl: "http://fairway.example",
  });

  return {
    [Symbol.dispose]: () => store.close(),
    leapTo(instant: string) {
      now = instant;
    },
    fireDueActions: createFireDueActions({ store, clock, pilots }),
    sendDigests: createSendDigests({ store, clock }),
    /** Every event so far, from the first one on: a consumer that has lost its place. */
    async notifyOfEverything() {
      const { events } = await store.read("", 1000);
      for (const event of events) await notify(event);
    },
    async firedSteps() {
      const state = await pilots.load("asleep");
      return state?.tasks["IN-1.produce.1"]?.fired.map(({ step }) => step);
    },
    async mails() {
      const { items } = await outboxOf(store, sampleProgrammeId);
      return items.toReversed();
    },
  };
}

const stepsSaid = (mail: { readonly subject: string }): readonly string[] =>
  (["overdue", "escalated", "at_risk"] as const).filter((step) => wordingIn(mail, step, "Pilot application"));

const total = (runs: readonly { readonly fired: number }[]): number => runs.reduce((sum, { fired }) => sum + fired, 0);

/** Lines about the forgotten application that one person was sent, over all mails. */
const linesTo = (mails: readonly { personId: string; text: string }[], personId: string): readonly string[] =>
  mails
    .filter((mail) => mail.personId === personId)
    .flatMap(({ text }) => text.split("\n"))
    .map((line) => line.trim())
    .filter((line) => inEveryLanguage("Pilot application").some((name) => line.includes(name)));

describe("a leap over three reminder steps (I7)", () => {
  test("sends each once, in their order, also when the machine runs again and three times at once", async () => {
    using pilot = await forgottenApplication();
    pilot.leapTo("2026-11-11T09:00:00.000Z");
    expect(await pilot.fireDueActions()).toEqual({ fired: 3, more: false });
    expect(await pilot.firedSteps()).toEqual(["soon", "followup", "near"]);
    const again = await Promise.all([pilot.fireDueActions(), pilot.fireDueActions(), pilot.fireDueActions()]);
    expect(total(again)).toBe(0);

    pilot.leapTo("2026-11-20T09:00:00.000Z");
    const atOnce = await Promise.all([pilot.fireDueActions(), pilot.fireDueActions(), pilot.fireDueActions()]);
    expect(total(atOnce)).toBe(3);
    expect(await pilot.firedSteps()).toEqual(["soon", "followup", "near", "due", "esc1", "esc2"]);
  });

  test("tells each person once, also when events are handled again and side by side", async () => {
    using pilot = await forgottenApplication();
    pilot.leapTo("2026-11-20T09:00:00.000Z");
    await Promise.all([pilot.fireDueActions(), pilot.fireDueActions()]);
    await Promise.all([pilot.notifyOfEverything(), pilot.notifyOfEverything(), pilot.notifyOfEverything()]);
    const urgent = await pilot.mails();
    expect(urgent.map((mail) => [mail.personId, ...stepsSaid(mail)]).sort()).toEqual([
      ["coordinator-1", "at_risk"],
      ["coordinator-2", "at_risk"],
      ["sme-aurora-admin", "escalated"],
      ["sme-aurora-admin", "overdue"],
      ["sme-aurora-member", "overdue"],
    ]);

    // The prompts wait for the morning, then come in one mail.
    pilot.leapTo("2026-11-21T09:00:00.000Z");
    await Promise.all([pilot.sendDigests(), pilot.sendDigests()]);
    await pilot.notifyOfEverything();
    await pilot.sendDigests();
    const mails = await pilot.mails();
    for (const personId of ["sme-aurora-admin", "sme-aurora-member", "coordinator-1", "coordinator-2"]) {
      const lines = linesTo(mails, personId);
      expect(new Set(lines).size, personId).toBe(lines.length);
    }
    expect(linesTo(mails, "sme-aurora-admin")).toHaveLength(5);
    // Four reminders, and the task itself.
    expect(linesTo(mails, "sme-aurora-member")).toHaveLength(5);
  });

  test("a system that was off for three weeks catches up when it starts, and has nothing left to tell when it starts again", async () => {
    await using fairway = await startFairway();
    const journey = await Journey.begin({ url: fairway.url, pilotId: "off" });
    await journey.as("sme")("startApplication", { body: { pilotId: "off", title: "Off" } });
    const [{ dueAt } = { dueAt: "" }] = (await journey.pilot()).tasks.filter(isOpen);
    const { now } = await journey.as("coordinator")("getClock", {});

    await fairway.restart(Date.parse(dueAt) + 8 * DAY_MS - Date.parse(now));
    await fairway.settled();
    const pilot = await journey.pilot();
    expect(pilot.atRisk).toBe(true);
    const mails = await allMails(journey);
    const urgent = mails.filter((mail) => stepsSaid(mail).length > 0);
    expect(urgent).toHaveLength(5);
    expect(new Set(urgent.map(({ person, subject }) => `${person.id} ${subject}`)).size).toBe(5);

    await fairway.restart();
    await fairway.settled();
    expect(await allMails(journey)).toEqual(mails);
  });
});

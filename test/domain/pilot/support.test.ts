import { expect, test } from "vitest";
import { given, people } from "./given.ts";

const hours = { type: "LogHours", hours: 2.5, on: "2026-11-02", activity: "Call about barriers" } as const;

test("hours of support count as aid at the programme's rate", () => {
  const pilot = given({ hourlyRateCents: 8_000 }).admitted();
  pilot.run(people.advisor, hours);
  pilot.run(people.expert, { ...hours, hours: 1 });
  expect(pilot.state.pilot).toMatchObject({ supportHours: 3.5, aidCents: 28_000 });
});

test.each([
  ["no hours", { hours: 0 }],
  ["more hours than a day has", { hours: 24.5 }],
  ["a day to come", { on: "2026-11-04" }],
  ["a day before the application", { on: "2026-11-01" }],
  ["no day at all", { on: "yesterday" }],
  ["no activity", { activity: " " }],
])("%s cannot be logged", (_what, change) => {
  const pilot = given().admitted();
  expect(pilot.refused(people.advisor, { ...hours, ...change }).name).toBe("RuleBroken");
});

test("no hours are logged that would take the company's aid above what it may still receive", () => {
  const pilot = given({ hourlyRateCents: 100_000, plannedAidEur: 1_000 }).admitted();
  const grantedOn = "2026-05-02";
  pilot.accepted["IN-1"] = { deMinimisReceived: [{ grantedOn, amountEur: 298_000 }] };
  pilot.run(people.advisor, { ...hours, hours: 2 });
  const refusal = pilot.refused(people.advisor, { ...hours, hours: 0.5 });
  expect([refusal.name, refusal.details]).toEqual(["RuleBroken", { pointer: "/hours", aidRoomEur: 2_000 }]);
});

test("hours beyond the aid planned are logged: what was given is on record", () => {
  const pilot = given({ hourlyRateCents: 1_000_000, plannedAidEur: 20_000 }).admitted();
  expect(pilot.run(people.advisor, hours)?.type).toBe("HoursLogged");
});

test("the SME and the coordinator log no hours of support", () => {
  const pilot = given().admitted();
  expect(pilot.refused(people.admin, hours).name).toBe("NotAllowed");
  expect(pilot.refused(people.coordinator, hours).name).toBe("NotAllowed");
});

test("after the end the aid record is final", () => {
  const pilot = given().admitted();
  pilot.run(people.admin, { type: "WithdrawPilot", reason: "No time" });
  expect(pilot.refused(people.advisor, hours).name).toBe("NotInThisState");
});

test("a comment is an event and changes nothing else", () => {
  const pilot = given().admitted();
  const before = pilot.state;
  const event = pilot.event("CommentAdded", people.member, { type: "AddComment", text: "When?", internal: false });
  expect(event.data).toEqual({ text: "When?", internal: false });
  expect(pilot.state).toEqual({ ...before, sequence: before.sequence + 1 });
});

test("internal notes are the advisors' own", () => {
  const pilot = given().admitted();
  const note = { type: "AddComment", text: "Team is thin", internal: true } as const;
  expect(pilot.refused(people.member, note).name).toBe("NotAllowed");
  expect(pilot.event("CommentAdded", people.advisor, note).data.internal).toBe(true);
});

test("a comment says something, on a deliverable the pilot has", () => {
  const pilot = given().admitted();
  const comment = { type: "AddComment", text: "Fine", internal: false } as const;
  expect(pilot.refused(people.member, { ...comment, text: "\n" }).name).toBe("RuleBroken");
  expect(pilot.refused(people.member, { ...comment, deliverableId: "FS-5" }).name).toBe("NotFound");
  expect(pilot.event("CommentAdded", people.member, { ...comment, deliverableId: "IN-1" }).data).toMatchObject({
    deliverableId: "IN-1",
  });
});

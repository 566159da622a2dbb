import { expect, test } from "vitest";
import { progressOf } from "../../../shared/domain/pilot/progress.ts";
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

test("no hours are logged that would take the aid of all of a company's pilots above the ceiling", () => {
  const pilot = given({ hourlyRateCents: 100_000, plannedAidEur: 1_000 }).admitted();
  pilot.aidElsewhere.push(
    { grantedOn: "2026-05-02", amountEur: 298_000 },
    { grantedOn: "2023-11-02", amountEur: 50_000 },
  );
  pilot.accepted["IN-1"] = {};
  expect(pilot.refused(people.advisor, { ...hours, hours: 2.01 }).details).toMatchObject({ aidRoomEur: 2_000 });
  expect(pilot.run(people.advisor, { ...hours, hours: 2 })?.type).toBe("HoursLogged");
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

/** As logged by the advisor above: the event's number names them. */
const logged = (id: number) =>
  ({
    id: String(id),
    personId: "advisor",
    on: hours.on,
    hours: 2.5,
    activity: hours.activity,
    aidCents: 16_250,
  }) as const;

test("the company confirms hours once, and they wait for nobody any more", () => {
  const pilot = given().admitted();
  pilot.run(people.advisor, hours);
  pilot.run(people.advisor, hours);
  expect(progressOf(pilot.state)).toMatchObject({ openHours: 5, disputedHours: 0 });
  const confirm = { type: "ConfirmHours", entries: [logged(7), logged(8)] } as const;
  pilot.run(people.admin, { type: "ConfirmHours", entries: [logged(7)] });
  expect(pilot.event("HoursConfirmed", people.admin, confirm).data.entries.map(({ id }) => id)).toEqual(["8"]);
  expect(pilot.run(people.admin, confirm)).toBeUndefined();
  expect(progressOf(pilot.state)).toMatchObject({ openHours: 0, disputedHours: 0 });
  expect(pilot.state.pilot).toMatchObject({ supportHours: 5, aidCents: 32_500 });
  expect(pilot.refused(people.admin, { type: "DisputeHours", entry: logged(7), reason: "Two, not 2.5" }).name).toBe(
    "NotInThisState",
  );
});

test("disputed hours count until a coordinator strikes them off hours and aid", () => {
  const pilot = given().admitted();
  pilot.run(people.advisor, hours);
  const dispute = { type: "DisputeHours", entry: logged(7), reason: "We did not meet" } as const;
  expect(pilot.refused(people.admin, { ...dispute, reason: " " }).name).toBe("RuleBroken");
  pilot.run(people.admin, dispute);
  expect(pilot.run(people.admin, dispute)).toBeUndefined();
  expect(pilot.state.pilot).toMatchObject({ supportHours: 2.5, aidCents: 16_250 });
  expect(progressOf(pilot.state)).toMatchObject({ openHours: 2.5, disputedHours: 2.5 });
  pilot.run(people.coordinator, { type: "SettleHours", entry: logged(7), counts: false, reason: "Logged by mistake" });
  expect(pilot.state.pilot).toMatchObject({ supportHours: 0, aidCents: 0 });
  expect(pilot.state.supportRecords["7"]).toMatchObject({
    status: "struck",
    answered: { personId: "admin", reason: "We did not meet" },
    settled: { personId: "coordinator", reason: "Logged by mistake" },
  });
  expect(progressOf(pilot.state)).toMatchObject({ openHours: 0, disputedHours: 0 });
  expect(pilot.refused(people.admin, { type: "ConfirmHours", entries: [logged(7)] }).name).toBe("NotInThisState");
});

test("a coordinator decides about disputed hours only; upheld ones count and are settled", () => {
  const pilot = given().admitted();
  pilot.run(people.advisor, hours);
  const settle = { type: "SettleHours", entry: logged(7), counts: true, reason: "The minutes show it" } as const;
  expect(pilot.refused(people.coordinator, settle).name).toBe("NotInThisState");
  pilot.run(people.admin, { type: "DisputeHours", entry: logged(7), reason: "We did not meet" });
  pilot.run(people.coordinator, settle);
  expect(pilot.state.pilot).toMatchObject({ supportHours: 2.5, aidCents: 16_250 });
  expect(progressOf(pilot.state)).toMatchObject({ openHours: 0, disputedHours: 0 });
  expect(pilot.refused(people.coordinator, { ...settle, counts: false }).name).toBe("NotInThisState");
});

test("what was disputed can still be confirmed, also after the company has withdrawn", () => {
  const pilot = given().admitted();
  pilot.run(people.advisor, hours);
  pilot.run(people.admin, { type: "DisputeHours", entry: logged(7), reason: "We did not meet" });
  pilot.run(people.admin, { type: "WithdrawPilot", reason: "No time" });
  pilot.run(people.admin, { type: "ConfirmHours", entries: [logged(7)] });
  expect(pilot.state.supportRecords["7"]).toMatchObject({ status: "confirmed", answered: { personId: "admin" } });
  expect(pilot.state.supportRecords["7"]?.answered).not.toHaveProperty("reason");
});

test("hours are the company's admin's to confirm, disputes the coordinator's to decide", () => {
  const pilot = given().admitted();
  pilot.run(people.advisor, hours);
  const confirm = { type: "ConfirmHours", entries: [logged(7)] } as const;
  for (const actor of [people.member, people.advisor, people.coordinator]) {
    expect(pilot.refused(actor, confirm).name).toBe("NotAllowed");
  }
  const settle = { type: "SettleHours", entry: logged(7), counts: false, reason: "-" } as const;
  expect(pilot.refused(people.admin, settle).name).toBe("NotAllowed");
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

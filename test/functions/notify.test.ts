import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createNotify } from "../../functions/events/notify.ts";
import { createSendDigests } from "../../functions/tasks/send-digests.ts";
import { openSqliteStore, type SqliteStore } from "../../local/store/sqlite-store.ts";
import type { StoredEvent } from "../../shared/ports/store.ts";
import type { Mail } from "../../shared/records/mails.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { addressees, mailsIn, pilotState, populate, portalUrl, standingClock, storedEvent } from "./around-a-pilot.ts";
import { comment, escalation, nextMorning, rework } from "./told-events.ts";

let store: SqliteStore;
let clock: ReturnType<typeof standingClock>;

beforeEach(() => {
  store = openSqliteStore(":memory:");
  clock = standingClock("2027-03-10T09:00:00.000Z");
});
afterEach(() => store.close());

const tell = (event: StoredEvent) =>
  createNotify({ store, clock, pilots: createPilotRecords({ store, clock }), portalUrl })(event);

/** What the next morning's digests say, with what was sent at once before. */
async function mailsByNextMorning(): Promise<readonly Mail[]> {
  clock.set(nextMorning);
  await createSendDigests({ store, clock })();
  return mailsIn(store);
}

const withdrawal = {
  type: "PilotWithdrawn",
  actor: { personId: "admin", role: "sme_admin" },
  reason: "We were bought.",
  data: { aidCents: 100_000 },
} as const;

const handOver = {
  type: "AdvisorHandedOver",
  actor: { personId: "coordinator", role: "coordinator" },
  reason: "New job.",
  data: {
    fromPersonId: "advisor",
    toPersonId: "successor",
    team: [],
    tasks: [
      { taskId: "FS-2.review.1", action: "nominate", toPersonId: "successor" },
      { taskId: "FS-3.produce.1", action: "return", toPersonId: "expert" },
    ],
  },
} as const;

const handedOver = () =>
  pilotState({
    team: [
      { personId: "successor", role: "advisor", country: "EE" },
      { personId: "expert", role: "expert", country: "SE" },
    ],
  });

describe("a missed deadline (story 4)", () => {
  test.each([
    ["due", ["performer", "advisor"], ["advisor", "expert"]],
    ["esc1", ["advisor", "sme_admin"], ["admin", "advisor"]],
    ["esc2", ["coordinator"], ["coordinator", "second-coordinator"]],
    ["esc3", ["coordinator"], ["coordinator", "second-coordinator"]],
  ] as const)("at step %s tells %j: %j, at once and once", async (step, to, expected) => {
    await populate(store);
    const event = storedEvent(2, escalation(step, to));
    await tell(event);
    await tell(event);
    expect(addressees(await mailsIn(store))).toEqual(expected);
    expect(addressees(await mailsByNextMorning())).toEqual(expected);
  });

  test("says what happened, what to do, the day it is due, the same to all, and links to the deliverable", async () => {
    await populate(store);
    await tell(storedEvent(2, escalation("due", ["performer", "advisor"])));
    const byPerson = new Map((await mailsIn(store)).map((mail) => [mail.personId, mail]));
    expect(byPerson.get("expert")).toMatchObject({
      to: "expert@example.org",
      subject: "Due: “Regulatory screening and showstoppers” – Company: service",
      text: [
        "Hello Person expert,",
        "",
        "The due date of “Regulatory screening and showstoppers” is reached: 10 March 2027.",
        "It is due 10 March 2027. Finish it now, or say when you expect to be done.",
        "https://fairway.example/pilots/pilot/deliverables/FS-3",
        "",
        "Fairway",
        "",
        "You get this because you have a part in the pilot. Choose what you are written to about: https://fairway.example/settings",
        "",
      ].join("\n"),
    });
    expect(byPerson.get("advisor")?.text).toContain("It is due 10 March 2027. Ask what stands in the way.");
  });

  test("reaches everybody who may do the task while nobody has it", async () => {
    await populate(store);
    const event = escalation("due", ["performer"]);
    await tell(storedEvent(2, { ...event, data: { ...event.data, taskId: "FS-2.produce.1" } }));
    expect(addressees(await mailsIn(store))).toEqual(["admin", "member"]);
  });

  test("lets reminders before the date wait for the morning", async () => {
    await populate(store);
    const event = escalation("near", ["performer", "advisor"]);
    await tell(storedEvent(2, { ...event, data: { ...event.data, kind: "reminder" } }));
    expect(await mailsIn(store)).toEqual([]);
    expect(addressees(await mailsByNextMorning())).toEqual(["advisor", "expert"]);
  });
});

describe("whom notify tells", () => {
  test("tells the company at once of a rework, and not the reviewer who decided it", async () => {
    await populate(store);
    await tell(storedEvent(2, rework));
    const mails = await mailsIn(store);
    expect(addressees(mails)).toEqual(["admin", "member"]);
    expect(mails[0]?.text).toContain("“Business case” was sent back for rework: 48 of 100, one comment.");
    expect(mails[0]?.text).toContain("hand in the next revision of “Business case” by 24 March 2027.");
  });

  test("sends each person of the company one message at a hand-over, and each new owner their tasks (story 6)", async () => {
    await populate(store, [handedOver()]);
    await tell(storedEvent(2, handOver));
    const mails = await mailsByNextMorning();
    expect(addressees(mails)).toEqual(["admin", "expert", "member", "successor"]);
    const subjects = Object.fromEntries(mails.map(({ personId, subject }) => [personId, subject]));
    expect(subjects).toEqual({
      admin: "Your advisor is now Person successor – Company: service",
      member: "Your advisor is now Person successor – Company: service",
      successor: "A pilot was handed over to you – Company: service",
      expert: "A task came back to you – Company: service",
    });
  });

  test("tells the living lab at a withdrawal to end the trial under its own duty (story 7)", async () => {
    await populate(store, [pilotState({ status: "withdrawn" })]);
    await tell(storedEvent(2, withdrawal));
    const mails = await mailsIn(store);
    expect(addressees(mails)).toEqual([
      "admin",
      "advisor",
      "coordinator",
      "expert",
      "lab",
      "member",
      "second-coordinator",
    ]);
    const lab = mails.find(({ personId }) => personId === "lab");
    expect(lab?.text).toContain("End the trial");
    expect(lab?.text).toContain("under your own duty");
    expect(lab?.text).toContain("Reason: We were bought.");
  });

  test("keeps internal notes among advisors and coordinators", async () => {
    await populate(store);
    await tell(storedEvent(2, { ...comment(true), actor: { personId: "coordinator", role: "coordinator" } }));
    const mails = await mailsByNextMorning();
    expect(addressees(mails)).toEqual(["advisor", "second-coordinator"]);
    expect(mails[0]?.text).toContain("Internal note by Person coordinator on “Business case”: “Margins look thin.”");
  });

  test("lets the company and the team read other comments in their digest", async () => {
    await populate(store);
    await tell(storedEvent(2, comment(false)));
    expect(await mailsIn(store)).toEqual([]);
    expect(addressees(await mailsByNextMorning())).toEqual(["admin", "expert", "lab", "member"]);
  });

  test("asks the company's admin to confirm hours, in the morning", async () => {
    await populate(store);
    const data = { hours: 2, on: "2027-03-09", activity: "Call", aidCents: 13_000 };
    await tell(storedEvent(2, { type: "HoursLogged", actor: { personId: "advisor", role: "advisor" }, data }));
    expect(await mailsIn(store)).toEqual([]);
    const mails = await mailsByNextMorning();
    expect(addressees(mails)).toEqual(["admin"]);
    expect(mails[0]?.text).toContain("https://fairway.example/pilots/pilot#hours");
  });

  test("tells of disputed hours whoever logged them and the coordinators, and both sides of the decision", async () => {
    await populate(store);
    const entry = { id: "2", personId: "advisor", on: "2027-03-09", hours: 2, activity: "Call", aidCents: 13_000 };
    const admin = { personId: "admin", role: "sme_admin" } as const;
    await tell(storedEvent(2, { type: "HoursDisputed", actor: admin, reason: "We did not meet.", data: { entry } }));
    const mails = await mailsIn(store);
    expect(addressees(mails)).toEqual(["advisor", "coordinator", "second-coordinator"]);
    for (const { text } of mails) expect(text).toContain("We did not meet.");
    const coordinator = { personId: "coordinator", role: "coordinator" } as const;
    const data = { entry, counts: false };
    await tell(storedEvent(3, { type: "HoursSettled", actor: coordinator, reason: "By mistake.", data }));
    const decided = (await mailsIn(store)).filter(({ text }) => text.includes("By mistake."));
    expect(addressees(decided)).toEqual(["admin", "advisor"]);
  });

  test("tells coordinators that a gate can be decided with the last score only, without any score", async () => {
    const state = pilotState();
    const gate = state.gates["feasibility-1"];
    if (gate === undefined) throw new Error("The pilot has a gate.");
    const scored = (personId: string, role: "coordinator" | "expert", at: string) => {
      const score = { personId, role, at, musts: {}, points: { demand: 4 }, score: 93 };
      return {
        type: "GateScored",
        at,
        actor: { personId, role },
        data: { runId: gate.runId, taskId: "t", score },
      } as const;
    };
    const [first, last] = [
      scored("coordinator", "coordinator", "2027-03-10T06:00:00.000Z"),
      scored("expert", "expert", "2027-03-10T07:00:00.000Z"),
    ];
    const scores = [first.data.score, last.data.score];
    await populate(store, [{ ...state, gates: { [gate.runId]: { ...gate, scores } } }]);
    await tell(storedEvent(2, first));
    await tell(storedEvent(3, last));
    const mails = await mailsByNextMorning();
    expect(addressees(mails)).toEqual(["coordinator", "second-coordinator"]);
    expect(mails[0]?.eventIds).toEqual(["PILOT#pilot/3"]);
    expect(mails[0]?.text).not.toContain("93");
  });

  test("lists all of a person's new deliverables in one notice when a stage opens", async () => {
    await populate(store);
    const schedule = { definitionId: "", formVersion: 1, title: "", estimatedHours: 8, reminders: [] };
    const deliverables = [
      { ...schedule, deliverableId: "FS-2", candidateRole: "sme", dueAt: "2027-03-10T21:59:00.000Z" },
      { ...schedule, deliverableId: "FS-5", candidateRole: "sme", dueAt: "2027-03-20T21:59:00.000Z" },
      { ...schedule, deliverableId: "FS-3", candidateRole: "expert", dueAt: "2027-03-20T22:59:00.000Z" },
    ] as const;
    await tell(storedEvent(2, { type: "StageOpened", data: { runId: "feasibility-1", deliverables } }));
    const mails = await mailsByNextMorning();
    expect(addressees(mails)).toEqual(["admin", "expert", "member"]);
    const member = mails.find(({ personId }) => personId === "member");
    expect(member?.text).toContain("Hand in “Competitor analysis” by 10 March 2027.");
    expect(member?.text).toContain("Hand in “Business case” by 20 March 2027.");
    expect(member?.text).not.toContain("Hand in “Regulatory screening");
  });

  test("leaves out whose membership has ended, and writes on its last day", async () => {
    await populate(store, undefined, {
      membership: (each) =>
        each.personId === "member"
          ? { ...each, until: "2027-03-09" }
          : each.personId === "admin"
            ? { ...each, until: "2027-03-10" }
            : each,
    });
    await tell(storedEvent(2, rework));
    expect(addressees(await mailsIn(store))).toEqual(["admin"]);
  });

  test("marks mails of sample programmes", async () => {
    await populate(store, [pilotState({ sample: true })]);
    await tell(storedEvent(2, rework));
    const [mail] = await mailsIn(store);
    expect(mail?.subject).toMatch(/^\[Sample\] Rework of “Business case”/);
    expect(mail?.sample).toBe(true);
  });

  test("writes English to somebody whose language it does not have yet", async () => {
    await populate(store, undefined, { person: (each) => ({ ...each, language: "de-DE" }) });
    await tell(storedEvent(2, rework));
    expect((await mailsIn(store))[0]).toMatchObject({ language: "de-DE", text: expect.stringContaining("Hello") });
  });

  test("says nothing of single saves, of other streams and of events it does not know", async () => {
    await populate(store);
    const draft = { deliverableId: "FS-5", draftVersion: 2, changedFields: [] };
    await tell(storedEvent(2, { type: "DraftSaved", data: draft }));
    await tell({ ...storedEvent(3, rework), stream: "PROGRAMME#programme" });
    await tell({ ...storedEvent(4, rework), type: "DeliverableFramed" });
    await tell(storedEvent(5, rework, "unknown-pilot"));
    expect(await mailsByNextMorning()).toEqual([]);
  });
});

const by = {
  coordinator: { actor: { personId: "coordinator", role: "coordinator" } },
  member: { actor: { personId: "member", role: "sme_member" } },
  admin: { actor: { personId: "admin", role: "sme_admin" } },
  advisor: { actor: { personId: "advisor", role: "advisor" } },
} as const;
const gateDecision = {
  runId: "feasibility-1",
  by: ["coordinator"],
  basedOn: { "FS-5": 1 },
  meanScore: 61,
  rework: [],
  conditions: [],
} as const;
const again = { dueAt: "2027-03-24T21:59:00.000Z", reminders: [], title: "", candidateRole: "sme" } as const;
const condition = {
  id: "feasibility-1-c1",
  runId: "feasibility-1",
  taskId: "feasibility-1-c1.condition",
  ownerRole: "sme",
} as const;

/** What is urgent: who gets which subject. */
const urgent: readonly (readonly [string, Parameters<typeof storedEvent>[1], Readonly<Record<string, string>>])[] = [
  [
    "an application rejected",
    { type: "ApplicationRejected", ...by.coordinator, reason: "No service yet.", data: {} },
    { admin: "Your application was not accepted", member: "Your application was not accepted" },
  ],
  [
    "a pilot admitted",
    {
      type: "PilotAdmitted",
      ...by.coordinator,
      data: { team: [], title: "Company: service", runId: "needs-1", stageId: "needs", processVersion: 1 },
    },
    {
      admin: "Your pilot is admitted",
      member: "Your pilot is admitted",
      advisor: "You are in the team of a new pilot",
      expert: "You are in the team of a new pilot",
      lab: "You are in the team of a new pilot",
    },
  ],
  [
    "rework decided at a gate, for those who do it again",
    {
      type: "GateDecided",
      ...by.coordinator,
      data: {
        ...gateDecision,
        decision: "rework",
        rework: [
          { ...again, deliverableId: "FS-5" },
          { ...again, deliverableId: "FS-3" },
        ],
      },
    },
    {
      admin: "Rework of “Business case”",
      member: "Rework of “Business case”",
      expert: "Rework of “Regulatory screening and showstoppers”",
      advisor: "Gate of “Feasibility”: rework",
      lab: "Gate of “Feasibility”: rework",
      "second-coordinator": "Gate of “Feasibility”: rework",
    },
  ],
  [
    "a stop decided at a gate",
    { type: "GateDecided", ...by.coordinator, reason: "No demand.", data: { ...gateDecision, decision: "stop" } },
    {
      admin: "The pilot is stopped",
      member: "The pilot is stopped",
      expert: "The pilot is stopped",
      advisor: "The pilot is stopped",
      lab: "The pilot has ended: please end the trial",
      "second-coordinator": "The pilot is stopped",
    },
  ],
  [
    "a hold",
    { type: "PilotHeld", ...by.coordinator, data: { resumeOn: "2027-06-01", remindAt: [] } },
    Object.fromEntries(
      ["admin", "member", "expert", "advisor", "lab", "second-coordinator"].map((id) => [id, "The pilot is on hold"]),
    ),
  ],
  [
    "an objection to a stop",
    {
      type: "StopObjected",
      ...by.admin,
      data: { text: "We disagree.", dueAt: "2027-03-24T21:59:00.000Z", reminders: [] },
    },
    { coordinator: "The company objects to the stop", "second-coordinator": "The company objects to the stop" },
  ],
  [
    "an extension asked for",
    { type: "ExtensionRequested", ...by.member, data: { deliverableId: "FS-5", until: "2027-03-30" } },
    Object.fromEntries(
      ["advisor", "coordinator", "second-coordinator"].map((id) => [
        id,
        "A later due date for “Business case” is asked for",
      ]),
    ),
  ],
  [
    "a skip proposed by a coordinator, for the other one",
    {
      type: "GateSkipProposed",
      ...by.coordinator,
      data: { runId: "feasibility-1", reasonId: "programme_decision", evidence: "Minutes.", basedOn: {} },
    },
    { "second-coordinator": "A proposal to skip the stage after “Feasibility” waits for you" },
  ],
  [
    "a task delegated",
    { type: "TaskDelegated", ...by.admin, data: { taskId: "FS-5.produce.1", toPersonId: "member", ownerId: "admin" } },
    { member: "A task is yours now: “Business case”" },
  ],
  [
    "a task forwarded to a role",
    { type: "TaskForwarded", ...by.admin, data: { taskId: "FS-5.produce.1", toRole: "advisor" } },
    { advisor: "A task is yours now: “Business case”" },
  ],
  [
    "a task nobody could complete",
    { type: "TaskFailed", ...by.admin, reason: "No data.", data: { taskId: "FS-5.produce.1" } },
    Object.fromEntries(
      ["advisor", "coordinator", "second-coordinator"].map((id) => [id, "A task failed: “Business case”"]),
    ),
  ],
];

describe("what cannot wait", () => {
  test.each(urgent)("%s is told at once", async (_what, event, subjects) => {
    await populate(store);
    await tell(storedEvent(2, event));
    const told = (await mailsIn(store)).map(({ personId, subject }) => [personId, subject.split(" – ")[0]]);
    expect(Object.fromEntries(told)).toEqual(subjects);
  });

  test("tells the company's admin until when to object to a stop", async () => {
    await populate(store);
    await tell(storedEvent(2, { type: "PilotStopped", ...by.coordinator, reason: "No demand.", data: {} }));
    const texts = new Map((await mailsIn(store)).map(({ personId, text }) => [personId, text]));
    expect(texts.get("admin")).toContain("You may object until 24 March 2027.");
    expect(texts.get("member")).not.toContain("object");
  });

  test("gives conditions of a gate to those who must meet them", async () => {
    await populate(store);
    const conditions = [{ ...condition, text: "Sign the hosting contract.", dueAt: "2027-04-30T20:59:00.000Z" }];
    const data = { ...gateDecision, decision: "advance_with_conditions", conditions } as const;
    await tell(storedEvent(2, { type: "GateDecided", ...by.coordinator, data }));
    const texts = new Map((await mailsIn(store)).map(({ personId, text }) => [personId, text]));
    const line = "Meet this condition by 30 April 2027: Sign the hosting contract.";
    expect(texts.get("member")).toContain(line);
    expect(texts.get("lab")).not.toContain(line);
    expect([...texts.values()].filter((text) => text.includes("61"))).toEqual([]);
  });

  test("tells at a resumption which dates moved, each maker their own", async () => {
    await populate(store);
    const rescheduled = ["FS-5", "FS-3"].map((deliverableId) => ({
      deliverableId,
      dueAt: "2027-06-10T20:59:00.000Z",
      reminders: [],
    }));
    await tell(
      storedEvent(2, { type: "PilotResumed", ...by.coordinator, data: { heldMs: 5_000_000, rescheduled, tasks: [] } }),
    );
    const texts = new Map((await mailsIn(store)).map(({ personId, text }) => [personId, text]));
    expect(texts.get("member")).toContain("New due date of “Business case”: 10 June 2027.");
    expect(texts.get("member")).not.toContain("New due date of Regulatory");
    expect(texts.get("expert")).toContain("New due date of “Regulatory screening and showstoppers”: 10 June 2027.");
  });

  test("confirms to the sender that the application has arrived", async () => {
    const state = pilotState({ status: "applied", team: [] });
    const application = state.deliverables["FS-2"];
    if (application === undefined) throw new Error("The pilot has FS-2.");
    const deliverables = { "IN-1": { ...application, id: "IN-1", definitionId: "IN-1", runId: "intake" } };
    await populate(store, [{ ...state, deliverables, tasks: {}, gates: {}, runs: {} }]);
    const review = {
      dueAt: "2027-03-17T21:59:00.000Z",
      reminders: [],
      candidateRole: "coordinator",
      title: "",
    } as const;
    const data = { deliverableId: "IN-1", revision: 1, formVersion: 1, checksum: "", late: false, review };
    await tell(storedEvent(2, { type: "DeliverableSubmitted", ...by.admin, data }));
    expect((await mailsIn(store)).map(({ personId, subject }) => [personId, subject])).toEqual([
      ["admin", "We have your application – Company: service"],
    ]);
    expect(addressees(await mailsByNextMorning())).toEqual(["admin", "coordinator", "second-coordinator"]);
  });
});

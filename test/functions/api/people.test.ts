import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleAdviceId } from "../../../local/sample/people.ts";
import type { Call } from "../../../shared/contracts/client.ts";
import { isId } from "../../../shared/domain/forms/organisations.ts";
import { isEnded } from "../../../shared/domain/pilot/state.ts";
import { refusalOf } from "../../journeys/steps.ts";
import { type RunningFairway, startFairway } from "../../support/fairway.ts";
import { as } from "../../support/people.ts";

let fairway: RunningFairway;
let admin: Call;
let coordinator: Call;
let auditor: Call;

beforeAll(async () => {
  fairway = await startFairway({ sample: "pilots" });
  admin = await as(fairway.url, "sme-aurora-admin");
  coordinator = await as(fairway.url, "coordinator-1");
  auditor = await as(fairway.url, "auditor-1");
}, 60_000);
afterAll(() => fairway[Symbol.asyncDispose]());

const idsOf = ({ members }: { members: { person: { id: string } }[] }): string[] =>
  members.map(({ person }) => person.id).sort();

describe("somebody's list of work", () => {
  test("is read as they have it by those who watch over the programme", async () => {
    const advisor = await as(fairway.url, "advisor-1");
    const own = (await advisor("listTasks", {})).tasks;
    expect(own.length).toBeGreaterThan(3);
    for (const watcher of [coordinator, auditor]) {
      const seen = await watcher("listTasksOf", { params: { personId: "advisor-1" } });
      expect(seen.person.name).toBe("Sample advisor, Tartu");
      expect(seen.tasks).toEqual(own);
    }
  });

  test("is that of people of the programme only", async () => {
    const refusal = await refusalOf(coordinator("listTasksOf", { params: { personId: "nobody" } }));
    expect(refusal).toMatchObject({ kind: "NotFound", message: "There is no such person in this programme." });
  });
});

describe("the people of a company", () => {
  const invitation = { name: "New Person", maySubmit: false, language: "lv" } as const;

  test("are invited by mail, once each, and belong to it from then on", async () => {
    const body = { ...invitation, email: "New.Person@example.org", role: "sme_member" } as const;
    const { members } = await admin("inviteMember", { body });
    const invited = members.find(({ email }) => email === "new.person@example.org");
    expect(invited).toMatchObject({ person: { name: "New Person" }, role: "sme_member", maySubmit: false });
    expect((await refusalOf(admin("inviteMember", { body }))).message).toContain("already");
    const { mails } = await coordinator("listMails", {});
    const letters = mails.filter(({ to }) => to === "new.person@example.org");
    expect(letters).toHaveLength(1);
    expect(letters[0]?.text).toContain(fairway.url);
    const other = await as(fairway.url, "sme-birch-admin");
    expect(idsOf(await other("listTeam", {}))).toEqual(["sme-birch-admin"]);
  });

  test("keep one person for one address, also when two invite at once", async () => {
    const other = await as(fairway.url, "sme-birch-admin");
    const body = { ...invitation, email: "both@example.org", role: "sme_member" } as const;
    await Promise.allSettled([admin("inviteMember", { body }), other("inviteMember", { body })]);
    await Promise.allSettled([admin("inviteMember", { body }), other("inviteMember", { body })]);
    const { members } = await coordinator("listMembers", {});
    const both = members.filter(({ email }) => email === "both@example.org");
    expect(both.map(({ organisation }) => organisation.id).sort()).toEqual(["aurora", "birch"]);
    expect(new Set(both.map(({ person }) => person.id)).size).toBe(1);
  });

  test("are shown as invited until they come for the first time", async () => {
    const other = await as(fairway.url, "sme-birch-admin");
    const body = { ...invitation, email: "sme-iris-admin@sample.example", role: "sme_member" } as const;
    const pending = async () => {
      const { members } = await other("listTeam", {});
      return members.find(({ email }) => email === body.email)?.invitedAt !== undefined;
    };
    await other("inviteMember", { body });
    expect(await pending()).toBe(true);
    const invited = await as(fairway.url, "sme-iris-admin");
    expect((await invited("getMe", {})).invited).toBe(true);
    expect(await pending()).toBe(true);
    await Promise.all([invited("acceptInvitation", {}), invited("acceptInvitation", {})]);
    expect(await pending()).toBe(false);
    expect(await invited("getMe", {})).toMatchObject({ invited: false });
    expect((await invited("getMe", {})).memberships.map(({ organisation }) => organisation.id)).toContain("birch");
  });

  test("submit when the admin lets them", async () => {
    const params = { personId: "sme-aurora-member" };
    const maySubmit = async (wanted: boolean) => {
      const { members } = await admin("changeMember", { params, body: { maySubmit: wanted } });
      return members.find(({ person }) => person.id === params.personId)?.maySubmit;
    };
    expect(await maySubmit(false)).toBe(false);
    const member = await as(fairway.url, "sme-aurora-member");
    await admin("startApplication", { body: { pilotId: "team-1", title: "Team" } });
    const submission = {
      params: { pilotId: "team-1", deliverableId: "IN-1" },
      body: { baseDraftVersion: 0, values: {} },
    };
    expect((await refusalOf(member("submitDeliverable", submission))).message).toContain("Ask them to");
    expect(await maySubmit(true)).toBe(true);
    expect((await refusalOf(member("submitDeliverable", submission))).kind).toBe("FormIncomplete");
    const others = { params: { personId: "sme-birch-admin" }, body: { maySubmit: false } };
    expect((await refusalOf(admin("changeMember", others))).kind).toBe("NotFound");
  });

  test("leave their tasks to the others when they are removed; the last admin cannot be", async () => {
    const member = await as(fairway.url, "sme-aurora-member");
    await admin("startApplication", { body: { pilotId: "team-2", title: "Team" } });
    const task = { pilotId: "team-2", taskId: "IN-1.produce.1" };
    await member("claimTask", { params: task, body: {} });
    expect(
      (await refusalOf(admin("removeMember", { params: { personId: "sme-aurora-admin" }, body: {} }))).message,
    ).toContain("keeps an admin");
    const left = await admin("removeMember", { params: { personId: "sme-aurora-member" }, body: {} });
    expect(idsOf(left)).not.toContain("sme-aurora-member");
    expect((await refusalOf(member("getMe", {}))).kind).toBe("NotAllowed");
    const { tasks } = await admin("getPilot", { params: { pilotId: "team-2" } });
    expect(tasks.find(({ id }) => id === task.taskId)).toMatchObject({ status: "ready" });
    expect(tasks.find(({ id }) => id === task.taskId)?.assignee).toBeUndefined();
    const again = { ...invitation, email: "sme-aurora-member@sample.example", role: "sme_admin" } as const;
    expect(idsOf(await admin("inviteMember", { body: again }))).toContain("sme-aurora-member");
  });

  test("keep an admin when two remove each other at once", async () => {
    const other = await as(fairway.url, "sme-aurora-member");
    await Promise.allSettled([
      admin("removeMember", { params: { personId: "sme-aurora-member" }, body: {} }),
      other("removeMember", { params: { personId: "sme-aurora-admin" }, body: {} }),
    ]);
    const { members } = await coordinator("listMembers", {});
    const admins = members.filter(
      ({ organisation, role, current }) => organisation.id === "aurora" && role === "sme_admin" && current,
    );
    expect(admins).toHaveLength(1);
  });
});

describe("roles in the programme", () => {
  test("are given at an organisation of their kind, there or new", async () => {
    const body = { email: "adviser@example.org", name: "New Adviser", language: "en", role: "advisor" } as const;
    const wrong = await refusalOf(coordinator("inviteToRole", { body: { ...body, organisationId: "birch" } }));
    expect(wrong.details.pointer).toBe("/organisationId");
    await coordinator("inviteToRole", { body: { ...body, newOrganisation: { name: "New Advice", country: "LT" } } });
    const { organisations } = await coordinator("listOrganisations", {});
    const made = organisations.find(({ name }) => name === "New Advice");
    expect(made).toMatchObject({ country: "LT", kind: "advisory" });
    expect(isId(made?.id ?? ""), "as forms take it").toBe(true);
    const { people } = await coordinator("listPeople", { query: { role: "advisor" } });
    expect(people).toContainEqual(expect.objectContaining({ name: "New Adviser", country: "LT" }));
    const administrator = { ...body, role: "administrator", organisationId: "sample-office" } as const;
    expect((await refusalOf(coordinator("inviteToRole", { body: administrator }))).kind).toBe("NotAllowed");
  });

  test("end on a day, but not for whoever works with pilots or is the last coordinator or administrator", async () => {
    const end = (personId: string, role: "advisor" | "coordinator" | "auditor", organisationId: string) =>
      coordinator("endRole", {
        params: { personId },
        body: { role, organisationId, lastDay: "2099-12-31", reason: "Moves on." },
      });
    expect((await refusalOf(end("advisor-1", "advisor", sampleAdviceId))).message).toContain("Hand those over");
    const { members } = await end("coordinator-2", "coordinator", "sample-office");
    expect(members.find(({ person }) => person.id === "coordinator-2")).toMatchObject({
      until: "2099-12-31",
      current: true,
    });
    expect((await refusalOf(end("coordinator-1", "coordinator", "sample-office"))).message).toContain(
      "keeps a coordinator",
    );
    const operator = await as(fairway.url, "admin-1");
    const last = operator("endRole", {
      params: { personId: "admin-1" },
      body: { role: "administrator", organisationId: "sample-office", lastDay: "2099-12-31", reason: "Moves on." },
    });
    expect((await refusalOf(last)).message).toContain("keeps an administrator");
  });

  test("are seen before an advisor leaves: work by pilot, load and language of the colleagues, a suggestion each", async () => {
    const preview = await coordinator("previewDeparture", { params: { personId: "advisor-1" } });
    const { people } = await coordinator("listPeople", { query: { role: "advisor" } });
    expect(preview.colleagues.map(({ person }) => person.id).sort()).toEqual(
      people
        .map(({ id }) => id)
        .filter((id) => id !== "advisor-1")
        .sort(),
    );
    expect(preview.pilots.length).toBeGreaterThan(0);
    // Pilots that have ended are nobody's load.
    const { pilots } = await coordinator("listPilots", { query: {} });
    for (const { person, pilots: load } of preview.colleagues) {
      const advised = pilots.filter(({ advisors }) => advisors.some(({ id }) => id === person.id));
      expect(load).toBe(advised.filter((pilot) => !isEnded(pilot)).length);
    }
    expect(preview.openTasks).toBe(preview.pilots.reduce((sum, { tasks }) => sum + tasks.length, 0));
    for (const { language, suggestedSuccessorId } of preview.pilots) {
      const suggested = preview.colleagues.find(({ person }) => person.id === suggestedSuccessorId);
      const speaks = preview.colleagues.some((each) => each.language === language);
      expect(suggested?.language === language).toBe(speaks);
    }
    for (const { id, tasks } of preview.pilots) {
      const pilot = await coordinator("getPilot", { params: { pilotId: id } });
      const known = new Map(pilot.tasks.map((task) => [task.id, task]));
      for (const { id: taskId, overdue, onHold } of tasks) {
        expect(overdue).toBe(known.get(taskId)?.overdue);
        expect(onHold).toBe(known.get(taskId)?.status === "suspended");
      }
    }
    expect((await refusalOf(coordinator("previewDeparture", { params: { personId: "expert-1" } }))).kind).toBe(
      "NotFound",
    );
  });

  test("are shown with the days they are away and who stands in", async () => {
    const advisor = await as(fairway.url, "advisor-2");
    const days = { from: "2090-03-01", until: "2090-03-08" };
    await advisor("planAbsence", { body: { ...days, substituteId: "advisor-3" } });
    const { members } = await auditor("listMembers", {});
    const away = members.flatMap((member) => (member.away === undefined ? [] : [[member.person.id, member.away]]));
    expect(away).toEqual([
      ["advisor-2", { ...days, substitute: expect.objectContaining({ id: "advisor-3" }), current: false }],
    ]);
    await advisor("endAbsence", { body: {} });
  });
});

describe("what a programme has set", () => {
  test("is changed with a reason, and says who changed what when", async () => {
    const before = await coordinator("getProgramme", {});
    const changed = await coordinator("changeProgramme", {
      body: {
        expectedVersion: before.version,
        reason: "Board of 3 March",
        reworkDays: 10,
        extraHolidays: ["2027-06-23"],
      },
    });
    expect(changed.parameters).toEqual({ ...before.parameters, reworkDays: 10, extraHolidays: ["2027-06-23"] });
    expect((await auditor("getProgramme", {})).changes[0]).toMatchObject({
      by: { id: "coordinator-1" },
      reason: "Board of 3 March",
      changes: [
        { parameter: "extraHolidays", before: [], after: ["2027-06-23"] },
        { parameter: "reworkDays", before: 14, after: 10 },
      ],
    });
    const stale = await refusalOf(
      coordinator("changeProgramme", { body: { expectedVersion: before.version, reason: "Late", reworkDays: 20 } }),
    );
    expect(stale.kind).toBe("StaleVersion");
  });

  test("cannot contradict itself", async () => {
    const { version } = await coordinator("getProgramme", {});
    const refusal = await refusalOf(
      coordinator("changeProgramme", { body: { expectedVersion: version, reason: "Typo", plannedAidEur: 400_000 } }),
    );
    expect(refusal.details.pointer).toBe("/plannedAidEur");
  });

  test("includes days of its own, which fit the process and are told apart from its own days", async () => {
    const { version } = await coordinator("getProgramme", {});
    const wrong = { expectedVersion: version, reason: "More time", dueInDays: { "NA-1": 25 } };
    expect((await refusalOf(coordinator("changeProgramme", { body: wrong }))).details.pointer).toBe("/dueInDays/NA-1");
    const changed = await coordinator("changeProgramme", {
      body: { ...wrong, dueInDays: { "NA-1": 8 }, stageDays: { needs: 40 }, reminderDays: { soon: -10 } },
    });
    expect(changed.parameters).toMatchObject({
      dueInDays: { "NA-1": 8 },
      stageDays: { needs: 40 },
      reminderDays: { soon: -10 },
    });
    expect(changed.defaults).toMatchObject({ dueInDays: {}, stageDays: {}, reminderDays: {} });
    const back = await coordinator("changeProgramme", {
      body: { expectedVersion: changed.version, reason: "As it was", dueInDays: {}, stageDays: {}, reminderDays: {} },
    });
    expect(back.parameters.dueInDays).toEqual({});
  });
});

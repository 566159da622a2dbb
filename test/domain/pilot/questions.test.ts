/** Questions to people around a pilot: asked with a date, somebody's task, answered where all read who could read them. */
import { describe, expect, test } from "vitest";
import { nextActionAt } from "../../../shared/domain/pilot/deadlines.ts";
import { progressOf } from "../../../shared/domain/pilot/progress.ts";
import { given, type Pilots, people, team } from "./given.ts";

const question = {
  type: "AskQuestion",
  text: "Who signs the agreement?",
  internal: false,
  toRole: "sme",
  toPersonId: "admin",
  dueOn: "2026-11-16",
} as const;
const internal = { ...question, internal: true, toRole: "advisor", toPersonId: "other-advisor" } as const;
const id = "pilot.question.1";

/** Under way, with two advisors, so that one can ask the other. */
const underWay = (): Pilots =>
  given().inStage("needs", [...team, { personId: "other-advisor", role: "advisor", country: "FI" }]);

const answer = { type: "AnswerQuestion", taskId: id, text: "The CEO does." } as const;

describe("asking", () => {
  test("gives the person asked a task, due at the end of the day where they are", () => {
    const pilot = underWay();
    pilot.run(people.advisor, { ...question, deliverableId: "NA-1" });
    expect(pilot.task(id)).toMatchObject({
      kind: "question",
      title: "Who signs the agreement?",
      status: "reserved",
      assigneeId: "admin",
      ownerId: "admin",
      candidateRole: "sme",
      runId: "needs-1",
      // 23:59 in Latvia.
      dueAt: "2026-11-16T21:59:00.000Z",
      question: { text: question.text, askedBy: "advisor", internal: false, deliverableId: "NA-1" },
    });
  });

  test("of a role waits for whoever claims or answers it first, and is the task of a role's only member", () => {
    const pilot = underWay();
    const { toPersonId: _, ...ofRole } = question;
    pilot.run(people.member, { ...ofRole, toRole: "expert" });
    expect(pilot.task(id)).toMatchObject({ status: "ready", candidateRole: "expert" });
    pilot.run(people.member, { ...ofRole, toRole: "living_lab" });
    expect(pilot.task("pilot.question.2")).toMatchObject({ status: "reserved", assigneeId: "lab" });
  });

  test("pressed twice asks once", () => {
    const pilot = underWay();
    pilot.run(people.advisor, question);
    expect(pilot.run(people.advisor, question)).toBeUndefined();
    expect(pilot.run(people.expert, question)?.type).toBe("QuestionAsked");
  });

  test("takes the beginning of a long question as its title", () => {
    const pilot = underWay();
    const text = `${"Which of the registers named in the law ".repeat(4)}apply?`;
    pilot.run(people.advisor, { ...question, text });
    expect(pilot.task(id).title).toBe(
      "Which of the registers named in the law Which of the registers named in the law…",
    );
    expect(pilot.task(id).question?.text).toBe(text);
  });

  test.each([
    ["nothing", { text: " \n" }, "/text"],
    ["for yesterday", { dueOn: "2026-11-01" }, "/dueOn"],
    ["for no day", { dueOn: "soon" }, "/dueOn"],
    ["for a day years ahead", { dueOn: "2029-01-01" }, "/dueOn"],
    ["an expert who is not in the team", { toRole: "expert", toPersonId: "stranger" }, "/toPersonId"],
  ] as const)("%s is refused", (_what, change, pointer) => {
    const pilot = underWay();
    const refusal = pilot.refused(people.advisor, { ...question, ...change });
    expect([refusal.name, refusal.details.pointer]).toEqual(["RuleBroken", pointer]);
  });

  test("a role nobody has in the pilot, or about a deliverable it does not have, is refused", () => {
    const pilot = given().inStage("needs", [{ personId: "advisor", role: "advisor", country: "EE" }]);
    const { toPersonId: _, ...ofRole } = question;
    expect(pilot.refused(people.advisor, { ...ofRole, toRole: "expert" }).details.pointer).toBe("/toRole");
    expect(pilot.refused(people.advisor, { ...question, deliverableId: "LC-8" }).name).toBe("NotFound");
  });

  test("is for those who may comment", () => {
    const pilot = underWay();
    expect(pilot.refused(people.auditor, question).name).toBe("NotAllowed");
    expect(pilot.refused(people.strangerSme, question).name).toBe("NotFound");
  });

  test("today is possible and is due today", () => {
    const pilot = underWay();
    pilot.run(people.advisor, { ...question, dueOn: "2026-11-02" });
    expect(pilot.task(id).dueAt).toBe("2026-11-02T21:59:00.000Z");
  });
});

describe("answering", () => {
  test("completes the task and keeps the answer with the question", () => {
    const pilot = underWay();
    pilot.run(people.advisor, { ...question, deliverableId: "NA-1" });
    const event = pilot.event("QuestionAnswered", people.admin, answer);
    expect(event.data).toEqual({
      taskId: id,
      text: answer.text,
      internal: false,
      askedById: "advisor",
      deliverableId: "NA-1",
    });
    expect(pilot.task(id)).toMatchObject({
      status: "completed",
      completedAt: pilot.now,
      reminders: [],
      question: { answer: { text: answer.text, personId: "admin" } },
    });
  });

  test("sent twice is said once; another answer comes too late", () => {
    const pilot = underWay();
    pilot.run(people.advisor, question);
    pilot.run(people.admin, answer);
    expect(pilot.run(people.admin, answer)).toBeUndefined();
    expect(pilot.refused(people.admin, { ...answer, text: "No, the board." }).name).toBe("NotInThisState");
  });

  test("is for who has the question; while nobody has it, for all it was asked of", () => {
    const pilot = underWay();
    pilot.run(people.advisor, question);
    expect(pilot.refused(people.member, answer).name).toBe("TaskTaken");
    expect(pilot.refused(people.expert, answer).name).toBe("NotAllowed");
    const { toPersonId: _, ...ofRole } = question;
    pilot.run(people.advisor, ofRole);
    expect(pilot.run(people.member, { ...answer, taskId: "pilot.question.2" })?.type).toBe("QuestionAnswered");
  });

  test("who asked may close it with what they have learned elsewhere", () => {
    const pilot = underWay();
    pilot.run(people.expert, question);
    expect(pilot.run(people.expert, { ...answer, text: "Told on the phone: the CEO." })?.type).toBe("QuestionAnswered");
  });

  test("says something, and answers a question", () => {
    const pilot = underWay();
    pilot.run(people.advisor, question);
    expect(pilot.refused(people.admin, { ...answer, text: " " }).details.pointer).toBe("/text");
    const { id: produce } = pilot.openTask("NA-1", "produce");
    expect(pilot.refused(people.admin, { ...answer, taskId: produce }).name).toBe("RuleBroken");
    expect(pilot.refused(people.admin, { ...answer, taskId: "pilot.question.9" }).name).toBe("NotFound");
  });
});

describe("an internal question", () => {
  test("is asked by advisors, of advisors or coordinators", () => {
    const pilot = underWay();
    expect(pilot.refused(people.expert, internal).name).toBe("NotAllowed");
    expect(pilot.refused(people.coordinator, internal).name).toBe("NotAllowed");
    expect(pilot.refused(people.advisor, { ...question, internal: true }).details.pointer).toBe("/toRole");
    expect(pilot.run(people.advisor, internal)?.type).toBe("QuestionAsked");
  });

  test("is what a question about an internal note always is", () => {
    const pilot = underWay();
    const fromNote = { id: "PILOT#pilot-1/9", internal: true };
    expect(pilot.refused(people.advisor, { ...question, fromNote }).details.pointer).toBe("/internal");
    pilot.run(people.advisor, { ...internal, fromNote });
    expect(pilot.task(id).question).toMatchObject({ internal: true, fromNoteId: fromNote.id });
  });

  test("does not exist for the company, the experts and the living lab", () => {
    const pilot = underWay();
    pilot.run(people.advisor, internal);
    for (const outsider of [people.admin, people.member, people.expert, people.lab]) {
      expect(pilot.refused(outsider, answer).name).toBe("NotFound");
      expect(pilot.refused(outsider, { type: "ClaimTask", taskId: id }).name).toBe("NotFound");
      expect(pilot.refused(outsider, { type: "SetTaskPriority", taskId: id, priority: "high" }).name).toBe("NotFound");
    }
  });

  test("is handed on only to those who read internal notes", () => {
    const pilot = underWay();
    pilot.run(people.advisor, internal);
    const forward = { type: "ForwardTask", taskId: id } as const;
    expect(pilot.refused(people.otherAdvisor, { ...forward, toRole: "expert" }).details.pointer).toBe("/toRole");
    expect(pilot.refused(people.otherAdvisor, { ...forward, toPersonId: "expert" }).details.pointer).toBe(
      "/toPersonId",
    );
    pilot.run(people.otherAdvisor, { ...forward, toRole: "coordinator" });
    expect(pilot.run(people.coordinator, answer)?.type).toBe("QuestionAnswered");
  });

  test("is in none of the pilot's figures that the company sees", () => {
    const pilot = underWay();
    const before = progressOf(pilot.state).openDueAt;
    pilot.run(people.advisor, internal);
    expect(progressOf(pilot.state).openDueAt).toEqual(before);
  });

  test("late, is told to the advisors and never to the company", () => {
    const pilot = underWay();
    pilot.run(people.advisor, internal);
    const late = remindersOf(pilot, 20);
    expect(late.map(({ step, to }) => [step, to])).toEqual([
      ["near", ["performer", "advisor"]],
      ["due", ["performer", "advisor"]],
      ["esc1", ["advisor"]],
    ]);
  });
});

/** What the clock says about the question in so many days. */
function remindersOf(pilot: Pilots, days: number) {
  const until = new Date(Date.parse(pilot.now) + days * 86_400_000).toISOString();
  const steps: { step: string; to: readonly string[] }[] = [];
  for (let next = nextActionAt(pilot.state); next !== undefined && next <= until; next = nextActionAt(pilot.state)) {
    const event = pilot.at(next > pilot.now ? next : pilot.now).run(people.system, { type: "FireDueAction" });
    if (event?.type === "ReminderFired" && event.data.taskId === id) steps.push(event.data);
  }
  return steps;
}

describe("as other tasks", () => {
  test("it reminds before and at its date and three days later is shown red, but puts no pilot at risk", () => {
    const pilot = underWay();
    pilot.run(people.advisor, question);
    expect(remindersOf(pilot, 17).map(({ step }) => step)).toEqual(["near", "due", "esc1"]);
    expect(pilot.task(id)).toMatchObject({ overdueSince: expect.any(String), escalatedAt: expect.any(String) });
    expect(pilot.task(id).reminders).toEqual([]);
  });

  test("it is suspended while the pilot is on hold, with its date moved afterwards; nothing new is asked meanwhile", () => {
    const pilot = underWay();
    pilot.run(people.advisor, question);
    pilot.run(people.coordinator, { type: "HoldPilot", reason: "Illness", resumeOn: "2026-11-30" });
    expect(pilot.task(id).status).toBe("suspended");
    expect(pilot.refused(people.admin, answer).name).toBe("NotInThisState");
    expect(pilot.refused(people.expert, question).name).toBe("NotInThisState");
    pilot.pass({ days: 7 }).run(people.coordinator, { type: "ResumePilot" });
    expect(pilot.task(id)).toMatchObject({ status: "reserved", dueAt: "2026-11-23T21:59:00.000Z" });
    expect(pilot.run(people.admin, answer)?.type).toBe("QuestionAnswered");
  });

  test("it ends with the pilot", () => {
    const pilot = underWay();
    pilot.run(people.advisor, question);
    pilot.run(people.admin, { type: "WithdrawPilot", reason: "No time" });
    expect(pilot.task(id).status).toBe("exited");
    expect(pilot.refused(people.admin, answer).name).toBe("NotInThisState");
    expect(pilot.refused(people.advisor, question).name).toBe("NotInThisState");
  });

  test("it is claimed, delegated, returned, forwarded and given a priority", () => {
    const pilot = underWay();
    const { toPersonId: _, ...ofRole } = question;
    pilot.run(people.member, { ...ofRole, toRole: "expert" });
    pilot.run(people.expert, { type: "ClaimTask", taskId: id });
    expect(pilot.refused(people.otherExpert, answer).name).toBe("TaskTaken");
    pilot.run(people.expert, { type: "DelegateTask", taskId: id, toPersonId: "other-expert" });
    pilot.run(people.otherExpert, { type: "ReturnTask", taskId: id });
    pilot.run(people.expert, { type: "SetTaskPriority", taskId: id, priority: "high" });
    pilot.run(people.expert, { type: "ForwardTask", taskId: id, toRole: "coordinator" });
    expect(pilot.task(id)).toMatchObject({ status: "ready", candidateRole: "coordinator", priority: "high" });
    expect(pilot.run(people.otherCoordinator, answer)?.type).toBe("QuestionAnswered");
  });

  test("it is handed over with the advisor who has it", () => {
    const pilot = given().inStage("needs");
    pilot.run(people.member, { ...question, toRole: "advisor", toPersonId: "advisor" });
    pilot.run(people.coordinator, {
      type: "HandOverAdvisor",
      fromPersonId: "advisor",
      to: { personId: "other-advisor", role: "advisor", country: "FI" },
      reason: "Leaves",
    });
    expect(pilot.task(id)).toMatchObject({ assigneeId: "other-advisor", ownerId: "other-advisor" });
  });

  test("a substitute answers in the seat of who is away", () => {
    const pilot = underWay();
    pilot.run(people.member, { ...question, toRole: "advisor", toPersonId: "advisor" });
    const substitute = { ...people.otherAdvisor, forPersonId: "advisor" };
    expect(pilot.event("QuestionAnswered", substitute, answer).actor).toMatchObject({
      personId: "other-advisor",
      forPersonId: "advisor",
    });
  });
});

/** Whatever people do in whatever order: what stays true of every pilot. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Actor } from "../../../shared/domain/actor.ts";
import type { PilotCommand } from "../../../shared/domain/pilot/commands.ts";
import type { PilotEvent } from "../../../shared/domain/pilot/events.ts";
import { evolve } from "../../../shared/domain/pilot/pilot.ts";
import { isEnded, isSettled, type PilotState, type Task } from "../../../shared/domain/pilot/state.ts";
import { Refusal } from "../../../shared/domain/refusal.ts";
import { fullExample } from "../../fixtures/form-examples.ts";
import { inEnglish } from "../../support/in-english.ts";
import { given, type Pilots, people, team } from "./given.ts";

/** Numbers to choose with, and the time that passes before. */
interface Step {
  readonly what: number;
  readonly who: number;
  readonly which: number;
  readonly to: number;
  readonly hours: number;
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.nat(),
    who: fc.nat(),
    which: fc.nat(),
    to: fc.nat(),
    hours: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 150 })),
  }),
  { minLength: 1, maxLength: 100, size: "max" },
);

const actors: readonly Actor[] = Object.values(people);
const personIds = actors.map(({ personId }) => personId);

function pick<Thing>(things: readonly Thing[], n: number): Thing {
  const thing = things[n % things.length];
  if (thing === undefined) throw new Error("There is nothing to pick from.");
  return thing;
}

const skippable = { deliverableId: "FS-1", reasonId: "recent_study_exists" } as const;

/** A command somebody might give now: sensible as a rule, so that pilots get far, but not always. */
function commandOf(pilots: Pilots, { what, which, to }: Step): PilotCommand {
  const { state } = pilots;
  const deliverableIds = Object.keys(state.deliverables);
  const open = Object.values(state.deliverables).filter((each) => !isSettled(each));
  const deliverableId = pick(open.length > 0 && to % 4 > 0 ? open.map(({ id }) => id) : deliverableIds, which);
  const unfinished = Object.values(state.tasks).filter(isUnfinished);
  const taskId = pick(unfinished.length > 0 && to % 8 > 0 ? unfinished : Object.values(state.tasks), which).id;
  const reviewable = open.filter(({ status }) => status === "submitted" || status === "in_review").map(({ id }) => id);
  const reviewId = pick(reviewable.length > 0 ? reviewable : deliverableIds, which);
  const runId = state.pilot.currentRunId ?? "needs-1";
  const reason = "A reason.";
  const toPersonId = pick(personIds, to);
  const questionIds = ["pilot.question.1", ...unfinished.filter(({ kind }) => kind === "question").map(({ id }) => id)];
  const choices: readonly (() => PilotCommand)[] = [
    () => pilots.submission(deliverableId),
    () => pilots.submission(deliverableId),
    () => ({ type: "ClaimTask", taskId: `${reviewId}.review.${pilots.deliverable(reviewId).revision}` }),
    () => ({ type: "ClaimTask", taskId: `${reviewId}.review.${pilots.deliverable(reviewId).revision}` }),
    () => pilots.review(reviewId, "accepted"),
    () => pilots.review(reviewId, "accepted"),
    () => pilots.review(reviewId, "rework", { fieldComments: [], criterionComments: anyCriterion(pilots, reviewId) }),
    () => ({
      type: "SaveDraft",
      deliverableId,
      baseDraftVersion: pilots.deliverable(deliverableId).draftVersion,
      values: fullExample(pilots.deliverable(deliverableId).definitionId),
      changedFields: [],
    }),
    () => ({ type: "WithdrawSubmission", deliverableId: reviewId }),
    () => ({ type: "ProposeDeliverableSkip", ...skippable, note: reason }),
    () => ({ type: "DecideDeliverableSkip", deliverableId: skippable.deliverableId, approve: to % 4 > 0 }),
    () => ({ type: "ReopenDeliverable", deliverableId: pick(deliverableIds, which), reason, dueInDays: 1 + (to % 20) }),
    () => ({ type: "ExtendDueDate", deliverableId, days: 1 + (to % 20), reason, kind: "extension" }),
    () => ({ type: "RequestExtension", deliverableId, until: "2027-12-01", reason }),
    () => ({ type: "ClaimTask", taskId }),
    () => ({ type: "StartTask", taskId }),
    () => ({ type: "ReleaseTask", taskId }),
    () => ({ type: "DelegateTask", taskId, toPersonId }),
    () => ({ type: "ReturnTask", taskId }),
    () => ({ type: "ForwardTask", taskId, toPersonId }),
    () => ({ type: "ForwardTask", taskId, toRole: pick(["sme", "advisor", "expert", "coordinator"], to) }),
    () => ({ type: "NominateTask", taskId, toPersonId }),
    () => ({ type: "FailTask", taskId, reason }),
    () => ({ type: "SetTaskPriority", taskId, priority: pick(["normal", "high"], to) }),
    () => ({
      type: "AskQuestion",
      text: pick(["Who signs?", "By when?"], which),
      internal: to % 3 === 0,
      toRole: pick(["sme", "advisor", "expert", "coordinator"], which),
      ...(to % 2 === 0 ? {} : { toPersonId }),
      dueOn: daysAfter(pilots.now, to % 20),
    }),
    () => ({ type: "AnswerQuestion", taskId: pick(questionIds, which), text: "The CEO." }),
    () => ({ type: "OpenStage", runId }),
    () => ({ type: "OpenGate", runId }),
    () => ({ type: "FireDueAction" }),
    () => ({ type: "FireDueAction" }),
    () => ({ type: "HoldPilot", reason, resumeOn: daysAfter(pilots.now, 1 + (to % 60)) }),
    () => ({ type: "ResumePilot" }),
    () => ({ type: "ResumePilot" }),
    () => (to % 10 > 0 ? { type: "FireDueAction" } : { type: "StopPilot", reason }),
    () => (to % 10 > 0 ? { type: "FireDueAction" } : { type: "WithdrawPilot", reason }),
    () => ({
      type: "HandOverAdvisor",
      fromPersonId: "advisor",
      to: { personId: toPersonId, role: "advisor", country: "EE" },
      reason,
    }),
    () => ({ type: "ChangeTeam", team: team.filter((_, i) => i !== 1 + (to % 4)) }),
  ];
  return pick(choices, what)();
}

/** Somebody who may, as a rule, so that most commands are not refused. */
function actorOf(pilots: Pilots, command: PilotCommand, { who }: Step): Actor {
  const willing = actors.filter((actor) => {
    try {
      return isEventOf(pilots, actor, command);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(inEnglish(error).message, command.type).not.toMatch(
        /\.(produce|review|gate_\w+|condition|question)\.|undefined|null/,
      );
      return false;
    }
  });
  return who % 5 > 0 && willing.length > 0 ? pick(willing, who) : pick(actors, who);
}

const isEventOf = (pilots: Pilots, actor: Actor, command: PilotCommand): boolean =>
  pilots.wouldFollow(actor, command) !== undefined;

function walk(pilots: Pilots, path: readonly Step[], check: (before: PilotState) => void): void {
  for (const step of path) {
    pilots.pass({ hours: step.hours });
    const command = commandOf(pilots, step);
    const before = pilots.state;
    try {
      pilots.run(actorOf(pilots, command, step), command);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(pilots.state).toBe(before);
    }
    check(before);
  }
}

const isUnfinished = ({ status }: Task): boolean =>
  status === "created" ||
  status === "ready" ||
  status === "reserved" ||
  status === "in_progress" ||
  status === "suspended";

const anyCriterion = (pilots: Pilots, deliverableId: string): Record<string, string> => {
  const [criterion] = Object.keys(pilots.review(deliverableId, "accepted").points);
  return { [criterion ?? ""]: "Say more." };
};

const daysAfter = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * 86_400_000).toISOString().slice(0, 10);

const startingPoints = [
  () => given().inStage("needs"),
  () => given().inStage("feasibility"),
  () => given().admitted().atGate("needs-1"),
  () => given().inStage("needs", [...team, { personId: "other-advisor", role: "advisor", country: "FI" }]),
] as const;

const journeys = fc.record({ start: fc.nat({ max: startingPoints.length - 1 }), path: steps });

const anyJourney = (check: (pilots: Pilots, before: PilotState) => void, whenDone = (_pilots: Pilots) => {}) =>
  fc.assert(
    fc.property(journeys, ({ start, path }) => {
      const pilots = pick(startingPoints, start)();
      walk(pilots, path, (before) => check(pilots, before));
      whenDone(pilots);
    }),
    { numRuns: 25 },
  );

test("every deliverable that is open has exactly one task: to produce it, or to review it", () => {
  anyJourney(({ state }) => {
    for (const deliverable of Object.values(state.deliverables)) {
      const tasks = Object.values(state.tasks).filter(
        (task) => task.deliverableId === deliverable.id && isUnfinished(task),
      );
      const isHandedIn = deliverable.status === "submitted" || deliverable.status === "in_review";
      const kinds = isSettled(deliverable) ? [] : [isHandedIn ? "review" : "produce"];
      expect(
        tasks.map(({ kind }) => kind),
        `${deliverable.id} ${deliverable.status}`,
      ).toEqual(kinds);
      for (const task of tasks) {
        if (task.kind === "produce") expect(task.dueAt).toBe(deliverable.dueAt);
        if (task.kind === "review") {
          expect(deliverable.status === "in_review").toBe(task.assigneeId !== undefined);
        }
      }
    }
  });
});

test("whoever has a task is known, and a task nobody has waits in its role's list", () => {
  anyJourney(({ state }) => {
    for (const task of Object.values(state.tasks)) {
      const status = task.status === "suspended" ? task.statusBefore : task.status;
      if (status === "reserved" || status === "in_progress") {
        expect(task, task.id).toMatchObject({ assigneeId: expect.any(String), ownerId: expect.any(String) });
      }
      if (status === "ready") expect([task.assigneeId, task.ownerId], task.id).toEqual([undefined, undefined]);
    }
  });
});

test("on hold every open task is suspended, under way none is, and after the end none is open", () => {
  anyJourney(({ state }) => {
    const { pilot } = state;
    const unfinished = Object.values(state.tasks).filter(isUnfinished);
    const wanted = (task: Task) => {
      if (isEnded(pilot)) return false;
      return (task.status === "suspended") === (pilot.status === "on_hold");
    };
    expect(unfinished.filter((task) => !wanted(task)).map(({ id, status }) => `${id} ${status}`)).toEqual([]);
  });
});

test("each event counts one in the pilot's sequence and one in every record it changes, and no other", () => {
  anyJourney((pilots, before) => {
    const { state, events } = pilots;
    expect(state.sequence).toBe(events.length);
    for (const kind of ["runs", "deliverables", "tasks", "gates"] as const) {
      for (const [id, record] of Object.entries(state[kind])) {
        const old = before[kind][id];
        if (old === record) continue;
        expect(record.version, id).toBe((old?.version ?? 0) + 1);
      }
    }
  });
});

test("the events alone give the same state again, and it is plain JSON", () => {
  anyJourney(
    () => {},
    ({ events, state }) => {
      const replayed = events.reduce<PilotState | undefined>(
        (so, event): PilotState => evolve(so, JSON.parse(JSON.stringify(event)) as PilotEvent),
        undefined,
      );
      expect(replayed).toStrictEqual(state);
      expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
    },
  );
});

test("what is internal stays with those who read internal notes, whoever hands it on", () => {
  anyJourney(({ state, events }) => {
    const internal = Object.values(state.tasks).filter(({ question }) => question?.internal === true);
    expect(
      internal.filter(({ candidateRole }) => candidateRole !== "advisor" && candidateRole !== "coordinator"),
    ).toEqual([]);
    const ids = new Set(internal.map(({ id }) => id));
    const outsiders = events.filter(
      ({ actor, data }) =>
        "taskId" in data && ids.has(data.taskId) && !["advisor", "coordinator", "system"].includes(actor.role),
    );
    expect(outsiders).toEqual([]);
  });
});

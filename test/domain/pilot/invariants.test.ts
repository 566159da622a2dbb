/** Gates, holds, the clock and the workflow, in whatever order they come: what stays true of every pilot. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toItems } from "../../../shared/contracts/items.ts";
import { nextActionAt } from "../../../shared/domain/pilot/deadlines.ts";
import type { EventOf } from "../../../shared/domain/pilot/events.ts";
import { isEnded, isOpenTask, isSettled, type PilotState, type StageRun } from "../../../shared/domain/pilot/state.ts";
import { answerTo, waitsOfFreshExecution } from "../../../shared/domain/pilot/waits.ts";
import { Refusal } from "../../../shared/domain/refusal.ts";
import { given, type Pilots, people } from "./given.ts";

/** One thing that may happen; what the rules refuse does not. */
type Act = (pilots: Pilots) => void;

const runId = (pilots: Pilots): string => pilots.state.pilot.currentRunId ?? "needs-1";
const run = (pilots: Pilots): StageRun => pilots.stageRun(runId(pilots));
const round = (pilots: Pilots): number => pilots.state.gates[runId(pilots)]?.round ?? 1;
const openIn = (state: PilotState, id: string) =>
  Object.values(state.deliverables).filter((deliverable) => deliverable.runId === id && !isSettled(deliverable));
const day = (pilots: Pilots, days: number): string =>
  new Date(Date.parse(pilots.now) + days * 86_400_000).toISOString().slice(0, 10);

const decision = (pilots: Pilots, more: object) => ({
  type: "DecideGate" as const,
  runId: runId(pilots),
  round: round(pilots),
  decision: "advance" as const,
  basedOn: pilots.basedOn(runId(pilots)),
  reason: "As discussed",
  ...more,
});

const acts: Readonly<Record<string, Act>> = {
  "work one day": (pilots) => void pilots.pass({ days: 1 }),
  "work three weeks": (pilots) => void pilots.pass({ days: 21 }),
  "settle what can be settled": (pilots) => {
    for (const { id, status } of openIn(pilots.state, runId(pilots))) {
      if (status === "submitted" || status === "in_review") pilots.accept(id);
      else pilots.settle(id);
    }
  },
  "submit one": (pilots) => void pilots.submit(openIn(pilots.state, runId(pilots))[0]?.id ?? "none"),
  "send one back": (pilots) => {
    const submitted = openIn(pilots.state, runId(pilots)).find(({ status }) => status === "submitted");
    pilots.sendBack(submitted?.id ?? "none");
  },
  "reopen one": (pilots) => {
    const accepted = Object.values(pilots.state.deliverables).findLast(({ status }) => status === "accepted");
    pilots.run(people.coordinator, {
      type: "ReopenDeliverable",
      deliverableId: accepted?.id ?? "none",
      reason: "Error found",
      dueInDays: 5,
    });
  },
  score: (pilots) => void pilots.scoreGate(runId(pilots)),
  advance: (pilots) => void pilots.run(people.coordinator, decision(pilots, {})),
  "advance with a condition": (pilots) => {
    const conditions = [{ text: "Hire", ownerRole: "sme", dueOn: day(pilots, 10) }];
    pilots.run(people.coordinator, decision(pilots, { decision: "advance_with_conditions", conditions }));
  },
  "meet conditions": (pilots) => {
    for (const { id } of pilots.state.pilot.conditions)
      pilots.run(people.admin, { type: "MeetCondition", conditionId: id, evidence: "Done" });
  },
  rework: (pilots) => {
    const [first] = Object.keys(pilots.basedOn(runId(pilots)));
    const deliverables = [{ deliverableId: first ?? "none" }];
    pilots.run(people.coordinator, decision(pilots, { decision: "rework", deliverables, programmeApproval: "Yes" }));
  },
  "hold at the gate": (pilots) =>
    void pilots.run(people.coordinator, decision(pilots, { decision: "hold", resumeOn: day(pilots, 30) })),
  "propose to skip": (pilots) => {
    const skip = { reasonId: "programme_decision", evidence: "Minutes" };
    pilots.run(people.coordinator, decision(pilots, { decision: "skip", skip }));
  },
  "agree to skip": (pilots) => void pilots.run(people.otherCoordinator, decision(pilots, { decision: "skip" })),
  hold: (pilots) =>
    void pilots.run(people.coordinator, { type: "HoldPilot", reason: "Illness", resumeOn: day(pilots, 20) }),
  resume: (pilots) => void pilots.run(people.coordinator, { type: "ResumePilot" }),
  "hand over": (pilots) => {
    const from = pilots.state.pilot.team.find(({ role }) => role === "advisor")?.personId ?? "none";
    const to = from === "advisor" ? "other-advisor" : "advisor";
    pilots.run(people.coordinator, {
      type: "HandOverAdvisor",
      fromPersonId: from,
      to: { personId: to, role: "advisor", country: "FI" },
      reason: "Leaves",
    });
  },
  "ask the company and the advisors": (pilots) => {
    const asked = { type: "AskQuestion", text: "Who signs?", dueOn: day(pilots, 6) } as const;
    const [advisor] = pilots.state.pilot.team;
    const asker = { ...people.advisor, personId: advisor?.personId ?? "none" };
    pilots.run(asker, { ...asked, internal: false, toRole: "sme" });
    pilots.run(asker, { ...asked, internal: true, toRole: "advisor", toPersonId: asker.personId });
  },
  "answer one question": (pilots) => {
    const open = Object.values(pilots.state.tasks).find((task) => task.kind === "question" && isOpenTask(task));
    pilots.run(people.admin, { type: "AnswerQuestion", taskId: open?.id ?? "none", text: "The CEO." });
  },
  "let the clock call once": (pilots) => void pilots.run(people.system, { type: "FireDueAction" }),
  "let the clock call": (pilots) => {
    while (pilots.run(people.system, { type: "FireDueAction" }) !== undefined);
  },
  "let the workflow work": workflow,
  stop: (pilots) => void pilots.run(people.coordinator, { type: "StopPilot", reason: "No market" }),
};

/** What an execution of the stage run does, begun anew: it asks for each step and leaves what has been done (I1). */
function workflow(pilots: Pilots): void {
  const id = runId(pilots);
  pilots.run(people.system, { type: "OpenStage", runId: id });
  if (openIn(pilots.state, id).length === 0) pilots.run(people.system, { type: "OpenGate", runId: id });
  const answer = answerTo(pilots.state, id, { slot: "gate" });
  if (answer !== undefined && "decision" in answer && answer.decision === "advance")
    pilots.run(people.system, { type: "CloseStage", runId: id });
}

function attempt(pilots: Pilots, act: Act): void {
  try {
    act(pilots);
  } catch (error) {
    // "There is no …" is the test's own: an act that finds nothing to act on.
    if (error instanceof Refusal || (error instanceof Error && error.message.startsWith("There is no"))) return;
    if (error instanceof Error && error.message.includes("open review tasks")) return;
    throw error;
  }
}

/** Often what brings a pilot forward, so that walks get far; seldom the end. */
const forward = ["settle what can be settled", "let the workflow work", "score", "advance", "resume"];
const others = Object.keys(acts).filter((name) => name !== "stop");
const walks = fc.array(
  fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...forward) },
    { weight: 30, arbitrary: fc.constantFrom(...others) },
    { weight: 1, arbitrary: fc.constant("stop") },
  ),
  { minLength: 1, maxLength: 50, size: "max" },
);

const starts = [
  () => given().admitted(),
  () => given().admitted().atGate("needs-1").scoreGate("needs-1"),
  () => given().inStage("feasibility").atGate("feasibility-1").scoreGate("feasibility-1"),
] as const;

function anyWalk(check: (pilots: Pilots, before: PilotState) => void): void {
  fc.assert(
    fc.property(fc.constantFrom(...starts), walks, (start, walk) => {
      const pilots = start();
      for (const name of walk) {
        const before = pilots.state;
        const act = acts[name];
        if (act !== undefined) attempt(pilots, act);
        check(pilots, before);
      }
    }),
    { numRuns: 20 },
  );
}

describe("the clock", () => {
  test("has something to do exactly when it says so, and does the earliest first (I7)", () => {
    anyWalk((pilots) => {
      const next = nextActionAt(pilots.state);
      const event = pilots.wouldFollow(people.system, { type: "FireDueAction" });
      expect(event !== undefined).toBe(next !== undefined && next <= pilots.now);
    });
  });

  test("says each step once for each due date (I7)", () => {
    anyWalk(({ events }) => {
      const fired = events.filter((event): event is EventOf<"ReminderFired"> => event.type === "ReminderFired");
      const keys = fired.map(({ data }) => `${data.taskId} ${data.step} ${data.dueAt}`);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    });
  });

  test("comes to rest: what has fired is not due again", () => {
    anyWalk((pilots) => {
      const open = Object.values(pilots.state.tasks).filter(isOpenTask);
      for (const { reminders, fired, dueAt } of open) {
        const done = new Set(fired.filter((each) => each.dueAt === dueAt).map(({ step }) => step));
        expect(reminders.filter(({ step }) => done.has(step))).toEqual([]);
      }
    });
  });
});

describe("the workflow", () => {
  test("takes no record away, so OpenStage and OpenGate need no right to; CloseStage does from lists of work, at the end", () => {
    anyWalk((pilots) => {
      const keysOf = (state: PilotState) => toItems(state).map(({ sk }) => sk);
      const before = keysOf(pilots.state);
      attempt(pilots, workflow);
      const after = new Set(keysOf(pilots.state));
      const gone = before.filter((sk) => !after.has(sk));
      expect(isEnded(pilots.state.pilot) ? gone.filter((sk) => !sk.startsWith("INBOX#")) : gone).toEqual([]);
    });
  });

  test("may be begun anew at any moment: its second pass changes nothing (I1)", () => {
    anyWalk((pilots) => {
      if (isEnded(pilots.state.pilot)) return;
      const id = runId(pilots);
      workflow(pilots);
      // Closing a stage hands over to the next one's execution.
      if (runId(pilots) !== id) return;
      const { state } = pilots;
      workflow(pilots);
      expect(pilots.state).toBe(state);
    });
  });

  test("comes to stand, begun anew, only where there is no answer yet (I1)", () => {
    anyWalk((pilots) => {
      const { state } = pilots;
      const id = runId(pilots);
      const answered = (waitsOfFreshExecution(state, id) ?? []).filter(
        (wait) => answerTo(state, id, wait) !== undefined,
      );
      expect(answered).toEqual([]);
    });
  });

  test("waits for nothing that no open task will bring about (I8)", () => {
    anyWalk((pilots) => {
      const { state } = pilots;
      const { id, status } = run(pilots);
      if (status !== "active" && status !== "at_gate") return;
      const kindsOpen = (deliverableId?: string) =>
        Object.values(state.tasks)
          .filter((task) => task.runId === id && task.deliverableId === deliverableId && isOpenTask(task))
          .map(({ kind }) => kind);
      for (const { id: deliverableId } of openIn(state, id)) {
        const submitted = answerTo(state, id, { slot: "submission", deliverableId }) !== undefined;
        const reviewed = answerTo(state, id, { slot: "review", deliverableId }) !== undefined;
        expect(submitted).toBe(!reviewed);
        expect(kindsOpen(deliverableId)).toEqual([submitted ? "review" : "produce"]);
      }
      if (status === "at_gate") {
        expect(answerTo(state, id, { slot: "gate" })).toBeUndefined();
        expect(kindsOpen()).toContain("gate_decision");
      }
    });
  });
});

describe("stages and gates", () => {
  test("a living pilot has one stage under way, and a gate stands open only when all its work is settled", () => {
    anyWalk(({ state }) => {
      if (isEnded(state.pilot)) return;
      const over = ["passed", "passed_with_conditions", "skipped", "stopped"];
      const underWay = Object.values(state.runs).filter(({ status, endedAt }) => !over.includes(status) || !endedAt);
      expect(underWay.map(({ id }) => id)).toEqual([state.pilot.currentRunId]);
      for (const { id, status } of underWay) {
        const gate = state.gates[id];
        if (status === "at_gate") expect([gate?.status, openIn(state, id)]).toEqual(["open", []]);
        if (status === "active") expect(gate?.status).not.toBe("open");
      }
    });
  });

  test("decisions are only added, each on the revisions and scores of its round", () => {
    anyWalk(({ state }, before) => {
      for (const [id, gate] of Object.entries(state.gates)) {
        const past = before.gates[id]?.decisions ?? [];
        expect(gate.decisions.slice(0, past.length)).toEqual(past);
        for (const { scores, round: decidedIn } of gate.decisions) {
          expect(scores.length).toBe(gate.scoresNeeded.coordinator + gate.scoresNeeded.expert);
          expect(decidedIn).toBeLessThanOrEqual(gate.round);
        }
      }
    });
  });

  test("the decision waits for the scores, and a gate's tasks end with its round", () => {
    anyWalk(({ state }) => {
      for (const gate of Object.values(state.gates)) {
        const ofGate = Object.values(state.tasks).filter(
          ({ runId: of, kind }) => of === gate.runId && (kind === "gate_score" || kind === "gate_decision"),
        );
        const open = ofGate.filter((task) => isOpenTask(task));
        if (gate.status !== "open") expect(open).toEqual([]);
        const unscored = open.some(({ kind }) => kind === "gate_score");
        const created = open.some(({ kind, status }) => kind === "gate_decision" && status === "created");
        expect(created).toBe(unscored);
      }
    });
  });
});

test("the team's changes leave no open task with somebody outside it", () => {
  anyWalk(({ state }) => {
    const inTeam = (personId: string | undefined, role: string) =>
      state.pilot.team.some((member) => member.personId === personId && member.role === role);
    const stray = Object.values(state.tasks).filter(
      (task) =>
        (isOpenTask(task) || task.status === "suspended") &&
        task.assigneeId !== undefined &&
        (task.candidateRole === "advisor" || task.candidateRole === "expert" || task.candidateRole === "living_lab") &&
        !inTeam(task.assigneeId, task.candidateRole),
    );
    expect(stray.map(({ id }) => id)).toEqual([]);
  });
});

/** How a pilot begins: an application is started, reviewed like any deliverable, then admitted or rejected. */
import { localDateOf } from "../calendar.ts";
import { type AidGranted, aidCountedEur, aidStated, deMinimisRoomEur } from "../forms/cross-field-rules.ts";
import { computeDerived, numberIn } from "../forms/derived.ts";
import type { FormValues } from "../forms/form-schema.ts";
import { assertMay } from "../permissions.ts";
import { Refusal } from "../refusal.ts";
import type { CommandOf } from "./commands.ts";
import type { Context, ProgrammeParameters } from "./context.ts";
import { type Decisions, decided, type Evolutions, mapValues } from "./decider.ts";
import { hoursOf, withWorkOpened } from "./deliverable-tasks.ts";
import { isUnfinished, scheduleIn } from "./due-dates.ts";
import type { AdmissionTerms, EventOf } from "./events.ts";
import { assertSaid } from "./preconditions.ts";
import { isSettled, type PilotState, type TeamMember } from "./state.ts";
import { finished } from "./task-states.ts";

export const beginPilot = {
  decide(
    state: PilotState | undefined,
    command: CommandOf<"StartApplication">,
    context: Context,
  ): EventOf<"ApplicationStarted"> | undefined {
    const { programmeId } = context.actor;
    const { pilotId, organisationId, country, title, sample, earlierPilotId } = command;
    assertMay(context.actor, "application.create", {
      programmeId,
      organisationId: state?.pilot.organisationId ?? organisationId,
      status: "applied",
      team: [],
    });
    if (state !== undefined) return undefined;
    assertSaid(title, "/title", "say_service");
    const { intake } = context.process;
    return {
      type: "ApplicationStarted",
      ...decided(context),
      data: {
        pilotId,
        programmeId,
        organisationId,
        country,
        title,
        formVersion: intake.formVersion,
        task: { title: `${intake.id} ${intake.name}`, estimatedHours: hoursOf(intake) },
        sample,
        ...(earlierPilotId === undefined ? {} : { earlierPilotId }),
        ...scheduleIn(context, intake.dueInDays, country),
      },
    };
  },

  evolve({ data, at }: EventOf<"ApplicationStarted">): PilotState {
    const { pilotId, programmeId, organisationId, country, title, sample, formVersion, dueAt, reminders } = data;
    const { earlierPilotId } = data;
    const begun: PilotState = {
      sequence: 1,
      pilot: {
        id: pilotId,
        programmeId,
        organisationId,
        title,
        country,
        status: "applied",
        appliedAt: at,
        team: [],
        secondaryMarkets: [],
        conditions: [],
        supportHours: 0,
        aidCents: 0,
        followUps: [],
        sample,
        ...(earlierPilotId === undefined ? {} : { earlierPilotId }),
        version: 1,
      },
      runs: {},
      deliverables: {},
      tasks: {},
      gates: {},
      supportRecords: {},
    };
    return withWorkOpened(begun, {
      ...data.task,
      deliverableId: "IN-1",
      definitionId: "IN-1",
      formVersion,
      runId: "intake",
      candidateRole: "sme",
      createdAt: at,
      dueAt,
      reminders,
    });
  },
};

const sizeClasses = ["micro", "small", "medium"] as const;

interface Eligibility {
  readonly headcount: number | undefined;
  /** Undefined for a company that is no SME, and while figures are missing. */
  readonly sizeClass: (typeof sizeClasses)[number] | undefined;
  /** Not above the programme's focus size; else a waiver is needed. */
  readonly focusRuleMet: boolean;
  /** De minimis aid of the last three years, EUR: what the application states, and what other pilots gave. */
  readonly aidReceivedEur: number;
  readonly aidElsewhereEur: number;
  /** De minimis aid the company may still receive, EUR. */
  readonly aidRoomEur: number;
  /** Room for the support the programme plans per pilot. */
  readonly aidRoomSuffices: boolean;
}

/** What an application's figures say about admission. `today` is the day of grant, YYYY-MM-DD. */
export function eligibilityOf(
  application: FormValues,
  aidElsewhere: readonly AidGranted[],
  programme: ProgrammeParameters,
  today: string,
): Eligibility {
  const headcount = numberIn(application, "headcount");
  // The company profile works the size class out of the same fields.
  const { smeCategory } = computeDerived("NA-1", application, {
    accepted: () => application,
    supportHours: 0,
    aidEur: 0,
  });
  const aidRoomEur = deMinimisRoomEur(application, aidElsewhere, today, programme.deMinimisCeilingEur);
  return {
    headcount,
    sizeClass: sizeClasses.find((each) => each === smeCategory),
    focusRuleMet: headcount !== undefined && headcount <= programme.focusSizeHeadcount,
    aidReceivedEur: aidCountedEur(aidStated(application), today),
    aidElsewhereEur: aidCountedEur(aidElsewhere, today),
    aidRoomEur,
    aidRoomSuffices: aidRoomEur >= programme.plannedAidEur,
  };
}

export const applicationDecisions = {
  RejectApplication({ pilot }, { reason }, context) {
    assertMay(context.actor, "application.decide", pilot);
    if (pilot.status === "rejected") return undefined;
    if (pilot.status !== "applied") throw notUndecided(pilot.status);
    assertSaid(reason, "/reason", "say_why_rejected");
    return { type: "ApplicationRejected", ...decided(context, reason), data: {} };
  },

  AdmitPilot(state, { team, waiverReason }, context) {
    const { pilot } = state;
    assertMay(context.actor, "application.decide", pilot);
    if (pilot.admittedAt !== undefined) return undefined;
    if (pilot.status !== "applied") throw notUndecided(pilot.status);
    const application = context.accepted["IN-1"];
    if (state.deliverables["IN-1"]?.status !== "accepted" || application === undefined) {
      throw new Refusal("NotInThisState", "application_not_accepted", { status: pilot.status });
    }
    assertTeam(team);
    assertEligible(application, waiverReason, context);
    const [first] = [...context.process.stages].sort((a, b) => a.order - b.order);
    if (first === undefined) throw new Error("The process has no stages.");
    return {
      type: "PilotAdmitted",
      ...decided(context),
      data: {
        team,
        ...(waiverReason === undefined || waiverReason.trim() === "" ? {} : { waiverReason }),
        terms: termsOf(application, context),
        title: pilot.title,
        runId: `${first.id}-1`,
        stageId: first.id,
        processVersion: context.newestProcess.version,
      },
    };
  },
} satisfies Decisions<"RejectApplication" | "AdmitPilot">;

function termsOf(application: FormValues, { programme, aidElsewhere, now }: Context): AdmissionTerms {
  const { plannedAidEur, deMinimisCeilingEur, hourlyRateCents, country } = programme;
  const { aidReceivedEur } = eligibilityOf(application, aidElsewhere, programme, localDateOf(now, country));
  return { plannedAidEur, deMinimisCeilingEur, hourlyRateCents, aidReceivedEur };
}

const notUndecided = (status: string): Refusal => new Refusal("NotInThisState", "application_decided", { status });

/** Throws `Refusal` RuleBroken unless an advisor is in the team and everybody is named once per role. */
export function assertTeam(team: readonly TeamMember[]): void {
  if (!team.some(({ role }) => role === "advisor")) {
    throw new Refusal("RuleBroken", "advisor_needed", { pointer: "/team" });
  }
  const seats = team.map(({ personId, role }) => `${role} ${personId}`);
  if (new Set(seats).size < seats.length) {
    throw new Refusal("RuleBroken", "named_twice", { pointer: "/team" });
  }
}

function assertEligible(application: FormValues, waiverReason: string | undefined, context: Context): void {
  const { programme } = context;
  const { sizeClass, focusRuleMet, aidRoomEur, aidRoomSuffices } = eligibilityOf(
    application,
    context.aidElsewhere,
    programme,
    localDateOf(context.now, programme.country),
  );
  if (sizeClass === undefined) {
    throw new Refusal("RuleBroken", "not_an_sme", { pointer: "/headcount" });
  }
  if (!aidRoomSuffices) {
    throw new Refusal(
      "RuleBroken",
      { key: "aid_room_too_small", roomEur: aidRoomEur, neededEur: programme.plannedAidEur },
      { pointer: "/deMinimisReceived", aidRoomEur },
    );
  }
  if (!focusRuleMet) {
    assertSaid(waiverReason, "/waiverReason", { key: "say_why_waived", employees: programme.focusSizeHeadcount });
  }
}

export const applicationEvolutions = {
  ApplicationRejected(state, { at, reason }) {
    return {
      ...state,
      pilot: {
        ...state.pilot,
        status: "rejected",
        endedAt: at,
        ...(reason === undefined ? {} : { endReason: reason }),
      },
      deliverables: mapValues(state.deliverables, (each) =>
        isSettled(each) ? each : { ...each, status: "cancelled" },
      ),
      tasks: mapValues(state.tasks, (task) => (isUnfinished(task) ? finished(task, "exited", at) : task)),
    };
  },

  PilotAdmitted(state, { at, data }) {
    const { team, waiverReason, title, runId, stageId, processVersion } = data;
    return {
      ...state,
      pilot: {
        ...state.pilot,
        status: "active",
        admittedAt: at,
        team,
        title,
        currentRunId: runId,
        ...(waiverReason === undefined ? {} : { waiverReason }),
      },
      runs: {
        ...state.runs,
        [runId]: { id: runId, stageId, status: "planned", processVersion, executionNumber: 1, version: 1 },
      },
    };
  },
} satisfies Evolutions<"ApplicationRejected" | "PilotAdmitted">;

/**
 * Walking a pilot: people and workflow act on it one day after another, through the commands everybody uses.
 *
 * A walk is a list of steps, each a number of days long; it ends today, so the first step begins as many days ago as all
 * of them take. On the way the clock does what it would have done: reminders and escalations fire when they are due.
 */
import { systemActor } from "../../shared/domain/actor.ts";
import type { FormValues } from "../../shared/domain/forms/form-schema.ts";
import type { PilotCommand } from "../../shared/domain/pilot/commands.ts";
import { nextActionAt } from "../../shared/domain/pilot/deadlines.ts";
import type { LoggedHours, PilotState } from "../../shared/domain/pilot/state.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Store } from "../../shared/ports/store.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { sampleAnswers } from "./answers.ts";
import { portfolioCompanies, type SampleCompany, sampleCompanies } from "./companies.ts";
import { sampleActor, sampleProgrammeId } from "./people.ts";
import { definitionOf } from "./process.ts";

export interface Walk {
  readonly pilotId: string;
  /** Id of a sample company. */
  readonly company: string;
  readonly market: string;
  readonly otherMarket: string;
  readonly coordinator: string;
  /** Person ids; the first advisor leads. */
  readonly team: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step {
  readonly days: number;
  readonly take: (walker: Walker) => Promise<void>;
}

export interface Walker {
  readonly walk: Walk;
  readonly company: SampleCompany;
  readonly state: PilotState;
  /** The day it is, YYYY-MM-DD. */
  readonly today: string;
  /** Waits for a day of the step, counted from 0. */
  until(day: number): Promise<void>;
  act(personId: string, command: PilotCommand): Promise<void>;
  /** What the workflow does at this point. */
  system(command: PilotCommand): Promise<void>;
  /** What somebody would fill in today. */
  answers(deliverableId: string): FormValues;
  /** What was last handed in. */
  readonly submitted: Readonly<Record<string, FormValues>>;
  readonly logged: readonly LoggedHours[];
}

const dayMs = 86_400_000;
/** When people begin to work, UTC, and how long each act takes them. */
const morningMs = 7 * 3_600_000;
const actMs = 17 * 60_000;

/** Walks a pilot that is not there yet to where its steps lead, up to now. */
export async function walkPilot(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  walk: Walk,
): Promise<void> {
  const endMs = clock.now().getTime();
  const startOfTodayMs = Math.floor(endMs / dayMs) * dayMs;
  let stepMs = startOfTodayMs - walkDays(walk.steps) * dayMs;
  let nowMs = stepMs;
  let state: PilotState | undefined;
  const submitted: Record<string, FormValues> = {};
  const logged: LoggedHours[] = [];
  const pilots = createPilotRecords({ store, clock: { now: () => new Date(nowMs) } });
  const fairway = systemActor(sampleProgrammeId);

  async function change(command: PilotCommand, actor = fairway): Promise<void> {
    ({ state } = await pilots.change(walk.pilotId, command, actor));
  }

  async function moveTo(targetMs: number): Promise<void> {
    for (;;) {
      const next = state === undefined ? undefined : nextActionAt(state);
      if (next === undefined || Date.parse(next) > targetMs) break;
      nowMs = Math.max(nowMs, Date.parse(next));
      await change({ type: "FireDueAction" });
    }
    nowMs = Math.max(nowMs, targetMs);
  }

  const company = [...sampleCompanies, ...portfolioCompanies].find(({ id }) => id === walk.company);
  if (company === undefined) throw new Error(`The sample programme has no company ${walk.company}.`);
  const walker: Walker = {
    walk,
    company,
    submitted,
    logged,
    get state() {
      if (state === undefined) throw new Error(`${walk.pilotId} has not applied yet.`);
      return state;
    },
    get today() {
      return new Date(nowMs).toISOString().slice(0, 10);
    },
    until: (day) => moveTo(Math.max(nowMs, stepMs + day * dayMs + morningMs)),
    async act(personId, command) {
      await moveTo(nowMs + actMs);
      const aidBefore = state?.pilot.aidCents ?? 0;
      await change(command, sampleActor(personId));
      if (command.type === "SubmitDeliverable") submitted[command.deliverableId] = command.values;
      if (command.type === "LogHours") {
        const { hours, on, activity } = command;
        const { sequence, pilot } = walker.state;
        const aidCents = pilot.aidCents - aidBefore;
        logged.push({ id: String(sequence), personId, on, hours, activity, aidCents });
      }
    },
    system: (command) => change(command),
    answers(deliverableId) {
      const { market, otherMarket } = walk;
      const accepted = (id: string) => submitted[id];
      return sampleAnswers(definitionOf(deliverableId), {
        company,
        market,
        otherMarket,
        today: walker.today,
        accepted,
      });
    },
  };

  for (const step of walk.steps) {
    await walker.until(0);
    await step.take(walker);
    stepMs += step.days * dayMs;
  }
  await moveTo(endMs);
}

export const walkDays = (steps: readonly Step[]): number => steps.reduce((sum, { days }) => sum + days, 0);

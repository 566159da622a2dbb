import type { Actor } from "../actor.ts";
import type { AidGranted } from "../forms/cross-field-rules.ts";
import type { FormValues } from "../forms/form-schema.ts";
import type { ProcessDefinition, StageId } from "../process.ts";
import type { MovableStepId } from "../programme-timing.ts";

/** What a programme may set (section 3.1, story 1); defaults in `defaultParameters`. */
export interface ProgrammeParameters {
  /** Above this headcount an application needs a written waiver. */
  readonly focusSizeHeadcount: number;
  readonly deMinimisCeilingEur: number;
  /** Value of the support planned per pilot, checked against the remaining aid room. */
  readonly plannedAidEur: number;
  /** Euro cents per hour of support. */
  readonly hourlyRateCents: number;
  /** Country of the programme office: time zone and holidays of coordinators' dates. */
  readonly country: string;
  /** Further days off, ISO dates. */
  readonly extraHolidays: readonly string[];
  /** Days for a rework when the decider names none. */
  readonly reworkDays: number;
  /** Days of a stage, where they are not those of the process version. */
  readonly stageDays: Readonly<Partial<Record<StageId, number>>>;
  /** Days from the start of the stage to the due date, by deliverable, where they are not the version's. */
  readonly dueInDays: Readonly<Record<string, number>>;
  /** Days after the due date (negative: before), of the review working days after submission, where not the version's. */
  readonly reminderDays: Readonly<Partial<Record<MovableStepId, number>>>;
  /** How long mails, notices and the log of who read a business case are kept; then they are removed. */
  readonly mailDays: number;
  readonly noticeDays: number;
  readonly accessLogDays: number;
  /** After the end of the year of the last payment: (EU) 2021/1060 Art. 82. Reported when over, never removed by itself. */
  readonly businessRecordYears: number;
  /** (EU) 2023/2831. */
  readonly aidRecordYears: number;
}

export const defaultParameters: ProgrammeParameters = {
  focusSizeHeadcount: 30,
  deMinimisCeilingEur: 300_000,
  plannedAidEur: 20_000,
  hourlyRateCents: 6_500,
  country: "EE",
  extraHolidays: [],
  reworkDays: 14,
  stageDays: {},
  dueInDays: {},
  reminderDays: {},
  mailDays: 365,
  noticeDays: 365,
  accessLogDays: 1827,
  businessRecordYears: 5,
  aidRecordYears: 10,
};

/** Everything `decide` may look at beside the state and the command: no clock, no I/O (I5). */
export interface Context {
  readonly now: string;
  readonly actor: Actor;
  /** The version pinned by the run the command is about; the latest one for new runs. */
  readonly process: ProcessDefinition;
  /** What a new run pins. */
  readonly newestProcess: ProcessDefinition;
  readonly programme: ProgrammeParameters;
  /** Values of the last accepted revision, by deliverable id. */
  readonly accepted: Readonly<Record<string, FormValues>>;
  /** What the company was given in its other pilots. */
  readonly aidElsewhere: readonly AidGranted[];
}

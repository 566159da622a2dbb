/**
 * The words for ids of the contract, in the chosen language. A component that calls these also calls `useTranslation`,
 * which draws it again when the language changes.
 */
import i18next from "i18next";
import type { PilotView, TaskView } from "../shared/contracts/views.ts";
import { isSettled } from "../shared/domain/pilot/state.ts";
import { countryName } from "./language/format.ts";

export const stageIds = ["intake", "needs", "feasibility", "adaptation", "guidance"] as const;

/** What the surveys after the end belong to, in the place of a stage. */
export const followUpId = "follow-up" as const;

/** Stages of later process versions are shown by their id. */
export function stageInWords(stage: string): string {
  const known = [...stageIds, followUpId, "ended" as const].find((id) => id === stage);
  return known === undefined ? inWords(stage) : i18next.t(`stage.${known}`);
}

/** What is handed in is late no more: its review has a date of its own. */
export const isHandedIn = (status: PilotView["deliverables"][number]["status"]): boolean =>
  status === "submitted" || status === "in_review";

/** What is handed in or settled has no date to keep any more. */
export const isDue = (deliverable: Pick<PilotView["deliverables"][number], "status">): boolean =>
  !isHandedIn(deliverable.status) && !isSettled(deliverable);

/** The state of a pilot in one word: while it is active that of its stage, once there is one. */
export const stateOf = ({
  status,
  stageStatus,
}: {
  readonly status: string;
  readonly stageStatus?: string | undefined;
}): string => (status === "active" ? (stageStatus ?? status) : status);

/** The form of an application that was rejected says so; it is cancelled only for the domain. */
export const deliverableStatus = (
  pilot: { readonly status: string },
  { status }: { readonly status: string },
): string => (pilot.status === "rejected" && status === "cancelled" ? pilot.status : status);

type Status =
  | PilotView["status"]
  | PilotView["runs"][number]["status"]
  | PilotView["deliverables"][number]["status"]
  | "not_reached"
  | "open"
  | "decided"
  | "closed";

const tones: Readonly<Record<Status, "good" | "fairway" | "warn" | "gray">> = {
  accepted: "good",
  passed: "good",
  completed: "good",
  followed_up: "good",
  rework: "warn",
  reopened: "warn",
  on_hold: "warn",
  passed_with_conditions: "warn",
  at_gate: "warn",
  rejected: "warn",
  stopped: "warn",
  active: "fairway",
  in_progress: "fairway",
  submitted: "fairway",
  in_review: "fairway",
  applied: "fairway",
  open: "fairway",
  planned: "gray",
  not_reached: "gray",
  skipped: "gray",
  not_started: "gray",
  cancelled: "gray",
  withdrawn: "gray",
  archived: "gray",
  decided: "gray",
  closed: "gray",
};

const isStatus = (status: string): status is Status => Object.hasOwn(tones, status);

export const statusInWords = (status: string): string =>
  isStatus(status) ? i18next.t(`status.${status}`) : inWords(status);

/** How a state looks besides its words; colour is never the only sign. */
export const toneOf = (status: string): "good" | "fairway" | "warn" | "gray" =>
  isStatus(status) ? tones[status] : "gray";

/** Who may do a task, as part of a sentence: "an advisor". */
export const someoneInWords = (role: TaskView["candidateRole"]): string => i18next.t(`someone.${role}`);

/** From where to where a pilot goes; where its company is, until the market is chosen. */
export const routeInWords = ({
  country,
  market,
}: {
  readonly country: string;
  readonly market?: string | undefined;
}): string =>
  market === undefined
    ? countryName(country)
    : i18next.t("route", { from: countryName(country), to: countryName(market) });

/** A name that stands beside a title, unless the title says it first, as a pilot's mostly does with its company. */
export const besideTitle = (title: string, name: string): string | null => (title.startsWith(name) ? null : name);

/** "passed_with_conditions" → "Passed with conditions"; for ids no catalogue knows. */
export function inWords(id: string): string {
  const words = id.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

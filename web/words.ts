/** The words the portal shows for ids of the contract. */
import type { TaskView } from "../shared/contracts/views.ts";
import type { Role } from "../shared/domain/actor.ts";
import { countries } from "../shared/domain/countries.ts";

export const roleWords: Readonly<Record<Role, string>> = {
  sme_member: "Company member",
  sme_admin: "Company admin",
  advisor: "Advisor",
  expert: "Expert",
  living_lab: "Living lab",
  coordinator: "Coordinator",
  auditor: "Auditor",
  administrator: "Administrator",
};

export const processRoleWords: Readonly<Record<TaskView["candidateRole"], string>> = {
  sme: "the company",
  advisor: "an advisor",
  expert: "an expert",
  living_lab: "the living lab",
  coordinator: "a coordinator",
};

export const stages = [
  { id: "needs", name: "Needs analysis" },
  { id: "feasibility", name: "Feasibility" },
  { id: "adaptation", name: "Platform adaptation" },
  { id: "guidance", name: "Legal and cultural guidance" },
] as const;

const stageWords: Readonly<Record<string, string>> = {
  intake: "Intake",
  ended: "Ended",
  ...Object.fromEntries(stages.map(({ id, name }) => [id, name])),
};

/** Stages of later process versions are shown by their id. */
export const stageInWords = (stage: string): string => stageWords[stage] ?? inWords(stage);

/** "passed_with_conditions" → "Passed with conditions". */
export function inWords(id: string): string {
  const words = id.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How a state looks besides its words; colour is never the only sign. */
export function toneOf(status: string): "good" | "busy" | "warn" | "off" {
  switch (status) {
    case "accepted":
    case "passed":
    case "completed":
    case "followed_up":
      return "good";
    case "rework":
    case "reopened":
    case "on_hold":
    case "passed_with_conditions":
    case "at_gate":
    case "rejected":
    case "stopped":
      return "warn";
    case "active":
    case "in_progress":
    case "submitted":
    case "in_review":
    case "applied":
      return "busy";
    default:
      return "off";
  }
}

export const countryName = (code: string): string => countries.get(code)?.name ?? code;

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const minuteFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const clockFormat = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" });

export const dayInWords = (instant: string): string => dayFormat.format(new Date(instant));
export const minuteInWords = (instant: string): string => minuteFormat.format(new Date(instant));

/** The time of day; with its day when that is another. */
export function timeInWords(instant: string, now: Date): string {
  const date = new Date(instant);
  return midnight(date) === midnight(now) ? clockFormat.format(date) : minuteFormat.format(date);
}

const dayMs = 24 * 60 * 60 * 1000;

/** "in 3 days", "2 days ago", "today"; by calendar days of the device. */
export function distanceInWords(instant: string, now: Date): string {
  const days = Math.round((midnight(new Date(instant)) - midnight(now)) / dayMs);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  if (days === -1) return "yesterday";
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** Rows of the pipeline for tests: a pilot in needs analysis, nine days in its stage. */
import { type ListedPilot, type PilotRow, type RowWords, rowOf } from "../../web/pages/pilots/pilot-rows.ts";

const now = new Date("2027-03-10T12:00:00.000Z");

export const words: RowWords = {
  stage: (id) => `stage ${id}`,
  status: (id) => `status ${id}`,
  route: (country, market) => [country, market ?? ""].join(" → "),
  day: (instant) => `day ${instant.slice(0, 10)}`,
  list: (items) => items.join(" and "),
  number: (value) => `${value}`,
  atRisk: "at risk",
  inOrder: (a, b) => a.localeCompare(b, "en"),
};

const pilot = (id: string, changes: Partial<ListedPilot> = {}): ListedPilot => ({
  id,
  title: `Pilot ${id}`,
  status: "active",
  organisation: { id: "birch", name: "Sample Birch Oy" },
  country: "FI",
  stage: "needs",
  stageStatus: "active",
  stageSince: "2027-03-01T08:00:00.000Z",
  openTasks: 2,
  overdueTasks: 0,
  advisors: [],
  atRisk: false,
  openHours: 0,
  disputedHours: 0,
  sample: true,
  appliedAt: "2027-02-01T08:00:00.000Z",
  ...changes,
});
export const pilotRow = (id: string, changes?: Partial<ListedPilot>): PilotRow => rowOf(pilot(id, changes), now, words);

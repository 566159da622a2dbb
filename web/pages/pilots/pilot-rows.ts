/** The pilots of a list as board and table show them: which, in what order, in which groups. */
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import { dueDayOf } from "../../../shared/domain/due-day.ts";
import { isEnded } from "../../../shared/domain/pilot/state.ts";
import { daysBetween } from "../../language/days.ts";
import { stateOf } from "../../words.ts";
import { type Column, columns, type PilotSearch } from "./pilot-search.ts";

export type ListedPilot = OutputOf<"listPilots">["pilots"][number];

export const places: readonly string[] = ["intake", "needs", "feasibility", "adaptation", "guidance", "ended"];

/** How the chosen language says what is not text already. */
export interface RowWords {
  stage(id: string): string;
  status(id: string): string;
  route(country: string, market: string | undefined): string;
  day(instant: string): string;
  list(items: readonly string[]): string;
  number(value: number): string;
  readonly atRisk: string;
  inOrder(a: string, b: string): number;
}

interface Cell {
  readonly text: string;
  /** What it is sorted by, where that is not the text; absent values come last. */
  readonly order?: string | number | undefined;
  /** What a spreadsheet gets, where that is not the text: a number, or a day at midnight UTC. */
  readonly data?: number | Date;
}

export interface PilotRow {
  readonly pilot: ListedPilot;
  /** The board's column. */
  readonly place: string;
  /** Calendar days since it came to its stage or ended. */
  readonly days: number;
  readonly isOverdue: boolean;
  readonly cells: Readonly<Record<Column, Cell>>;
  /** Every word of it, in lower case, to be searched. */
  readonly words: string;
}

export function rowOf(pilot: ListedPilot, now: Date, words: RowWords): PilotRow {
  const { nextDueAt, stageSince } = pilot;
  const place = isEnded(pilot) ? "ended" : pilot.stage;
  const days = Math.max(0, daysBetween(new Date(stageSince), now));
  const order = places.indexOf(place);
  const cells: PilotRow["cells"] = {
    title: { text: pilot.title },
    company: { text: pilot.organisation.name },
    route: { text: words.route(pilot.country, pilot.market) },
    stage: { text: words.stage(place), order: order < 0 ? places.length : order },
    status: { text: words.status(stateOf(pilot)) },
    days: { text: String(days), order: days, data: days },
    due:
      nextDueAt === undefined
        ? { text: "", order: undefined }
        : { text: words.day(nextDueAt), order: Date.parse(nextDueAt), data: dayOf(nextDueAt) },
    overdue: { text: String(pilot.overdueTasks), order: pilot.overdueTasks, data: pilot.overdueTasks },
    risk: { text: pilot.atRisk ? words.atRisk : "", order: pilot.atRisk ? 0 : 1 },
    hours: { text: words.number(pilot.openHours), order: pilot.openHours, data: pilot.openHours },
    advisors: { text: words.list(pilot.advisors.map(({ name }) => name)) },
  };
  return {
    pilot,
    place,
    days,
    isOverdue: pilot.overdueTasks > 0,
    cells,
    words: columns.map((column) => cells[column].text.toLowerCase()).join(" "),
  };
}

/** The day of an instant that is due, as the page says it. */
const dayOf = (instant: string): Date => new Date(dueDayOf(instant));

export type PilotFigures = Pick<OutputOf<"getPipeline">, "pilots" | "atRisk" | "onHold" | "openTasks" | "overdueTasks">;

/** What the server counts for the whole programme, of these pilots. */
export function figuresOf(rows: readonly PilotRow[]): PilotFigures {
  const pilots = rows.map(({ pilot }) => pilot);
  const sum = (of: (pilot: ListedPilot) => number) => pilots.reduce((all, pilot) => all + of(pilot), 0);
  return {
    pilots: pilots.length,
    atRisk: sum(({ atRisk }) => Number(atRisk)),
    onHold: sum(({ status }) => Number(status === "on_hold")),
    openTasks: sum(({ openTasks }) => openTasks),
    overdueTasks: sum(({ overdueTasks }) => overdueTasks),
  };
}

/** Whether a search wants a row. */
export function isWanted({ pilot, place, words, isOverdue }: PilotRow, search: PilotSearch): boolean {
  const { q, stage, status, country, market, company, advisor, attention } = search;
  if (place === "ended" && search.ended !== true && stage !== "ended") return false;
  if (stage !== undefined && place !== stage) return false;
  if (status !== undefined && pilot.status !== status && pilot.stageStatus !== status) return false;
  if (country !== undefined && pilot.country !== country) return false;
  if (market !== undefined && pilot.market !== market) return false;
  if (company !== undefined && pilot.organisation.id !== company) return false;
  if (advisor !== undefined && !pilot.advisors.some(({ id }) => id === advisor)) return false;
  if (attention === "risk" && !pilot.atRisk) return false;
  if (attention === "overdue" && !isOverdue) return false;
  if (attention === "hours" && pilot.openHours === 0) return false;
  if (attention === "disputed" && pilot.disputedHours === 0) return false;
  if (attention === "hold" && pilot.status !== "on_hold") return false;
  if (q === undefined) return true;
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

/** By a column; rows without a value there come last either way, equal ones in order of title. */
export function sorted(
  rows: readonly PilotRow[],
  column: Column,
  isDescending: boolean,
  inOrder: RowWords["inOrder"],
): PilotRow[] {
  const orderOf = ({ cells }: PilotRow) => {
    const cell = cells[column];
    const order = "order" in cell ? cell.order : cell.text;
    return order === "" ? undefined : order;
  };
  const compare = (a: string | number, b: string | number) =>
    typeof a === "number" && typeof b === "number" ? a - b : inOrder(String(a), String(b));
  return rows.toSorted((a, b) => {
    const [x, y] = [orderOf(a), orderOf(b)];
    if (x === undefined || y === undefined) {
      if (x !== y) return x === undefined ? 1 : -1;
    } else {
      const difference = compare(x, y);
      if (difference !== 0) return isDescending ? -difference : difference;
    }
    return inOrder(a.pilot.title, b.pilot.title);
  });
}

interface RowGroup {
  readonly name: string;
  readonly rows: readonly PilotRow[];
}

/** Rows of one text in a column together, in the column's order; inside a group they keep theirs. */
export function grouped(rows: readonly PilotRow[], column: Column, inOrder: RowWords["inOrder"]): RowGroup[] {
  const byText = Map.groupBy(rows, ({ cells }) => cells[column].text);
  const first = [...byText.values()].flatMap(([row]) => (row === undefined ? [] : [row]));
  return sorted(first, column, false, inOrder).map(({ cells }) => {
    const name = cells[column].text;
    return { name, rows: byText.get(name) ?? [] };
  });
}

/** What the address of the list of executions says. */
export const stateMachines = ["stage-run", "deadlines"] as const;
export const executionStatuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const;

export interface StatesSearch {
  readonly machine?: (typeof stateMachines)[number];
  readonly status?: (typeof executionStatuses)[number];
  /** Its id. */
  readonly pilot?: string;
  /** Words of a pilot, a company or a name. */
  readonly q?: string;
}

export function statesSearch(search: Record<string, unknown>): StatesSearch {
  const machine = stateMachines.find((each) => each === search.machine);
  const status = executionStatuses.find((each) => each === search.status);
  const pilot = textOf(search.pilot);
  const q = textOf(search.q);
  return {
    ...(machine === undefined ? {} : { machine }),
    ...(status === undefined ? {} : { status }),
    ...(pilot === "" ? {} : { pilot }),
    ...(q === "" ? {} : { q }),
  };
}

/** Digits in an address are read as a number. */
const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value).trim().slice(0, 100) : "";

/** What the address of the list of executions says. */
export const stateMachines = ["stage-run", "deadlines"] as const;
export const executionStatuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const;

export interface StatesSearch {
  readonly machine?: (typeof stateMachines)[number];
  readonly status?: (typeof executionStatuses)[number];
}

export function statesSearch(search: Record<string, unknown>): StatesSearch {
  const machine = stateMachines.find((each) => each === search.machine);
  const status = executionStatuses.find((each) => each === search.status);
  return { ...(machine === undefined ? {} : { machine }), ...(status === undefined ? {} : { status }) };
}

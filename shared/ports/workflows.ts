/**
 * What `relay` needs of Step Functions (I3: nobody else uses this port).
 * Adapters: `functions/adapters/step-functions.ts` (AWS SDK) and `local/states` (the embedded engine).
 */
export interface Workflows {
  /** Starts an execution; a repeat with the same name and input changes nothing, also after it has ended. */
  start(stateMachine: StateMachineName, name: string, input: Readonly<Record<string, unknown>>): Promise<void>;
  /** Answers a waiting task; a token that is unknown, answered or timed out is no error. */
  succeed(taskToken: string, output: Readonly<Record<string, unknown>>): Promise<void>;
  /** Stops an execution by name; one that has ended or never was is no error. */
  stop(stateMachine: StateMachineName, name: string, error: string, cause: string): Promise<void>;
}

export type StateMachineName = "stage-run" | "deadlines";

export interface ExecutionEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** ISO 8601 UTC instant. */
  readonly at: string;
  /** Step Functions' own type, e.g. "TaskStateEntered". */
  readonly type: string;
  /** Name of the state, for events that enter or leave one. */
  readonly state?: string;
}

/** Reading what an execution did; it decides nothing, so it is not relay's alone. */
export interface ExecutionHistory {
  /** `undefined`: no such execution, or its history is no longer kept. Oldest event first. */
  read(
    stateMachine: StateMachineName,
    name: string,
  ): Promise<{ readonly status: string; readonly events: readonly ExecutionEvent[] } | undefined>;
}

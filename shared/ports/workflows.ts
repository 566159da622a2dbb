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

/**
 * Which version of a state machine executions run: for whoever changes it. A version is Step Functions' own on AWS, and
 * embedded a short hash of the definition.
 */
export interface ExecutionVersions {
  /** What an execution runs that is started now; two of them while a deployment moves from one to the other. */
  live(stateMachine: StateMachineName): Promise<readonly string[]>;
  /** `undefined`: it never was, or is no longer kept. Its version is undefined when it was started by no version. */
  find(stateMachine: StateMachineName, name: string): Promise<VersionedExecution | undefined>;
}

export interface VersionedExecution {
  readonly status: ExecutionStatus;
  readonly version: string | undefined;
  /** ISO 8601 UTC instant. */
  readonly startedAt: string;
}

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** An execution as an operator sees it. */
export interface EngineExecution {
  readonly stateMachine: StateMachineName;
  readonly name: string;
  readonly status: ExecutionStatus;
  /** ISO 8601 UTC instants. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** JSON text. */
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
}

export interface EngineEvent extends ExecutionEvent {
  /** As GetExecutionHistory shows them. */
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * The embedded Step Functions for those who run it, as the console is on AWS. Beside relay's port (I3): an operator's hand,
 * not a way for the application to steer executions.
 */
export interface EngineRoom {
  /** Newest first, a page at a time. */
  list(query: {
    readonly stateMachine: StateMachineName;
    readonly status?: ExecutionStatus | undefined;
    readonly cursor?: string | undefined;
  }): Promise<{ readonly executions: readonly EngineExecution[]; readonly cursor?: string }>;
  /** Undefined: no such execution, or it is no longer kept. */
  describe(
    stateMachine: StateMachineName,
    name: string,
  ): Promise<
    | (EngineExecution & { readonly isRedrivable: boolean; readonly definition: Readonly<Record<string, unknown>> })
    | undefined
  >;
  history(
    stateMachine: StateMachineName,
    name: string,
    query: { readonly cursor?: string | undefined; readonly order: "newestFirst" | "oldestFirst" },
  ): Promise<{ readonly events: readonly EngineEvent[]; readonly cursor?: string }>;
  /** Ends it as ABORTED; one that has ended stays as it is. */
  stop(stateMachine: StateMachineName, name: string, cause: string): Promise<void>;
  /** @throws Error named ExecutionNotRedrivable */
  redrive(stateMachine: StateMachineName, name: string): Promise<void>;
}

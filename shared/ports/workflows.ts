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

/** What a definition is compiled to: only what the states can do, with every expression ready to be evaluated. */
import type { Template } from "./expression.ts";
import type { Integration } from "./integrations.ts";

/** A compiled state machine. State names are unique over all scopes. */
export interface Machine {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
  readonly timeoutSeconds: number | undefined;
}

export type State =
  | TaskState
  | ChoiceState
  | MapState
  | ParallelState
  | WaitState
  | PassState
  | SucceedState
  | FailState;

/** What a state, a choice rule or a catcher leaves behind. */
export interface Leaving {
  readonly assign: readonly (readonly [string, Template])[];
  readonly output: Template | undefined;
  /** The next state, or null at the end of the scope. */
  readonly next: string | null;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly fullJitter: boolean;
}

export interface Catcher extends Leaving {
  readonly errorEquals: readonly string[];
}

export interface Recovering {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface TaskState extends Leaving, Recovering {
  readonly type: "Task";
  readonly name: string;
  readonly integration: Integration;
  /** Without them the state's input is passed on. */
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: Template | undefined;
  readonly heartbeatSeconds: Template | undefined;
  /** Credentials: recorded, as there is nobody here to ask for them. */
  readonly roleArn: Template | undefined;
}

export interface ChoiceRule extends Leaving {
  readonly condition: Template;
}

export interface ChoiceState extends Leaving {
  readonly type: "Choice";
  readonly name: string;
  readonly choices: readonly ChoiceRule[];
  /** Whether `next` is a Default; without one a state that no rule matches fails. */
  readonly hasDefault: boolean;
}

export interface MapState extends Leaving, Recovering {
  readonly type: "Map";
  readonly name: string;
  readonly items: Template | undefined;
  readonly itemSelector: Template | undefined;
  readonly maxConcurrency: Template | undefined;
  /** Checked like Step Functions does, and without effect in an inline Map. */
  readonly tolerated: { readonly count: Template | undefined; readonly percentage: Template | undefined };
  readonly startAt: string;
}

export interface ParallelState extends Leaving, Recovering {
  readonly type: "Parallel";
  readonly name: string;
  readonly arguments: Template | undefined;
  /** The first state of each branch. */
  readonly branches: readonly string[];
}

export interface WaitState extends Leaving {
  readonly type: "Wait";
  readonly name: string;
  readonly seconds: Template | undefined;
  readonly timestamp: Template | undefined;
}

export interface PassState extends Leaving {
  readonly type: "Pass";
  readonly name: string;
}

export interface SucceedState extends Leaving {
  readonly type: "Succeed";
  readonly name: string;
}

export interface FailState {
  readonly type: "Fail";
  readonly name: string;
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

/**
 * Step Functions in this process: executions that survive it.
 *
 * 1. Nothing is acknowledged and no function is called before the transition that says so is on disk.
 * 2. An execution meets its happenings in one order, which is the order of its journal.
 * 3. Expressions run one at a time in the whole process, so that one's time limit does not count another's work.
 * 4. A function may be called again for the same task after a crash; its result is recorded once.
 */
import type { Place } from "./arns.ts";
import type { Invocation } from "./asl/execution.ts";
import { createCaller, type Invoke, type Services } from "./calls.ts";
import {
  createDescriptions,
  type ExecutionDescription,
  type ExecutionSummary,
  type HistoryEntry,
  type HistoryQuery,
  type ListQuery,
} from "./descriptions.ts";
import { ExecutionNotRedrivable, NotRecorded } from "./errors.ts";
import { createIdentities } from "./identities.ts";
import { createIdleness } from "./idle.ts";
import { openJournal } from "./journal.ts";
import { createNested, nestedStart } from "./nested.ts";
import { notRedrivable } from "./redrive.ts";
import { DEFAULT_RETENTION_MS, startRetention } from "./retention.ts";
import { type Clock, createRunning } from "./running.ts";
import { createStarts, type StartRequest } from "./starts.ts";
import { createStateMachines, type StateMachines } from "./state-machines.ts";
import { createTaskTokens } from "./task-tokens.ts";

export type { HistoryEntry } from "./descriptions.ts";

export interface StatesOptions {
  /** The journal's SQLite file; ":memory:" forgets everything on close. */
  readonly file: string;
  readonly clock: Clock;
  /**
   * Calls a function. The result must be a JSON value (undefined counts as null). A thrown error fails the task with
   * the error's name, which Retry and Catch match. May be called again for the same task after a crash.
   */
  readonly invoke: Invoke;
  readonly services?: Services;
  /** The region and account in ARNs; "local" and zeros unless told otherwise. */
  readonly place?: Place;
  /** How long an execution is kept after its end, by `clock`; 90 days as on AWS unless told otherwise. */
  readonly retentionMs?: number;
}

export interface States {
  /** Everything about state machines as such. */
  readonly machines: StateMachines;
  readonly place: Place;
  /**
   * Creates the machine, or gives it a new definition for executions that start from now on.
   * @throws InvalidDefinition naming what is wrong or not supported, and where. @throws InvalidName
   */
  createStateMachine(machine: {
    name: string;
    definition: unknown;
  }): Promise<{ stateMachineArn: string; creationDate: Date }>;
  /**
   * Starts an execution; again with the same name and input it answers with the one there is, even when that has ended
   * unless `ifEnded` says "refuse", which is what Step Functions does.
   * @throws ExecutionAlreadyExists when the name was used with another input. @throws StateMachineDoesNotExist
   */
  startExecution(execution: StartRequest): Promise<{ executionArn: string; startDate: Date }>;
  /** @throws InvalidToken @throws TaskDoesNotExist @throws TaskTimedOut when the task is over @throws InvalidOutput */
  sendTaskSuccess(
    result: { taskToken: string; output: unknown } | { taskToken: string; outputText: string },
  ): Promise<void>;
  /** @throws InvalidToken @throws TaskDoesNotExist @throws TaskTimedOut when the task is over */
  sendTaskFailure(result: { taskToken: string; error?: string | undefined; cause?: string | undefined }): Promise<void>;
  /** @throws InvalidToken @throws TaskDoesNotExist @throws TaskTimedOut when the task is over */
  sendTaskHeartbeat(task: { taskToken: string }): Promise<void>;
  /** Ends the execution as ABORTED; one that has ended stays as it is. @throws ExecutionDoesNotExist */
  stopExecution(execution: {
    executionArn: string;
    error?: string | undefined;
    cause?: string | undefined;
  }): Promise<{ stopDate: Date }>;
  /** Goes on where an execution that did not succeed had failed. @throws ExecutionNotRedrivable @throws ExecutionDoesNotExist */
  redriveExecution(execution: { executionArn: string }): Promise<{ redriveDate: Date }>;
  /** The revision an execution runs. @throws ExecutionDoesNotExist */
  revisionOfExecution(executionArn: string): { machine: string; revisionId: number };
  /** @throws ExecutionDoesNotExist */
  describeExecution(execution: { executionArn: string }): Promise<ExecutionDescription>;
  /** Newest first, 100 a page unless `maxResults` (1 to 1000) says otherwise. @throws StateMachineDoesNotExist */
  listExecutions(query: ListQuery): Promise<{ executions: ExecutionSummary[]; nextToken?: string }>;
  /** Oldest first unless `reverseOrder`, 100 a page unless `maxResults` (1 to 1000). @throws ExecutionDoesNotExist */
  getExecutionHistory(query: HistoryQuery): Promise<{ events: HistoryEntry[]; nextToken?: string }>;
  /** Resolves when nothing is under way: every execution has ended or waits for a timer or a token. */
  whenIdle(): Promise<void>;
  /** Stops work, keeps everything. Functions under way are called again on the next open. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const HERE: Place = { region: "local", account: "000000000000" };

/**
 * Opens the journal and resumes every running execution.
 * @throws StatesInUse when another process has the file open. @throws StatesFileTooNew
 */
export function openStates(options: StatesOptions): States {
  const { file, clock, place = HERE, retentionMs = DEFAULT_RETENTION_MS } = options;
  const journal = openJournal(file);
  const retention = startRetention({ journal, clock, retentionMs });
  const machines = createStateMachines({ journal, place, now: () => clock.now() });
  const identities = createIdentities({ place, machines });
  const descriptions = createDescriptions({ journal, machines, place, clock });
  const idleness = createIdleness<Invocation>();
  const nested = createNested({
    deliverIfEnded({ parent, threadId, scheduledId, childArn }) {
      const record = descriptions.recordIfAny(childArn);
      if (record === undefined || record.status === "RUNNING") return;
      const happening = {
        type: "childEnded",
        threadId,
        scheduledId,
        description: descriptions.nested(record),
      } as const;
      running.tell(parent.identity.id, happening)?.catch(() => {});
    },
    stop(executionArn) {
      if (!isClosed) states.stopExecution({ executionArn }).catch(() => {});
    },
  });
  const callOf = createCaller({
    invoke: options.invoke,
    services: options.services ?? {},
    startExecution: nestedStart((request) => states.startExecution(request)),
  });
  const running = createRunning({
    journal,
    machines,
    identities,
    clock,
    idleness,
    callOf,
    onTransition: nested.follow,
  });
  const starts = createStarts({ journal, machines, identities, running, place, clock });
  const { recordOf } = descriptions;
  let isClosed = false;

  const states: States = {
    machines,
    place,

    createStateMachine: async ({ name, definition }) => machines.put(name, definition),

    startExecution: starts.startExecution,

    ...createTaskTokens({ journal, tell: running.tell }),

    async stopExecution({ executionArn, error = null, cause = null }) {
      await starts.settled(executionArn);
      await running.tell(recordOf(executionArn).id, { type: "stop", error, cause });
      const { status, stoppedAtMs } = recordOf(executionArn);
      if (status === "RUNNING") throw new NotRecorded("an earlier write failed; try again");
      return { stopDate: new Date(stoppedAtMs ?? clock.now()) };
    },

    async redriveExecution({ executionArn }) {
      const record = recordOf(executionArn);
      const reason = notRedrivable(journal, record, clock.now().getTime());
      if (reason !== null || running.has(record.id)) {
        throw new ExecutionNotRedrivable(reason ?? "Execution is RUNNING and cannot be redriven");
      }
      return { redriveDate: await running.redrive(record) };
    },

    revisionOfExecution: recordOf,
    describeExecution: async ({ executionArn }) => descriptions.describe(executionArn),
    listExecutions: async (query) => descriptions.list(query),
    getExecutionHistory: async (query) => descriptions.history(query),

    whenIdle: idleness.whenIdle,

    async close() {
      if (isClosed) return;
      isClosed = true;
      retention.stop();
      running.close();
      journal.close();
    },

    [Symbol.asyncDispose]: () => states.close(),
  };

  for (const record of journal.running()) running.resume(record);
  return states;
}

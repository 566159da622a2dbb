/**
 * Step Functions in this process: executions that survive it. The interpreter decides, the journal remembers, this file
 * carries out: it feeds each execution what happens to it, one thing at a time, and acts on the answers.
 *
 * 1. Nothing is acknowledged and no function is called before the transition that says so is on disk.
 * 2. An execution meets its happenings in one order, which is the order of its journal.
 * 3. Expressions run one at a time in the whole process, so that one's time limit does not count another's work.
 * 4. A function may be called again for the same task after a crash; its result is recorded once.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { type Advance, advance, type Happening } from "./asl/advance.ts";
import { compileMachine, type Machine } from "./asl/definition.ts";
import {
  type Execution,
  type ExecutionStatus,
  evolve,
  type Invocation,
  invocationOf,
  newExecution,
  nextDueMs,
  threadOfToken,
} from "./asl/execution.ts";
import { detailsKey, type HistoryEventType } from "./asl/history.ts";
import type { Json } from "./asl/json.ts";
import type { InvocationResult } from "./asl/task.ts";
import { executionOfToken } from "./asl/token.ts";
import { LARGEST_PAYLOAD_BYTES } from "./asl/transition.ts";
import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidExecutionInput,
  InvalidName,
  InvalidOutput,
  InvalidPageToken,
  InvalidToken,
  NotRecorded,
  StateMachineDoesNotExist,
  TaskDoesNotExist,
  TaskTimedOut,
} from "./errors.ts";
import { type ExecutionRecord, openJournal, type Revision } from "./journal.ts";
import { DEFAULT_RETENTION_MS, startRetention } from "./retention.ts";

export interface StatesOptions {
  /** The journal's SQLite file; ":memory:" forgets everything on close. */
  readonly file: string;
  readonly clock: {
    now(): Date;
    /** What `fire` returns settles when everything it set off has come to rest. */
    at(instant: Date, fire: () => unknown): () => void;
  };
  /**
   * Calls a function. The result must be a JSON value (undefined counts as null). A thrown error fails the task with
   * the error's name, which Retry and Catch match. May be called again for the same task after a crash.
   */
  readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
  /** How long an execution is kept after its end, by `clock`; 90 days as on AWS unless told otherwise. */
  readonly retentionMs?: number;
}

/** An execution as DescribeExecution shows it. */
interface ExecutionDescription {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: Date;
  readonly stopDate?: Date;
  readonly input: Json;
  /** Only of an execution that succeeded. */
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

/** A history event as GetExecutionHistory shows it: details are under the key of its type, JSON inside them is text. */
export interface HistoryEntry {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: HistoryEventType;
  readonly timestamp: Date;
  readonly [details: `${string}EventDetails`]: Readonly<Record<string, Json>>;
}

export interface States {
  /**
   * Creates the machine, or gives it a new definition for executions that start from now on.
   * @throws InvalidDefinition naming what is wrong or not supported, and where. @throws InvalidName
   */
  createStateMachine(machine: {
    name: string;
    definition: unknown;
  }): Promise<{ stateMachineArn: string; creationDate: Date }>;
  /**
   * Starts an execution; again with the same name and input it answers with the one there is, even when that has ended.
   * @throws ExecutionAlreadyExists when the name was used with another input. @throws StateMachineDoesNotExist
   */
  startExecution(execution: {
    stateMachine: string;
    name?: string;
    input?: unknown;
  }): Promise<{ executionArn: string; startDate: Date }>;
  /** @throws InvalidToken @throws TaskDoesNotExist @throws TaskTimedOut when the task is over @throws InvalidOutput */
  sendTaskSuccess(result: { taskToken: string; output: unknown }): Promise<void>;
  /** @throws InvalidToken @throws TaskDoesNotExist @throws TaskTimedOut when the task is over */
  sendTaskFailure(result: { taskToken: string; error?: string; cause?: string }): Promise<void>;
  /** @throws InvalidToken @throws TaskDoesNotExist @throws TaskTimedOut when the task is over */
  sendTaskHeartbeat(task: { taskToken: string }): Promise<void>;
  /** Ends the execution as ABORTED; one that has ended stays as it is. @throws ExecutionDoesNotExist */
  stopExecution(execution: { executionArn: string; error?: string; cause?: string }): Promise<{ stopDate: Date }>;
  /** @throws ExecutionDoesNotExist */
  describeExecution(execution: { executionArn: string }): Promise<ExecutionDescription>;
  /** Newest first, 100 a page unless `maxResults` (1 to 1000) says otherwise. @throws StateMachineDoesNotExist */
  listExecutions(query: {
    stateMachine: string;
    statusFilter?: ExecutionStatus;
    maxResults?: number;
    nextToken?: string;
  }): Promise<{ executions: ExecutionDescription[]; nextToken?: string }>;
  /** Oldest first unless `reverseOrder`, 100 a page unless `maxResults` (1 to 1000). @throws ExecutionDoesNotExist */
  getExecutionHistory(query: {
    executionArn: string;
    reverseOrder?: boolean;
    maxResults?: number;
    nextToken?: string;
  }): Promise<{ events: HistoryEntry[]; nextToken?: string }>;
  /** Resolves when nothing is under way: every execution has ended or waits for a timer or a token. */
  whenIdle(): Promise<void>;
  /** Stops work, keeps everything. Functions under way are called again on the next open. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const REGION = "local";
const ACCOUNT = "000000000000";
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/states`;

/** How long moving the clock waits, in real time, for functions that a timer has set off. */
const LONGEST_SETTLING_MS = 1000;

/** How long to leave a disk alone that has refused a write. */
const JOURNAL_RETRY_MS = 1000;

/** An execution that is running, with what awaits it. */
interface Live {
  readonly machine: Machine;
  readonly execution: Execution;
  readonly inbox: Message[];
  /** The beginning, until it is part of the first append. */
  begins: Pick<ExecutionRecord, "machine" | "name" | "revisionId" | "input" | "startedAtMs"> | undefined;
  isQueued: boolean;
  /** Its state in memory is not (or no longer) the journal's: nothing may be added to it. */
  isAbandoned: boolean;
  timerDueMs: number;
  cancelTimer: () => void;
}

interface Message {
  readonly happening: Happening;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Opens the journal and resumes every running execution.
 * @throws StatesInUse when another process has the file open. @throws StatesFileTooNew
 */
export function openStates({ file, clock, invoke, retentionMs = DEFAULT_RETENTION_MS }: StatesOptions): States {
  const journal = openJournal(file);
  const retention = startRetention({ journal, clock, retentionMs });
  /** What the randomness of every transition follows from, with the transition's number. */
  const secret = randomBytes(32).toString("base64");
  let transitions = 0;
  const machines = new Map<number, Machine>();
  const live = new Map<number, Live>();
  /** Executions whose first append is under way, by ARN. */
  const starting = new Map<string, { input: string; started: Promise<void>; startDate: Date }>();
  const queue: Live[] = [];
  const calls = new Set<Invocation>();
  let isWorking = false;
  let isClosed = false;
  /** Messages not yet processed and appends not yet on disk. */
  let unsettled = 0;
  let idleWaiters: { readonly except: ReadonlySet<Invocation>; readonly resolve: () => void }[] = [];

  // --- one happening after the other --------------------------------------------------------------------------------

  function tell(target: Live, happening: Happening): Promise<void> {
    return new Promise((resolve, reject) => {
      unsettled += 1;
      target.inbox.push({ happening, resolve, reject });
      if (!target.isQueued) {
        target.isQueued = true;
        queue.push(target);
      }
      void work();
    });
  }

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const message = next.inbox.shift();
      if (message !== undefined) await process(next, message);
      next.isQueued = next.inbox.length > 0;
      if (next.isQueued) queue.push(next);
      settle();
    }
    isWorking = false;
  }

  async function process(target: Live, { happening, resolve, reject }: Message): Promise<void> {
    const { execution } = target;
    const refusal = refusalOf(target, happening);
    const nowMs = clock.now().getTime();
    const step = refusal === null ? await transitionOf(target, happening, nowMs) : null;
    if (refusal !== null || step === null || isClosed || target.isAbandoned) {
      unsettled -= 1;
      if (refusal !== null) reject(refusal);
      else if (step !== null) reject(new NotRecorded(isClosed ? "the journal is closed" : "an earlier write failed"));
      else resolve();
      return;
    }
    evolve(execution, step.changes);
    const { begins } = target;
    target.begins = undefined;
    const executionId = execution.identity.id;
    const entry = { executionId, atMs: nowMs, events: step.events, changes: step.changes };
    journal.append(begins === undefined ? entry : { ...entry, begins }).then(
      () => {
        unsettled -= 1;
        if (execution.outcome !== null) forget(target);
        else if (!target.isAbandoned && !isClosed) {
          for (const invocation of step.invocations) call(target, invocation);
          setTimer(target);
        }
        resolve();
        settle();
      },
      (error: unknown) => {
        unsettled -= 1;
        reject(error);
        reload(target);
        settle();
      },
    );
  }

  async function transitionOf(target: Live, happening: Happening, nowMs: number): Promise<Advance | null> {
    transitions += 1;
    const moment = { nowMs, seed: `${secret}.${transitions}` };
    try {
      return await advance(target.machine, target.execution, happening, moment);
    } catch (error) {
      const cause = `The interpreter failed: ${error instanceof Error ? error.message : String(error)}`;
      return advance(target.machine, target.execution, { type: "break", cause }, moment);
    }
  }

  function refusalOf({ execution }: Live, happening: Happening): Error | null {
    if (!("token" in happening)) return null;
    return threadOfToken(execution, happening.token) === undefined ? overOrUnknown(execution, happening.token) : null;
  }

  function overOrUnknown({ identity }: Pick<Execution, "identity">, token: string): Error {
    return journal.mentions(identity.id, token) ? new TaskTimedOut() : new TaskDoesNotExist();
  }

  // --- acting on a transition ---------------------------------------------------------------------------------------

  function call(target: Live, invocation: Invocation): void {
    calls.add(invocation);
    void resultOf(invocation).then((result) => {
      calls.delete(invocation);
      const { threadId, scheduledId } = invocation;
      // A refused append reloads the execution, which makes the call again.
      if (!isClosed) tell(target, { type: "invoked", threadId, scheduledId, result }).catch(() => {});
      settle();
    });
  }

  async function resultOf({ functionName, payload }: Invocation): Promise<InvocationResult> {
    try {
      // The function gets a copy, and we keep one: what either side does to its own is its own affair.
      const result = await invoke(functionName, structuredClone(payload));
      const reply = asJson(result ?? null);
      if (reply === undefined) throw new TypeError(`${functionName} returned something JSON cannot carry`);
      return { ok: true, payload: reply };
    } catch (error) {
      return { ok: false, ...failureOf(error) };
    }
  }

  function setTimer(target: Live): void {
    const dueMs = nextDueMs(target.execution);
    if (dueMs === target.timerDueMs) return;
    target.cancelTimer();
    target.timerDueMs = dueMs;
    if (dueMs === Number.POSITIVE_INFINITY) return;
    target.cancelTimer = clock.at(new Date(dueMs), () => {
      target.timerDueMs = Number.POSITIVE_INFINITY;
      const settled = idleBut(new Set(calls));
      tell(target, { type: "tick" }).catch(() => {});
      return settled;
    });
  }

  function forget(target: Live): void {
    target.cancelTimer();
    if (live.get(target.execution.identity.id) === target) live.delete(target.execution.identity.id);
  }

  /** After a write that failed, memory is ahead of the disk: start over from what is on it. */
  function reload(target: Live): void {
    if (target.isAbandoned) return;
    target.isAbandoned = true;
    forget(target);
    const { id } = target.execution.identity;
    const resumeLater = () => {
      const record = isClosed ? undefined : journal.executionById(id);
      if (record?.status === "RUNNING" && !live.has(id)) resume(record);
    };
    setTimeout(resumeLater, JOURNAL_RETRY_MS).unref();
  }

  function resume(record: ExecutionRecord): void {
    const target = newLive(record.revisionId, identityOf(record));
    for (const changes of journal.changes(record.id)) evolve(target.execution, changes);
    live.set(record.id, target);
    for (const thread of target.execution.threads.values()) {
      const invocation = invocationOf(thread);
      if (invocation !== null) call(target, invocation);
    }
    setTimer(target);
  }

  function newLive(revisionId: number, identity: Execution["identity"]): Live {
    return {
      machine: machineOf(revisionId),
      execution: newExecution(identity),
      inbox: [],
      begins: undefined,
      isQueued: false,
      isAbandoned: false,
      timerDueMs: Number.POSITIVE_INFINITY,
      cancelTimer: () => {},
    };
  }

  function machineOf(revisionId: number): Machine {
    const known = machines.get(revisionId);
    if (known !== undefined) return known;
    const revision = journal.revision(revisionId);
    if (revision === undefined) throw new Error(`The journal has no definition ${revisionId}`);
    const machine = compileMachine(JSON.parse(revision.definition));
    machines.set(revisionId, machine);
    return machine;
  }

  // --- coming to rest -----------------------------------------------------------------------------------------------

  function isIdleBut(except: ReadonlySet<Invocation>): boolean {
    return unsettled === 0 && (calls.size === 0 || calls.isSubsetOf(except));
  }

  function settle(): void {
    if (unsettled > 0 || idleWaiters.length === 0) return;
    const waiters = idleWaiters;
    idleWaiters = waiters.filter(({ except }) => !isIdleBut(except));
    for (const { except, resolve } of waiters) if (isIdleBut(except)) resolve();
  }

  /** Idle but for the calls given, or given up waiting. */
  function idleBut(except: ReadonlySet<Invocation>): Promise<void> {
    return new Promise((resolve) => {
      const timeout = setTimeout(resolve, LONGEST_SETTLING_MS);
      timeout.unref();
      idleWaiters.push({
        except,
        resolve() {
          clearTimeout(timeout);
          resolve();
        },
      });
    });
  }

  // --- finding things -----------------------------------------------------------------------------------------------

  function recordOf(executionArn: string): ExecutionRecord {
    const [machine, name] = namesIn(executionArn);
    const record = journal.execution(machine, name);
    if (record === undefined) throw new ExecutionDoesNotExist(executionArn);
    return record;
  }

  function revisionOf(machine: string): Revision {
    const revision = journal.latestRevision(machine);
    if (revision === undefined) throw new StateMachineDoesNotExist(stateMachineArn(machine));
    return revision;
  }

  async function tellHolder(taskToken: string, happening: Happening): Promise<void> {
    const id = executionOfToken(taskToken);
    if (id === undefined) throw new InvalidToken();
    const target = live.get(id);
    if (target !== undefined) return tell(target, happening);
    const record = journal.executionById(id);
    if (record === undefined) throw new TaskDoesNotExist();
    if (record.status === "RUNNING") throw new NotRecorded("an earlier write failed and is made good in a moment");
    throw overOrUnknown({ identity: identityOf(record) }, taskToken);
  }

  function begin(revision: Revision, name: string, input: Json, inputText: string, startedAtMs: number): Promise<void> {
    const id = journal.newExecutionId();
    const target = newLive(revision.id, {
      id,
      ...arnsOf(revision.machine, name),
      input,
      startedAtMs,
    });
    target.begins = { machine: revision.machine, name, revisionId: revision.id, input: inputText, startedAtMs };
    live.set(id, target);
    return tell(target, { type: "start" });
  }

  const states: States = {
    async createStateMachine({ name, definition }) {
      checkName(name);
      const text = JSON.stringify(definition) ?? "null";
      const latest = journal.latestRevision(name);
      if (latest?.definition === text) {
        return { stateMachineArn: stateMachineArn(name), creationDate: new Date(latest.createdAtMs) };
      }
      const machine = compileMachine(JSON.parse(text));
      const revision = journal.addRevision(name, text, clock.now().getTime());
      machines.set(revision.id, machine);
      return { stateMachineArn: stateMachineArn(name), creationDate: new Date(revision.createdAtMs) };
    },

    async startExecution({ stateMachine, name = randomUUID(), input: given = {} }) {
      checkName(name);
      const revision = revisionOf(stateMachine);
      const input = asJson(given);
      if (input === undefined) throw new InvalidExecutionInput("Invalid execution input.");
      const text = JSON.stringify(input);
      if (Buffer.byteLength(text) > LARGEST_PAYLOAD_BYTES) throw new InvalidExecutionInput("Input is too long.");
      const { executionArn } = arnsOf(stateMachine, name);

      const recorded = journal.execution(stateMachine, name);
      const underWay = starting.get(executionArn);
      const earlierInput = recorded?.input ?? underWay?.input;
      if (earlierInput !== undefined && earlierInput !== text) throw new ExecutionAlreadyExists(executionArn);
      if (recorded !== undefined) return { executionArn, startDate: new Date(recorded.startedAtMs) };
      if (underWay !== undefined) {
        await underWay.started;
        return { executionArn, startDate: underWay.startDate };
      }
      const startDate = clock.now();
      const started = begin(revision, name, input, text, startDate.getTime());
      starting.set(executionArn, { input: text, started, startDate });
      try {
        await started;
      } finally {
        starting.delete(executionArn);
      }
      return { executionArn, startDate };
    },

    async sendTaskSuccess({ taskToken, output: given }) {
      const output = asJson(given);
      if (output === undefined) throw new InvalidOutput("The output is not a JSON value");
      if (Buffer.byteLength(JSON.stringify(output)) > LARGEST_PAYLOAD_BYTES) {
        throw new InvalidOutput(`The output is larger than ${LARGEST_PAYLOAD_BYTES} bytes`);
      }
      await tellHolder(taskToken, { type: "tokenSucceeded", token: taskToken, output });
    },

    async sendTaskFailure({ taskToken, error = null, cause = null }) {
      await tellHolder(taskToken, { type: "tokenFailed", token: taskToken, error, cause });
    },

    async sendTaskHeartbeat({ taskToken }) {
      await tellHolder(taskToken, { type: "heartbeat", token: taskToken });
    },

    async stopExecution({ executionArn, error = null, cause = null }) {
      await starting.get(executionArn)?.started;
      const { id } = recordOf(executionArn);
      const target = live.get(id);
      if (target !== undefined) await tell(target, { type: "stop", error, cause });
      if (recordOf(executionArn).status === "RUNNING") throw new NotRecorded("an earlier write failed; try again");
      return { stopDate: new Date(recordOf(executionArn).stoppedAtMs ?? clock.now()) };
    },

    async describeExecution({ executionArn }) {
      return descriptionOf(recordOf(executionArn));
    },

    async listExecutions({ stateMachine, statusFilter, maxResults, nextToken }) {
      revisionOf(stateMachine);
      const limit = pageSize(maxResults);
      const beforeId = nextToken === undefined ? Number.MAX_SAFE_INTEGER : positionIn(nextToken);
      const records = journal.list({ machine: stateMachine, status: statusFilter, beforeId, limit: limit + 1 });
      const page = records.slice(0, limit);
      const last = page.at(-1);
      const hasMore = records.length > limit && last !== undefined;
      return { executions: page.map(descriptionOf), ...(hasMore && { nextToken: pageToken(last.id) }) };
    },

    async getExecutionHistory({ executionArn, reverseOrder = false, maxResults, nextToken }) {
      const { id } = recordOf(executionArn);
      const limit = pageSize(maxResults);
      const farEnd = reverseOrder ? Number.MAX_SAFE_INTEGER : 1;
      const from = nextToken === undefined ? farEnd : positionIn(nextToken);
      const events: HistoryEntry[] = [];
      for (const event of journal.events(id, from, reverseOrder ? "reverse" : "forward")) {
        if (events.length === limit) return { events, nextToken: pageToken(event.id) };
        const { id: eventId, previousEventId, type, details, atMs } = event;
        const timestamp = new Date(atMs);
        events.push({
          id: eventId,
          previousEventId,
          type,
          timestamp,
          ...(details !== undefined && { [detailsKey(type)]: details }),
        });
      }
      return { events };
    },

    whenIdle() {
      return new Promise((resolve) => {
        idleWaiters.push({ except: new Set(), resolve });
        settle();
      });
    },

    async close() {
      if (isClosed) return;
      isClosed = true;
      retention.stop();
      for (const target of live.values()) target.cancelTimer();
      journal.close();
    },

    [Symbol.asyncDispose]: () => states.close(),
  };

  for (const record of journal.running()) resume(record);
  return states;
}

// --- names and values at the edge -------------------------------------------------------------------------------------

function stateMachineArn(machine: string): string {
  return `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${machine}`;
}

function arnsOf(machine: string, name: string) {
  return {
    executionArn: `arn:aws:states:${REGION}:${ACCOUNT}:execution:${machine}:${name}`,
    name,
    stateMachineArn: stateMachineArn(machine),
    stateMachineName: machine,
    roleArn: ROLE_ARN,
    region: REGION,
  };
}

function identityOf(record: ExecutionRecord): Execution["identity"] {
  return {
    id: record.id,
    ...arnsOf(record.machine, record.name),
    input: JSON.parse(record.input) as Json,
    startedAtMs: record.startedAtMs,
  };
}

/** The machine and the name an execution's ARN ends with. */
function namesIn(executionArn: string): [machine: string, name: string] {
  const [machine, name] = executionArn.split(":").slice(6);
  return [machine ?? "", name ?? ""];
}

function descriptionOf(record: ExecutionRecord): ExecutionDescription {
  const { executionArn, stateMachineArn } = arnsOf(record.machine, record.name);
  return {
    executionArn,
    stateMachineArn,
    name: record.name,
    status: record.status,
    startDate: new Date(record.startedAtMs),
    ...(record.stoppedAtMs !== null && { stopDate: new Date(record.stoppedAtMs) }),
    input: JSON.parse(record.input) as Json,
    ...(record.output !== null && { output: JSON.parse(record.output) as Json }),
    ...(record.error !== null && { error: record.error }),
    ...(record.cause !== null && { cause: record.cause }),
  };
}

/** 1 to 80 characters without blanks, brackets, wildcards, controls and `"#%\^|~`$&,;:/`, as Step Functions has it. */
function checkName(name: string): void {
  if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name)) throw new InvalidName(name);
}

function pageSize(maxResults: number | undefined): number {
  return Math.min(Math.max(1, Math.trunc(maxResults ?? 100) || 100), 1000);
}

function pageToken(position: number): string {
  return Buffer.from(`page ${position}`).toString("base64url");
}

function positionIn(token: string): number {
  const [, position] = /^page (\d+)$/.exec(Buffer.from(token, "base64url").toString("latin1")) ?? [];
  if (position === undefined) throw new InvalidPageToken(token);
  return Number(position);
}

/** A copy as JSON would carry it; undefined when JSON cannot. */
function asJson(value: unknown): Json | undefined {
  try {
    const text = JSON.stringify(value);
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

const LONGEST_ERROR = 256;
const LONGEST_CAUSE = 32_768;

/** As the Lambda runtime for Node reports a thrown error. */
function failureOf(thrown: unknown): { error: string; cause: string } {
  const isError = thrown instanceof Error;
  const errorType = isError ? thrown.name : typeof thrown;
  const errorMessage = isError ? thrown.message : String(thrown);
  const trace = isError ? (thrown.stack ?? "").split("\n") : [];
  return {
    error: errorType.slice(0, LONGEST_ERROR),
    cause: JSON.stringify({ errorType, errorMessage, trace }).slice(0, LONGEST_CAUSE),
  };
}

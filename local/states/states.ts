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
import {
  executionArn as executionArnOf,
  type Place,
  parseExecutionArn,
  parseStateMachineArn,
  stateMachineArn,
} from "./arns.ts";
import { type Advance, advance, type Happening } from "./asl/advance.ts";
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
import { asJson, type Json, type JsonObject } from "./asl/json.ts";
import type { Machine } from "./asl/machine.ts";
import { executionOfToken } from "./asl/token.ts";
import { LARGEST_PAYLOAD_BYTES, LONGEST_HISTORY } from "./asl/transition.ts";
import { createCaller, type Invoke, type Services, TaskFailure } from "./calls.ts";
import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ExecutionNotRedrivable,
  InvalidExecutionInput,
  InvalidOutput,
  InvalidToken,
  NotRecorded,
  StateMachineDoesNotExist,
  TaskDoesNotExist,
  TaskTimedOut,
} from "./errors.ts";
import { type ExecutionRecord, openJournal } from "./journal.ts";
import { checkName } from "./names.ts";
import { createNested } from "./nested.ts";
import { numberIn, pageOf, pageSize, pageToken } from "./pages.ts";
import { DEFAULT_RETENTION_MS, startRetention } from "./retention.ts";
import { createStateMachines, type Startable, type StateMachines } from "./state-machines.ts";

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
  readonly invoke: Invoke;
  readonly services?: Services;
  /** The region and account in ARNs; "local" and zeros unless told otherwise. */
  readonly place?: Place;
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
  /** The input as the caller wrote it. */
  readonly inputText: string;
  /** Only of an execution that succeeded. */
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
  readonly redriveDate?: Date;
  readonly redriveStatus: "REDRIVABLE" | "NOT_REDRIVABLE";
  readonly redriveStatusReason?: string;
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
}

/** An execution as ListExecutions shows it. */
type ExecutionSummary = Omit<ExecutionDescription, "redriveStatus" | "redriveStatusReason">;

/** A history event as GetExecutionHistory shows it: details are under the key of its type, JSON inside them is text. */
export interface HistoryEntry {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: HistoryEventType;
  readonly timestamp: Date;
  readonly [details: `${string}EventDetails`]: Readonly<Record<string, Json>>;
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
  startExecution(execution: {
    stateMachine: string;
    /** A version or alias of the machine. */
    qualifier?: string | undefined;
    name?: string | undefined;
    input?: unknown;
    /** The input as JSON text, kept as it is in the history; instead of `input`. */
    inputText?: string | undefined;
    ifEnded?: "answer" | "refuse";
  }): Promise<{ executionArn: string; startDate: Date }>;
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
  listExecutions(query: {
    stateMachine: string;
    /** Only those started through this version or alias. */
    qualifier?: string | undefined;
    statusFilter?: ExecutionStatus | undefined;
    redriveFilter?: "REDRIVEN" | "NOT_REDRIVEN" | undefined;
    maxResults?: number | undefined;
    nextToken?: string | undefined;
  }): Promise<{ executions: ExecutionSummary[]; nextToken?: string }>;
  /** Oldest first unless `reverseOrder`, 100 a page unless `maxResults` (1 to 1000). @throws ExecutionDoesNotExist */
  getExecutionHistory(query: {
    executionArn: string;
    reverseOrder?: boolean | undefined;
    maxResults?: number | undefined;
    nextToken?: string | undefined;
  }): Promise<{ events: HistoryEntry[]; nextToken?: string }>;
  /** Resolves when nothing is under way: every execution has ended or waits for a timer or a token. */
  whenIdle(): Promise<void>;
  /** Stops work, keeps everything. Functions under way are called again on the next open. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const HERE: Place = { region: "local", account: "000000000000" };

/** How long after its end an execution can be redriven. */
const REDRIVABLE_MS = 14 * 86_400_000;

/** The longest an execution may take from its first start on: a redrive must begin within it. */
const LONGEST_EXECUTION_MS = 365 * 86_400_000;

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
  /** Settles when the last append is on disk, or refused. */
  recorded: Promise<void>;
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
export function openStates(options: StatesOptions): States {
  const { file, clock, place = HERE, retentionMs = DEFAULT_RETENTION_MS } = options;
  const journal = openJournal(file);
  const retention = startRetention({ journal, clock, retentionMs });
  /** What the randomness of every transition follows from, with the transition's number. */
  const secret = randomBytes(32).toString("base64");
  let transitions = 0;
  const machines = createStateMachines({ journal, place, now: () => clock.now() });
  const nested = createNested({
    deliverIfEnded({ parent, threadId, scheduledId, childArn }) {
      const record = journal.execution(...namesIn(childArn));
      const target = live.get(parent.identity.id);
      if (record === undefined || record.status === "RUNNING" || target === undefined) return;
      tell(target, { type: "childEnded", threadId, scheduledId, description: nestedDescription(record) }).catch(
        () => {},
      );
    },
    stop(executionArn) {
      if (!isClosed) states.stopExecution({ executionArn }).catch(() => {});
    },
  });
  const callOf = createCaller({ invoke: options.invoke, services: options.services ?? {}, startExecution: startChild });
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
      // What makes it needless may not be on disk yet.
      else target.recorded.then(resolve, reject);
      return;
    }
    evolve(execution, step.changes);
    const { begins } = target;
    target.begins = undefined;
    const executionId = execution.identity.id;
    const entry = {
      executionId,
      atMs: nowMs,
      events: step.events,
      changes: step.changes,
      ...(begins !== undefined && { begins }),
      ...(happening.type === "redrive" && execution.redrive !== null && { redriveCount: execution.redrive.count }),
    };
    target.recorded = journal.append(entry);
    target.recorded.then(
      () => {
        unsettled -= 1;
        nested.follow(
          execution,
          step.changes.threads.map(([, thread]) => thread),
        );
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
    void callOf(invocation).then((result) => {
      calls.delete(invocation);
      const { threadId, scheduledId } = invocation;
      // A refused append reloads the execution, which makes the call again.
      if (!isClosed) tell(target, { type: "invoked", threadId, scheduledId, result }).catch(() => {});
      settle();
    });
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
    nested.follow(target.execution, target.execution.threads.values());
    for (const thread of target.execution.threads.values()) {
      const invocation = invocationOf(thread);
      if (invocation !== null) call(target, invocation);
    }
    setTimer(target);
  }

  function newLive(revisionId: number, identity: Execution["identity"]): Live {
    return {
      machine: machines.programOf(revisionId),
      execution: newExecution(identity),
      inbox: [],
      begins: undefined,
      isQueued: false,
      isAbandoned: false,
      recorded: Promise.resolve(),
      timerDueMs: Number.POSITIVE_INFINITY,
      cancelTimer: () => {},
    };
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
    const record = journal.execution(...namesIn(executionArn));
    if (record === undefined) throw new ExecutionDoesNotExist(executionArn);
    return record;
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

  function begin(from: Startable, name: string, input: Json, inputText: string, startedAtMs: number): Promise<void> {
    const id = journal.newExecutionId();
    const { machine, revisionId } = from;
    const target = newLive(revisionId, { id, ...arnsOf(machine, name, revisionId), input, inputText, startedAtMs });
    target.begins = { machine, name, revisionId, input: inputText, startedAtMs };
    machines.rememberStart(id, from);
    live.set(id, target);
    return tell(target, { type: "start" });
  }

  /** For a Task: asked again after a crash it answers with the execution it had started. */
  async function startChild(args: JsonObject, ownName: string): Promise<Json> {
    const { StateMachineArn: arn, Name: name = ownName, Input: input = {} } = args;
    try {
      const startable = parseStateMachineArn(String(arn));
      const { executionArn, startDate } = await states.startExecution({
        stateMachine: startable.machine,
        qualifier: startable.qualifier,
        name: String(name),
        ...(typeof input === "string" ? { inputText: input } : { input }),
      });
      return { ExecutionArn: executionArn, StartDate: startDate.getTime() };
    } catch (error) {
      if (!(error instanceof Error) || error instanceof NotRecorded) throw error;
      const cause = `${error.message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${error.name}; Request ID: ${randomUUID()}; Proxy: null)`;
      throw new TaskFailure(`StepFunctions.${error.name}`, cause);
    }
  }

  // --- what executions look like ------------------------------------------------------------------------------------

  function arnsOf(machine: string, name: string, revisionId: number) {
    return {
      executionArn: executionArnOf(place, machine, name),
      name,
      stateMachineArn: stateMachineArn(place, machine),
      stateMachineName: machine,
      roleArn: machines.roleOf(revisionId),
      region: place.region,
    };
  }

  function identityOf(record: ExecutionRecord): Execution["identity"] {
    return {
      id: record.id,
      ...arnsOf(record.machine, record.name, record.revisionId),
      input: JSON.parse(record.input) as Json,
      startedAtMs: record.startedAtMs,
    };
  }

  function summaryOf(record: ExecutionRecord): ExecutionSummary {
    const redrive = journal.redrive(record.id);
    return {
      executionArn: executionArnOf(place, record.machine, record.name),
      stateMachineArn: stateMachineArn(place, record.machine),
      ...machines.startedAs(record.id, record.machine),
      name: record.name,
      status: record.status,
      startDate: new Date(record.startedAtMs),
      ...(record.stoppedAtMs !== null && { stopDate: new Date(record.stoppedAtMs) }),
      input: JSON.parse(record.input) as Json,
      inputText: record.input,
      ...(record.output !== null && { output: JSON.parse(record.output) as Json }),
      ...(record.error !== null && { error: record.error }),
      ...(record.cause !== null && { cause: record.cause }),
      redriveCount: redrive?.count ?? 0,
      ...(redrive !== undefined && { redriveDate: new Date(redrive.atMs) }),
    };
  }

  /** Why an execution cannot be redriven, in the words of Step Functions; null when it can. */
  function notRedrivable(record: ExecutionRecord): string | null {
    const nowMs = clock.now().getTime();
    if (record.status === "RUNNING" || record.status === "SUCCEEDED") {
      return `Execution is ${record.status} and cannot be redriven`;
    }
    if (nowMs - (record.stoppedAtMs ?? nowMs) > REDRIVABLE_MS) {
      return "Execution has exceeded its redrivable period and cannot be redriven";
    }
    if (nowMs - record.startedAtMs > LONGEST_EXECUTION_MS) {
      return "Execution has exceeded the maximum open time and cannot be redriven";
    }
    for (const { id } of journal.events(record.id, LONGEST_HISTORY - 1, "forward")) {
      return `Execution history has ${id} events and cannot be redriven`;
    }
    return null;
  }

  function nestedDescription(record: ExecutionRecord): Json {
    const {
      executionArn,
      stateMachineArn: arn,
      name,
      status,
      startDate,
      stopDate,
      inputText,
      error,
      cause,
    } = summaryOf(record);
    return {
      ExecutionArn: executionArn,
      Input: inputText,
      InputDetails: { Included: true },
      Name: name,
      ...(record.output !== null && { Output: record.output, OutputDetails: { Included: true } }),
      ...(error !== undefined && { Error: error }),
      ...(cause !== undefined && { Cause: cause }),
      StartDate: startDate.getTime(),
      StateMachineArn: arn,
      Status: status,
      StopDate: (stopDate ?? startDate).getTime(),
    };
  }

  const states: States = {
    machines,
    place,

    async createStateMachine({ name, definition }) {
      return machines.put(name, definition);
    },

    async startExecution({
      stateMachine,
      qualifier,
      name = randomUUID(),
      input: given = {},
      inputText,
      ifEnded = "answer",
    }) {
      checkName(name);
      const startable = machines.startable({ machine: stateMachine, ...(qualifier !== undefined && { qualifier }) });
      const input = inputText === undefined ? asJson(given) : parsedOrUndefined(inputText);
      if (input === undefined) throw new InvalidExecutionInput("Invalid execution input.");
      const text = inputText ?? JSON.stringify(input);
      if (Buffer.byteLength(text) > LARGEST_PAYLOAD_BYTES) throw new InvalidExecutionInput("Input is too long.");
      const executionArn = executionArnOf(place, stateMachine, name);

      const recorded = journal.execution(stateMachine, name);
      const underWay = starting.get(executionArn);
      const earlierInput = recorded?.input ?? underWay?.input;
      const isOther = earlierInput !== undefined && earlierInput !== text;
      const hasEnded = recorded !== undefined && recorded.status !== "RUNNING";
      if (isOther || (hasEnded && ifEnded === "refuse")) throw new ExecutionAlreadyExists(executionArn);
      if (recorded !== undefined) return { executionArn, startDate: new Date(recorded.startedAtMs) };
      if (underWay !== undefined) {
        await underWay.started;
        return { executionArn, startDate: underWay.startDate };
      }
      const startDate = clock.now();
      const started = begin(startable, name, input, text, startDate.getTime());
      starting.set(executionArn, { input: text, started, startDate });
      try {
        await started;
      } finally {
        starting.delete(executionArn);
      }
      return { executionArn, startDate };
    },

    async sendTaskSuccess({ taskToken, ...given }) {
      const output = "outputText" in given ? parsedOrUndefined(given.outputText) : asJson(given.output);
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

    async redriveExecution({ executionArn }) {
      const record = recordOf(executionArn);
      const reason = notRedrivable(record);
      if (reason !== null || live.has(record.id)) {
        throw new ExecutionNotRedrivable(reason ?? "Execution is RUNNING and cannot be redriven");
      }
      const target = newLive(record.revisionId, identityOf(record));
      for (const changes of journal.changes(record.id)) evolve(target.execution, changes);
      live.set(record.id, target);
      await tell(target, { type: "redrive" });
      return { redriveDate: new Date(target.execution.redrive?.atMs ?? clock.now()) };
    },

    revisionOfExecution: (executionArn) => recordOf(executionArn),

    async describeExecution({ executionArn }) {
      const record = recordOf(executionArn);
      const reason = notRedrivable(record);
      return {
        ...summaryOf(record),
        ...(reason === null
          ? { redriveStatus: "REDRIVABLE" }
          : { redriveStatus: "NOT_REDRIVABLE", redriveStatusReason: reason }),
      };
    },

    async listExecutions({ stateMachine, qualifier, statusFilter, redriveFilter, maxResults, nextToken }) {
      if (!machines.has(stateMachine)) throw new StateMachineDoesNotExist(stateMachineArn(place, stateMachine));
      const list = `executions ${stateMachine}`;
      const limit = pageSize(maxResults);
      let beforeId = nextToken === undefined ? Number.MAX_SAFE_INTEGER : numberIn(list, nextToken);
      const found: ExecutionRecord[] = [];
      while (found.length <= limit) {
        const wanted = limit + 1;
        const records = journal.list({ machine: stateMachine, status: statusFilter, beforeId, limit: wanted });
        found.push(...records.filter((record) => isWanted(record)));
        beforeId = records.at(-1)?.id ?? 0;
        if (records.length < wanted) break;
      }
      const { page, ...more } = pageOf(list, found, limit, ({ id }) => id);
      return { executions: page.map(summaryOf), ...more };

      function isWanted({ id, machine }: ExecutionRecord): boolean {
        if (redriveFilter !== undefined) {
          if ((journal.redrive(id) !== undefined) !== (redriveFilter === "REDRIVEN")) return false;
        }
        if (qualifier === undefined) return true;
        const { stateMachineVersionArn, stateMachineAliasArn } = machines.startedAs(id, machine);
        return [stateMachineVersionArn, stateMachineAliasArn].some((arn) => arn?.endsWith(`:${qualifier}`));
      }
    },

    async getExecutionHistory({ executionArn, reverseOrder = false, maxResults, nextToken }) {
      const { id } = recordOf(executionArn);
      const limit = pageSize(maxResults);
      const farEnd = reverseOrder ? Number.MAX_SAFE_INTEGER : 1;
      const list = `history ${id} ${reverseOrder}`;
      const from = nextToken === undefined ? farEnd : numberIn(list, nextToken);
      const events: HistoryEntry[] = [];
      for (const event of journal.events(id, from, reverseOrder ? "reverse" : "forward")) {
        if (events.length === limit) return { events, nextToken: pageToken(list, event.id) };
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

/** The machine and the name an execution's ARN ends with. */
function namesIn(executionArn: string): [machine: string, name: string] {
  const { machine, name } = parseExecutionArn(executionArn);
  return [machine, name];
}

function parsedOrUndefined(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

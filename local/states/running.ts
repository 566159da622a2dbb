/**
 * Executions that are running. The interpreter decides, the journal remembers, this file carries out: it feeds each
 * execution what happens to it, one thing at a time, and acts on the answers: calls, timers, or nothing more to do.
 */
import { randomBytes } from "node:crypto";
import { type Advance, advance, type Happening } from "./asl/advance.ts";
import {
  type Execution,
  evolve,
  type Identity,
  type Invocation,
  invocationOf,
  newExecution,
  nextDueMs,
  type Thread,
  threadOfToken,
} from "./asl/execution.ts";
import type { Machine } from "./asl/machine.ts";
import type { InvocationResult } from "./asl/task.ts";
import { NotRecorded } from "./errors.ts";
import type { Beginning, ExecutionRecord } from "./execution-rows.ts";
import type { Identities } from "./identities.ts";
import type { Idleness } from "./idle.ts";
import type { Journal } from "./journal.ts";
import type { StateMachines } from "./state-machines.ts";
import { overOrUnknown } from "./task-tokens.ts";

export interface Clock {
  now(): Date;
  /** What `fire` returns settles when everything it set off has come to rest. */
  at(instant: Date, fire: () => unknown): () => void;
}

/** How long to leave a disk alone that has refused a write. */
const JOURNAL_RETRY_MS = 1000;

/** An execution that is running, with what awaits it. */
interface Live {
  readonly machine: Machine;
  readonly execution: Execution;
  readonly inbox: Message[];
  /** The beginning, until it is part of the first append. */
  begins: Beginning | undefined;
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

export type Running = ReturnType<typeof createRunning>;

export function createRunning(ports: {
  readonly journal: Journal;
  readonly machines: Pick<StateMachines, "programOf">;
  readonly identities: Identities;
  readonly clock: Clock;
  readonly idleness: Idleness<Invocation>;
  readonly callOf: (invocation: Invocation) => Promise<InvocationResult>;
  /** Hears of every transition that is on disk, and of every resumption: the threads it put in place. */
  readonly onTransition: (execution: Execution, threads: Iterable<Thread | null>) => void;
}) {
  const { journal, machines, identities, clock, idleness, callOf, onTransition } = ports;
  /** What the randomness of every transition follows from, with the transition's number. */
  const secret = randomBytes(32).toString("base64");
  let transitions = 0;
  const live = new Map<number, Live>();
  const queue: Live[] = [];
  let isWorking = false;
  let isClosed = false;

  // --- one happening after the other --------------------------------------------------------------------------------

  function tell(target: Live, happening: Happening): Promise<void> {
    return new Promise((resolve, reject) => {
      idleness.expect();
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
      idleness.settle();
    }
    isWorking = false;
  }

  async function process(target: Live, { happening, resolve, reject }: Message): Promise<void> {
    const { execution } = target;
    const refusal = refusalOf(target, happening);
    const nowMs = clock.now().getTime();
    const step = refusal === null ? await transitionOf(target, happening, nowMs) : null;
    if (refusal !== null || step === null || isClosed || target.isAbandoned) {
      idleness.settled();
      if (refusal !== null) reject(refusal);
      else if (step !== null) reject(new NotRecorded(isClosed ? "the journal is closed" : "an earlier write failed"));
      // What makes it needless may not be on disk yet.
      else target.recorded.then(resolve, reject);
      return;
    }
    evolve(execution, step.changes);
    const { begins } = target;
    target.begins = undefined;
    target.recorded = journal.append({
      executionId: execution.identity.id,
      atMs: nowMs,
      events: step.events,
      changes: step.changes,
      ...(begins !== undefined && { begins }),
      ...(happening.type === "redrive" && execution.redrive !== null && { redriveCount: execution.redrive.count }),
    });
    target.recorded.then(
      () => {
        idleness.settled();
        act(target, step);
        resolve();
        idleness.settle();
      },
      (error: unknown) => {
        idleness.settled();
        reject(error);
        reload(target);
        idleness.settle();
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
    if (!("token" in happening) || threadOfToken(execution, happening.token) !== undefined) return null;
    return overOrUnknown(journal, execution.identity.id, happening.token);
  }

  // --- acting on a transition that is on disk -----------------------------------------------------------------------

  function act(target: Live, { changes, invocations }: Advance): void {
    onTransition(
      target.execution,
      changes.threads.map(([, thread]) => thread),
    );
    if (target.execution.outcome !== null) forget(target);
    else if (!target.isAbandoned && !isClosed) {
      for (const invocation of invocations) call(target, invocation);
      setTimer(target);
    }
  }

  function call(target: Live, invocation: Invocation): void {
    idleness.called(invocation);
    void callOf(invocation).then((result) => {
      idleness.returned(invocation);
      const { threadId, scheduledId } = invocation;
      // A refused append reloads the execution, which makes the call again.
      if (!isClosed) tell(target, { type: "invoked", threadId, scheduledId, result }).catch(() => {});
      idleness.settle();
    });
  }

  /** One timer for an execution: what is due first among its waits, retries and timeouts. */
  function setTimer(target: Live): void {
    const dueMs = nextDueMs(target.execution);
    if (dueMs === target.timerDueMs) return;
    target.cancelTimer();
    target.timerDueMs = dueMs;
    if (dueMs === Number.POSITIVE_INFINITY) return;
    target.cancelTimer = clock.at(new Date(dueMs), () => {
      target.timerDueMs = Number.POSITIVE_INFINITY;
      const settled = idleness.whenIdleButForThese();
      tell(target, { type: "tick" }).catch(() => {});
      return settled;
    });
  }

  function forget(target: Live): void {
    target.cancelTimer();
    if (live.get(target.execution.identity.id) === target) live.delete(target.execution.identity.id);
  }

  // --- in and out of memory -----------------------------------------------------------------------------------------

  function newLive(revisionId: number, identity: Identity, begins?: Beginning): Live {
    const target: Live = {
      machine: machines.programOf(revisionId),
      execution: newExecution(identity),
      inbox: [],
      begins,
      isQueued: false,
      isAbandoned: false,
      recorded: Promise.resolve(),
      timerDueMs: Number.POSITIVE_INFINITY,
      cancelTimer: () => {},
    };
    live.set(identity.id, target);
    return target;
  }

  /** The execution as the journal has it. */
  function readBack(record: ExecutionRecord): Live {
    const target = newLive(record.revisionId, identities.ofRecord(record));
    for (const changes of journal.changes(record.id)) evolve(target.execution, changes);
    return target;
  }

  function resume(record: ExecutionRecord): void {
    const target = readBack(record);
    onTransition(target.execution, target.execution.threads.values());
    for (const thread of target.execution.threads.values()) {
      const invocation = invocationOf(thread);
      if (invocation !== null) call(target, invocation);
    }
    setTimer(target);
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

  return {
    has: (id: number): boolean => live.has(id),

    /** Resolves when what follows from it is on disk. Undefined when no execution with that id is running. */
    tell(id: number, happening: Happening): Promise<void> | undefined {
      const target = live.get(id);
      return target && tell(target, happening);
    },

    /** Resolves when its beginning is on disk. */
    start(revisionId: number, identity: Identity, begins: Beginning): Promise<void> {
      return tell(newLive(revisionId, identity, begins), { type: "start" });
    },

    /** Takes a closed execution up again; the answer is when that was. */
    async redrive(record: ExecutionRecord): Promise<Date> {
      const target = readBack(record);
      await tell(target, { type: "redrive" });
      return new Date(target.execution.redrive?.atMs ?? clock.now());
    },

    resume,

    close(): void {
      isClosed = true;
      for (const target of live.values()) target.cancelTimer();
    },
  };
}

/**
 * Executions that Tasks start, and `.sync` Tasks that await their end. Who awaits what is kept in memory only: after a
 * restart it follows again from the open tasks. A task that gives up waiting (its time is over, its execution has ended)
 * takes the other one with it.
 */
import { randomUUID } from "node:crypto";
import { parseStateMachineArn } from "./arns.ts";
import type { Execution, Thread } from "./asl/execution.ts";
import type { Json, JsonObject } from "./asl/json.ts";
import { TaskFailure } from "./calls.ts";
import { NotRecorded } from "./errors.ts";
import type { StartRequest } from "./starts.ts";

interface Awaiting {
  readonly parent: Execution;
  readonly threadId: number;
  readonly scheduledId: number;
  readonly childArn: string;
}

export function createNested(ports: {
  /** Tells the waiting task, if the execution it awaits has ended. */
  readonly deliverIfEnded: (awaiting: Awaiting) => void;
  readonly stop: (executionArn: string) => void;
}) {
  const byChild = new Map<string, Set<Awaiting>>();
  const byParent = new Map<number, Set<Awaiting>>();

  function remove(awaiting: Awaiting): void {
    drop(byChild, awaiting.childArn, awaiting);
    drop(byParent, awaiting.parent.identity.id, awaiting);
  }

  function isStillWaiting({ parent, threadId, scheduledId }: Awaiting): boolean {
    const phase = parent.threads.get(threadId)?.phase;
    return phase?.type === "task" && phase.scheduledId === scheduledId;
  }

  return {
    /** After a transition of `execution` that put `threads` in place, or after its resumption. */
    follow(execution: Execution, threads: Iterable<Thread | null>): void {
      const { id, executionArn } = execution.identity;
      for (const awaiting of byParent.get(id) ?? []) {
        if (isStillWaiting(awaiting)) continue;
        remove(awaiting);
        ports.stop(awaiting.childArn);
      }
      for (const thread of threads) {
        if (thread?.phase.type !== "task" || thread.phase.child === undefined) continue;
        const { child: childArn, scheduledId } = thread.phase;
        const known = byParent.get(id);
        if (known && [...known].some((awaiting) => awaiting.scheduledId === scheduledId)) continue;
        const awaiting = { parent: execution, threadId: thread.id, scheduledId, childArn };
        add(byChild, childArn, awaiting);
        add(byParent, id, awaiting);
        ports.deliverIfEnded(awaiting);
      }
      if (execution.outcome === null) return;
      for (const awaiting of byChild.get(executionArn) ?? []) ports.deliverIfEnded(awaiting);
    },
  };
}

function add<K>(map: Map<K, Set<Awaiting>>, key: K, awaiting: Awaiting): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([awaiting]));
  else known.add(awaiting);
}

function drop<K>(map: Map<K, Set<Awaiting>>, key: K, awaiting: Awaiting): void {
  const known = map.get(key);
  known?.delete(awaiting);
  if (known?.size === 0) map.delete(key);
}

/** states:startExecution for a Task: asked again after a crash it answers with the execution it had started. */
export function nestedStart(start: (request: StartRequest) => Promise<{ executionArn: string; startDate: Date }>) {
  return async (
    { StateMachineArn: arn, Name: name, Input: input = {} }: JsonObject,
    ownName: string,
  ): Promise<Json> => {
    try {
      const { machine, qualifier } = parseStateMachineArn(String(arn));
      const { executionArn, startDate } = await start({
        stateMachine: machine,
        qualifier,
        name: String(name ?? ownName),
        ...(typeof input === "string" ? { inputText: input } : { input }),
      });
      return { ExecutionArn: executionArn, StartDate: startDate.getTime() };
    } catch (error) {
      if (!(error instanceof Error) || error instanceof NotRecorded) throw error;
      const cause = `${error.message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${error.name}; Request ID: ${randomUUID()}; Proxy: null)`;
      throw new TaskFailure(`StepFunctions.${error.name.replace(/(Exception)?$/, "Exception")}`, cause);
    }
  };
}

/** Starting executions: once per name, however often it is asked for. */
import { randomUUID } from "node:crypto";
import { executionArn as executionArnOf, type Place } from "./arns.ts";
import { asJson } from "./asl/json.ts";
import { LARGEST_PAYLOAD_BYTES } from "./asl/transition.ts";
import { ExecutionAlreadyExists, InvalidExecutionInput } from "./errors.ts";
import type { Identities } from "./identities.ts";
import type { Journal } from "./journal.ts";
import { checkName } from "./names.ts";
import type { Clock, Running } from "./running.ts";
import type { StateMachines } from "./state-machines.ts";
import { parsedOrUndefined } from "./task-tokens.ts";

export interface StartRequest {
  readonly stateMachine: string;
  /** A version or alias of the machine. */
  readonly qualifier?: string | undefined;
  readonly name?: string | undefined;
  readonly input?: unknown;
  /** The input as JSON text, kept as it is in the history; instead of `input`. */
  readonly inputText?: string | undefined;
  readonly ifEnded?: "answer" | "refuse";
}

export function createStarts(ports: {
  readonly journal: Pick<Journal, "execution" | "newExecutionId">;
  readonly machines: Pick<StateMachines, "startable" | "rememberStart">;
  readonly identities: Identities;
  readonly running: Pick<Running, "start">;
  readonly place: Place;
  readonly clock: Pick<Clock, "now">;
}) {
  const { journal, machines, identities, running, place, clock } = ports;
  /** Executions whose first append is under way, by ARN. */
  const underWay = new Map<string, { input: string; started: Promise<void>; startDate: Date }>();

  return {
    /** Resolves when a start of that execution that is under way is on disk. */
    async settled(executionArn: string): Promise<void> {
      await underWay.get(executionArn)?.started;
    },

    async startExecution(request: StartRequest): Promise<{ executionArn: string; startDate: Date }> {
      const { stateMachine: machine, qualifier, name = randomUUID(), ifEnded = "answer" } = request;
      checkName(name);
      const startable = machines.startable({ machine, ...(qualifier !== undefined && { qualifier }) });
      const { input, text } = inputOf(request);
      const executionArn = executionArnOf(place, machine, name);

      const recorded = journal.execution(machine, name);
      const other = underWay.get(executionArn);
      const earlierInput = recorded?.input ?? other?.input;
      const isOther = earlierInput !== undefined && earlierInput !== text;
      const hasEnded = recorded !== undefined && recorded.status !== "RUNNING";
      if (isOther || (hasEnded && ifEnded === "refuse")) throw new ExecutionAlreadyExists(executionArn);
      if (recorded !== undefined) return { executionArn, startDate: new Date(recorded.startedAtMs) };
      if (other !== undefined) {
        await other.started;
        return { executionArn, startDate: other.startDate };
      }

      const startDate = clock.now();
      const startedAtMs = startDate.getTime();
      const { revisionId } = startable;
      const id = journal.newExecutionId();
      machines.rememberStart(id, startable);
      const identity = { id, ...identities.namesOf(machine, name, revisionId), input, inputText: text, startedAtMs };
      const started = running.start(revisionId, identity, { machine, name, revisionId, input: text, startedAtMs });
      underWay.set(executionArn, { input: text, started, startDate });
      try {
        await started;
      } finally {
        underWay.delete(executionArn);
      }
      return { executionArn, startDate };
    },
  };
}

/** @throws InvalidExecutionInput */
function inputOf({ input: given = {}, inputText }: StartRequest) {
  const input = inputText === undefined ? asJson(given) : parsedOrUndefined(inputText);
  if (input === undefined) throw new InvalidExecutionInput("Invalid execution input.");
  const text = inputText ?? JSON.stringify(input);
  if (Buffer.byteLength(text) > LARGEST_PAYLOAD_BYTES) throw new InvalidExecutionInput("Input is too long.");
  return { input, text };
}

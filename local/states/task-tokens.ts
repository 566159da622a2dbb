/** Answers to tasks by their token: who holds one tells how the task ended, or that they are still at it. */
import type { Happening } from "./asl/advance.ts";
import { asJson, type Json } from "./asl/json.ts";
import { executionOfToken } from "./asl/token.ts";
import { LARGEST_PAYLOAD_BYTES } from "./asl/transition.ts";
import { InvalidOutput, InvalidToken, NotRecorded, TaskDoesNotExist, TaskTimedOut } from "./errors.ts";
import type { Journal } from "./journal.ts";

export function createTaskTokens(ports: {
  readonly journal: Pick<Journal, "executionById" | "mentions">;
  /** Tells a running execution; undefined when there is none with that id. */
  readonly tell: (executionId: number, happening: Happening) => Promise<void> | undefined;
}) {
  const { journal, tell } = ports;

  async function tellHolder(taskToken: string, happening: Happening): Promise<void> {
    const id = executionOfToken(taskToken);
    if (id === undefined) throw new InvalidToken();
    const told = tell(id, happening);
    if (told !== undefined) return told;
    const record = journal.executionById(id);
    if (record === undefined) throw new TaskDoesNotExist();
    if (record.status === "RUNNING") throw new NotRecorded("an earlier write failed and is made good in a moment");
    throw overOrUnknown(journal, id, taskToken);
  }

  return {
    async sendTaskSuccess({
      taskToken,
      ...given
    }: { taskToken: string; output: unknown } | { taskToken: string; outputText: string }): Promise<void> {
      const output = "outputText" in given ? parsedOrUndefined(given.outputText) : asJson(given.output);
      if (output === undefined) throw new InvalidOutput("The output is not a JSON value");
      if (Buffer.byteLength(JSON.stringify(output)) > LARGEST_PAYLOAD_BYTES) {
        throw new InvalidOutput(`The output is larger than ${LARGEST_PAYLOAD_BYTES} bytes`);
      }
      await tellHolder(taskToken, { type: "tokenSucceeded", token: taskToken, output });
    },

    async sendTaskFailure({
      taskToken,
      error = null,
      cause = null,
    }: {
      taskToken: string;
      error?: string | null | undefined;
      cause?: string | null | undefined;
    }): Promise<void> {
      await tellHolder(taskToken, { type: "tokenFailed", token: taskToken, error, cause });
    },

    async sendTaskHeartbeat({ taskToken }: { taskToken: string }): Promise<void> {
      await tellHolder(taskToken, { type: "heartbeat", token: taskToken });
    },
  };
}

/** Why a token that no open task of the execution has is refused. */
export function overOrUnknown(journal: Pick<Journal, "mentions">, executionId: number, token: string): Error {
  return journal.mentions(executionId, token) ? new TaskTimedOut() : new TaskDoesNotExist();
}

/** The value of a JSON text. */
export function parsedOrUndefined(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

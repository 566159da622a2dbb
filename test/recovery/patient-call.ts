import { ApiProblem, type Call, type InputOf, NoConnection } from "../../shared/contracts/client.ts";
import type { OperationId, OutputOf } from "../../shared/contracts/operations.ts";

interface Connection {
  /** Told before each request. */
  readonly sending: () => void;
  /** Resolves when the server answers again. */
  readonly up: () => Promise<void>;
}

/**
 * A person who tries again when the connection broke off. A repeat that is refused may have been done the first time:
 * then the answer is what the thing is like now, and the caller sees there whether it was.
 */
export function patient(call: Call, { sending, up }: Connection): Call {
  return async <Id extends OperationId>(id: Id, input: InputOf<Id>): Promise<OutputOf<Id>> => {
    for (let hasBrokenOff = false; ; hasBrokenOff = true) {
      try {
        await up();
        sending();
        return await call(id, input);
      } catch (error) {
        if (breaksOff(error)) continue;
        if (!hasBrokenOff || !(error instanceof ApiProblem)) throw error;
        // What is read instead is what the operation would have shown.
        return (await readAgain(patient(call, { sending, up }), input)) as OutputOf<Id>;
      }
    }
  };
}

/** No answer, half an answer, or one from a server that is not ready yet. */
const breaksOff = (error: unknown): boolean =>
  error instanceof NoConnection ||
  error instanceof SyntaxError ||
  (error instanceof TypeError && error.message === "terminated") ||
  (error instanceof ApiProblem && error.status === 503);

/** Reads the most particular thing an operation's address names. */
function readAgain(call: Call, { params = {} }: { params?: object }): Promise<unknown> {
  const { pilotId, deliverableId, runId }: { pilotId?: string; deliverableId?: string; runId?: string } = params;
  if (pilotId === undefined) return call("getClock", {});
  if (deliverableId !== undefined) return call("getDeliverable", { params: { pilotId, deliverableId } });
  if (runId !== undefined) return call("getGate", { params: { pilotId, runId } });
  return call("getPilot", { params: { pilotId } });
}

/**
 * Every error the API answers with, as an RFC 9457 problem document in the reader's language.
 * What is not expected says nothing of its inside.
 */
import * as z from "zod";
import { InvalidCursor } from "../../shared/contracts/store-pages.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { type Fault, faultIn, objectionIn, type Reader, refusalIn } from "../../shared/language/refusals/sentences.ts";
import { ChangeTooLarge, VersionConflict } from "../../shared/ports/store.ts";

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly [member: string]: unknown;
}

/** The request cannot be read: not JSON, too large, unknown path. The message is for logs. */
export class BadRequest extends Error {
  override name = "BadRequest" as const;
  readonly status: 400 | 404 | 405 | 413 | 415 | 429;
  readonly fault: Fault;
  constructor(status: BadRequest["status"], fault: Fault) {
    super(typeof fault === "string" ? fault : fault.key);
    this.status = status;
    this.fault = fault;
  }
}

/** Somebody we depend on does not answer; it is not the caller's mistake. `cause` says who, for the log. */
export class Unavailable extends Error {
  override name = "Unavailable" as const;
  constructor(options: ErrorOptions) {
    super("Something this request needs does not answer.", options);
  }
}

export function toProblem(error: unknown, reader: Reader): Problem {
  const problem = (type: string, status: number, fault: Fault): Problem => ({
    type: `/problems/${type}`,
    status,
    ...faultIn(reader, fault),
  });
  if (error instanceof Refusal) {
    const { name, status, details } = error;
    return {
      ...details,
      ...saidAgainst(error, reader),
      type: `/problems/${name}`,
      status,
      ...refusalIn(reader, error),
    };
  }
  if (error instanceof z.ZodError) {
    // For those who write clients, in English: the portal checks forms itself.
    const problems = error.issues.slice(0, 20).map(({ path, message }) => ({
      pointer: path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
      message,
    }));
    return { ...problem("InvalidInput", 400, "input_does_not_fit"), problems };
  }
  if (error instanceof BadRequest) return problem("BadRequest", error.status, error.fault);
  if (isInvalidToken(error)) return problem("InvalidToken", 401, "session_ended");
  if (error instanceof VersionConflict) return problem("Busy", 409, "busy");
  if (error instanceof InvalidCursor) return problem("InvalidCursor", 400, "list_changed");
  if (error instanceof ChangeTooLarge) return problem("TooLarge", 413, "change_too_large");
  if (error instanceof Unavailable) return problem("Unavailable", 503, "unavailable");
  return problem("Unexpected", 500, "unexpected");
}

/** Each objection to a decision as a sentence of its own. */
function saidAgainst({ reason }: Refusal, { language }: Reader): { readonly why?: readonly string[] } {
  if (typeof reason === "string" || reason.key !== "decision_not_offered") return {};
  return { why: reason.against.map((objection) => objectionIn(language, objection)) };
}

const isInvalidToken = (error: unknown): error is Error => error instanceof Error && error.name === "InvalidToken";

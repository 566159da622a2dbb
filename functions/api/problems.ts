/** Every error the API answers with, as an RFC 9457 problem document. What is not expected says nothing of its inside. */
import * as z from "zod";
import { InvalidCursor } from "../../shared/contracts/store-pages.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { ChangeTooLarge, VersionConflict } from "../../shared/ports/store.ts";

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly [member: string]: unknown;
}

/** The request cannot be read: not JSON, too large, unknown path. */
export class BadRequest extends Error {
  override name = "BadRequest" as const;
  readonly status: 400 | 404 | 405 | 413 | 415 | 429;
  readonly title: string;
  constructor(status: BadRequest["status"], title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

/** Somebody we depend on does not answer; it is not the caller's mistake. `cause` says who, for the log. */
export class Unavailable extends Error {
  override name = "Unavailable" as const;
  constructor(options: ErrorOptions) {
    super("Fairway cannot look into this right now. Nothing was changed; please try again in a minute.", options);
  }
}

const titles: Readonly<Record<number, string>> = {
  403: "Not allowed",
  404: "Not found",
  409: "Changed meanwhile",
  422: "Not possible as asked",
};

export function toProblem(error: unknown): Problem {
  if (error instanceof Refusal) {
    return {
      ...error.details,
      type: `/problems/${error.name}`,
      title: titles[error.status] ?? error.name,
      status: error.status,
      detail: error.message,
    };
  }
  if (error instanceof z.ZodError) {
    const problems = error.issues.slice(0, 20).map(({ path, message }) => ({
      pointer: path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
      message,
    }));
    return {
      type: "/problems/InvalidInput",
      title: "The request does not fit",
      status: 400,
      detail: "Some of what was sent is not what this needs; nothing was changed.",
      problems,
    };
  }
  if (error instanceof BadRequest) {
    return { type: "/problems/BadRequest", title: error.title, status: error.status, detail: error.message };
  }
  if (isInvalidToken(error)) {
    return { type: "/problems/InvalidToken", title: "Sign in again", status: 401, detail: error.message };
  }
  if (error instanceof VersionConflict) {
    return {
      type: "/problems/Busy",
      title: "Changed meanwhile",
      status: 409,
      detail: "Others are changing the same pilot right now. Nothing was changed; please try again.",
    };
  }
  if (error instanceof InvalidCursor) {
    return { type: "/problems/InvalidCursor", title: "Not found", status: 400, detail: error.message };
  }
  if (error instanceof ChangeTooLarge) {
    return {
      type: "/problems/TooLarge",
      title: "Too large",
      status: 413,
      detail: "This is more than Fairway keeps in one piece (400 kB). Nothing was changed.",
    };
  }
  if (error instanceof Unavailable) {
    return { type: "/problems/Unavailable", title: "Not right now", status: 503, detail: error.message };
  }
  return {
    type: "/problems/Unexpected",
    title: "Something went wrong on our side",
    status: 500,
    detail: "Look whether it was done before you try again; if it happens again, tell the programme office.",
  };
}

const isInvalidToken = (error: unknown): error is Error => error instanceof Error && error.name === "InvalidToken";

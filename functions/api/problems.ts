/** Every error the API answers with, as an RFC 9457 problem document. What is not expected says nothing of its inside. */
import * as z from "zod";
import { Refusal } from "../../shared/domain/refusal.ts";
import { VersionConflict } from "../../shared/ports/store.ts";

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
  readonly status: 400 | 404 | 405 | 413 | 415;
  readonly title: string;
  constructor(status: BadRequest["status"], title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
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
  return {
    type: "/problems/Unexpected",
    title: "Something went wrong on our side",
    status: 500,
    detail: "Nothing was changed. Please try again; if it happens again, tell the programme office.",
  };
}

const isInvalidToken = (error: unknown): error is Error => error instanceof Error && error.name === "InvalidToken";

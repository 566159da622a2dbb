/**
 * What a language must be able to say when something is not done: each reason of a refusal, what speaks against a
 * decision at a gate, and what is wrong with a request. A sentence says what happened, what was kept and what to do.
 */
import type { Objection } from "../../domain/pilot/gate-offers.ts";
import type { Task } from "../../domain/pilot/state.ts";
import type { ReasonKey, RefusalReasons } from "../../domain/refusal-reasons.ts";

/** How the reader is told what a reason names. */
export interface RefusalAbout {
  /** A text of the process in the reader's words. */
  say(text: string): string;
  taskTitle(task: Pick<Task, "kind" | "title" | "deliverableId">): string;
  /** A calendar day. */
  dateOf(day: string): string;
  /** To the second, with the day when it is not today. */
  momentOf(instant: string): { readonly time: string; readonly day?: string };
}

/** What is wrong with a request beside a refusal, with what its sentence names. */
export interface RequestFaults {
  nothing_here: Plain;
  calendar_link_ended: Plain;
  /** `allowed`: HTTP methods. */
  method_not_taken: { readonly allowed: string };
  too_many_requests: { readonly seconds: number };
  request_too_large: Plain;
  change_too_large: Plain;
  not_sent_as_json: Plain;
  not_json: Plain;
  nested_too_deeply: Plain;
  input_does_not_fit: Plain;
  session_ended: Plain;
  list_changed: Plain;
  busy: Plain;
  unavailable: Plain;
  unexpected: Plain;
}

type Plain = Readonly<Record<never, never>>;

/** A reason that names nothing is a sentence as it stands. */
type Sentence<Values> = keyof Values extends never ? string : (values: Values, about: RefusalAbout) => string;

export interface RefusalWords {
  readonly reasons: { readonly [Key in ReasonKey]: Sentence<RefusalReasons[Key]> };
  readonly objections: {
    readonly [Code in Objection["code"]]: (objection: Objection, about: Pick<RefusalAbout, "say">) => string;
  };
  /** Titles of refusals, by HTTP status. */
  readonly titles: { readonly [Status in 403 | 404 | 409 | 422]: string };
  readonly faults: {
    readonly [Key in keyof RequestFaults]: { readonly title: string; readonly detail: Sentence<RequestFaults[Key]> };
  };
}

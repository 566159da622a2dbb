/**
 * Why a command is refused. Expected, named, and with a reason that is put into words for the person who can act;
 * the API answers with `status` and a problem document whose type ends in the name.
 */
import type { Reason } from "./refusal-reasons.ts";

const refusals = {
  /** The person's role or organisation does not allow it. */
  NotAllowed: 403,
  /** Does not exist, or not for this person: the two are not told apart. */
  NotFound: 404,
  /** Somebody changed it since the person looked. Carries `currentVersion`. */
  StaleVersion: 409,
  /** Another draft was saved in between. Carries `currentVersion`, `savedBy`, `savedAt`. */
  StaleDraft: 409,
  /** Already handed in. Carries `submittedBy`, `submittedAt`. */
  AlreadySubmitted: 409,
  /** Somebody else has claimed the task. Carries `assigneeId`. */
  TaskTaken: 409,
  /** A newer revision exists than the decision rests on. Carries `deliverables`. */
  NewerRevision: 409,
  /** The life cycle does not allow it in this state. Carries `status`. */
  NotInThisState: 409,
  /** The form has gaps. Carries `gaps`. */
  FormIncomplete: 422,
  /** Other deliverables must be accepted first. Carries `waitsFor`. */
  DependenciesOpen: 422,
  /** A reason, date, person or other part of the request does not fit the rules. Carries `pointer` where there is one. */
  RuleBroken: 422,
  /** The gate does not offer this decision. The reason says what speaks against it, and the answer carries `why`. */
  DecisionNotOffered: 422,
  /** A second person must decide. */
  FourEyesNeeded: 422,
} as const satisfies Record<string, number>;

export type RefusalName = keyof typeof refusals;

export class Refusal extends Error {
  override name: RefusalName;
  readonly reason: Reason;
  readonly details: Readonly<Record<string, unknown>>;
  /** The message is for logs; people read the reason in their language. */
  constructor(name: RefusalName, reason: Reason, details: Readonly<Record<string, unknown>> = {}) {
    super(typeof reason === "string" ? reason : JSON.stringify(reason));
    this.name = name;
    this.reason = reason;
    this.details = details;
  }
  get status(): (typeof refusals)[RefusalName] {
    return refusals[this.name];
  }
}

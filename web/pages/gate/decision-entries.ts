/** A decision as it is being typed: what was kept of it, and the body of the command it becomes. */
import type { BodyOf, OutputOf } from "../../../shared/contracts/operations.ts";
import { type FormValues, isRecord } from "../../../shared/domain/forms/form-schema.ts";
import { textOf } from "./use-kept-entries.ts";

type Decision = OutputOf<"getGate">["decisions"][number]["decision"];

export const ownerRoles = ["sme", "advisor", "expert", "living_lab", "coordinator"] as const;

export interface ConditionEntry {
  readonly text: string;
  readonly owner: string;
  readonly dueOn: string;
}

export interface DecisionEntries {
  readonly decision: Decision | undefined;
  /** Shared: who changes their mind about the decision keeps what they wrote. */
  readonly reason: string;
  readonly conditions: readonly ConditionEntry[];
  readonly deliverables: readonly string[];
  readonly dueInDays: string;
  readonly approval: string;
  readonly resumeOn: string;
  readonly skipReason: string;
  readonly evidence: string;
}

const decisions: readonly Decision[] = ["advance", "advance_with_conditions", "rework", "hold", "stop", "skip"];

export const emptyCondition: ConditionEntry = { text: "", owner: "", dueOn: "" };

export function decisionIn(kept: FormValues): DecisionEntries {
  const conditions = Array.isArray(kept.conditions) ? kept.conditions.filter(isRecord) : [];
  return {
    decision: decisions.find((id) => id === kept.decision),
    reason: textOf(kept.reason),
    conditions:
      conditions.length === 0
        ? [emptyCondition]
        : conditions.map(({ text, owner, dueOn }) => ({
            text: textOf(text),
            owner: textOf(owner),
            dueOn: textOf(dueOn),
          })),
    deliverables: Array.isArray(kept.deliverables) ? kept.deliverables.map(textOf) : [],
    dueInDays: textOf(kept.dueInDays),
    approval: textOf(kept.approval),
    resumeOn: textOf(kept.resumeOn),
    skipReason: textOf(kept.skipReason),
    evidence: textOf(kept.evidence),
  };
}

/** What the decision needs beside round and revisions. */
export function detailsOf(decision: Decision, entries: DecisionEntries): Partial<BodyOf<"decideGate">> {
  const reason = entries.reason.trim();
  switch (decision) {
    case "advance":
      return reason === "" ? {} : { reason };
    case "advance_with_conditions":
      return {
        reason,
        conditions: entries.conditions.flatMap(({ text, owner, dueOn }) => {
          const ownerRole = ownerRoles.find((role) => role === owner);
          return ownerRole === undefined ? [] : [{ text: text.trim(), ownerRole, dueOn }];
        }),
      };
    case "rework":
      return {
        reason,
        deliverables: entries.deliverables.map((deliverableId) => ({
          deliverableId,
          ...(entries.dueInDays === "" ? {} : { dueInDays: Number(entries.dueInDays) }),
        })),
        ...(entries.approval.trim() === "" ? {} : { programmeApproval: entries.approval.trim() }),
      };
    case "hold":
      return { reason, resumeOn: entries.resumeOn };
    case "stop":
      return { reason };
    case "skip":
      return {
        ...(reason === "" ? {} : { reason }),
        skip: {
          reasonId: entries.skipReason,
          ...(reason === "" ? {} : { text: reason }),
          evidence: entries.evidence.trim(),
        },
      };
  }
}

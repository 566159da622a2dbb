/**
 * Refusals because somebody else was quicker, told with that person's name and the moment.
 * The domain knows people by their ids; here every other member of the refusal stays as it is.
 */
import type { Person } from "../../shared/contracts/items.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { Names } from "./names.ts";

interface Asking {
  readonly person: Pick<Person, "id">;
  readonly names: Pick<Names, "person">;
}

/** The same error where nobody is to be named. */
export async function sayingWhoWasQuicker(error: unknown, asking: Asking): Promise<unknown> {
  if (!(error instanceof Refusal)) return error;
  const { name, details } = error;
  switch (name) {
    case "StaleDraft": {
      const savedBy = await named(details.savedBy, asking);
      if (savedBy === undefined) return error;
      const savedAt = instant(details.savedAt);
      const reason = { key: "draft_saved_by", ...savedBy.said, ...(savedAt && { savedAt }) } as const;
      return new Refusal(name, reason, { ...details, savedBy: savedBy.person });
    }
    case "AlreadySubmitted": {
      const submittedBy = await named(details.submittedBy, asking);
      if (submittedBy === undefined) return error;
      const submittedAt = instant(details.submittedAt);
      const reason = { key: "submitted_by", ...submittedBy.said, ...(submittedAt && { submittedAt }) } as const;
      return new Refusal(name, reason, { ...details, submittedBy: submittedBy.person });
    }
    case "TaskTaken": {
      const assignee = await named(details.assigneeId, asking);
      if (assignee === undefined) return error;
      const reason = { key: "task_taken_by", name: assignee.person.name } as const;
      return new Refusal(name, reason, { ...details, assignee: assignee.person });
    }
    default:
      return error;
  }
}

async function named(personId: unknown, { person: asking, names }: Asking) {
  if (typeof personId !== "string") return undefined;
  const person = await names.person(personId);
  return { person, said: { name: person.name, you: person.id === asking.id } };
}

const instant = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

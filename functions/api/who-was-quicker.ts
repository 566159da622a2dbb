/**
 * Refusals because somebody else was quicker, told with that person's name and the reader's own time of day.
 * The domain knows people by their ids; here every other member of the refusal stays as it is.
 */
import type { Person } from "../../shared/contracts/items.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { momentsFor } from "../../shared/language/dates.ts";
import type { Names } from "./names.ts";

interface Reader {
  readonly person: Person;
  readonly names: Pick<Names, "person">;
  readonly now: Date;
}

/** The same error where nobody is to be named. */
export async function sayingWhoWasQuicker(error: unknown, reader: Reader): Promise<unknown> {
  if (!(error instanceof Refusal)) return error;
  const { details } = error;
  switch (error.name) {
    case "StaleDraft": {
      const savedBy = await named(details.savedBy, reader);
      if (savedBy === undefined) return error;
      const message = `${savedBy.words("You")} saved this draft ${at(details.savedAt, reader)}, after you opened it. What you typed is not lost: compare the two and save again.`;
      return new Refusal(error.name, message, { ...details, savedBy: savedBy.person });
    }
    case "AlreadySubmitted": {
      const submittedBy = await named(details.submittedBy, reader);
      if (submittedBy === undefined) return error;
      const message = `Already submitted by ${submittedBy.words("you")} ${at(details.submittedAt, reader)}.`;
      return new Refusal(error.name, message, { ...details, submittedBy: submittedBy.person });
    }
    case "TaskTaken": {
      const assignee = await named(details.assigneeId, reader);
      if (assignee === undefined) return error;
      const message = `${assignee.person.name} has this task already.`;
      return new Refusal(error.name, message, { ...details, assignee: assignee.person });
    }
    default:
      return error;
  }
}

async function named(personId: unknown, { person: reader, names }: Reader) {
  if (typeof personId !== "string") return undefined;
  const person = await names.person(personId);
  return { person, words: (you: string) => (person.id === reader.id ? you : person.name) };
}

function at(instant: unknown, { person, now }: Reader): string {
  if (typeof instant !== "string") return "meanwhile";
  // The refusal around it is English, whatever the person reads elsewhere.
  return momentsFor("en", person.country, now)(instant);
}

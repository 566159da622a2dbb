/** What stories look at: refusals, the outbox, the timeline, tasks by kind. */
import { ApiProblem } from "../../shared/contracts/client.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import type { MessageKind } from "../../shared/domain/notifications.ts";
import { wordingIn } from "../support/mail-wording.ts";
import type { Journey } from "./main-job.ts";

export const DAY_MS = 24 * 60 * 60 * 1000;

type Mail = OutputOf<"listMails">["mails"][number];

/** The problem document a call is answered with; throws when it is not refused. */
export async function refusalOf(call: Promise<unknown>): Promise<ApiProblem> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiProblem) return error;
    throw error;
  }
  throw new Error("The call was not refused.");
}

/** Every mail of the programme, oldest first. */
export async function allMails(journey: Journey): Promise<readonly Mail[]> {
  const mails: Mail[] = [];
  let cursor: string | undefined;
  do {
    const page = await journey.as("coordinator")("listMails", { query: cursor === undefined ? {} : { cursor } });
    mails.push(...page.mails);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return mails.toReversed();
}

/** Who got a mail that says this in its subject, each in their language; one entry a mail, in order of name. */
export const receiversOf = (mails: readonly Mail[], kind: MessageKind, name?: string): readonly string[] =>
  mails
    .filter((mail) => wordingIn(mail, kind, name) !== undefined)
    .map(({ person }) => person.id)
    .sort();

/** What happened to the pilot, oldest first. */
export async function timelineOf(journey: Journey, reader = journey.as("coordinator")) {
  const { entries } = await reader("getTimeline", { params: { pilotId: journey.pilotId }, query: { limit: 500 } });
  return entries.toReversed();
}

export async function deliverableIn(journey: Journey, deliverableId: string) {
  const { deliverables } = await journey.pilot();
  const found = deliverables.find(({ id }) => id === deliverableId);
  if (found === undefined) throw new Error(`The pilot has no ${deliverableId}.`);
  return found;
}

export const isOpen = ({ status }: OutputOf<"getPilot">["tasks"][number]): boolean =>
  ["created", "ready", "reserved", "in_progress", "suspended"].includes(status);

/** Mails found by what they say, in whatever language their reader is written to. */
import type { MessageKind } from "../../shared/domain/notifications.ts";
import type { About, Message, MessageOf, Wording } from "../../shared/language/catalogue.ts";
import { catalogueFor, processWords, spokenLanguages } from "../../shared/language/languages.ts";

/** A text of the process as each language says it. */
export const inEveryLanguage = (text: string): readonly string[] =>
  spokenLanguages.map((language) => processWords(language)?.[text] ?? text);

/** How a mail says a message of this kind, if it does; `name` is the English name of what it is about. */
export function wordingIn(
  { subject }: { readonly subject: string },
  kind: MessageKind,
  name = "",
): Wording | undefined {
  return spokenLanguages
    .map((language) => wordingOf(language, kind, processWords(language)?.[name] ?? name))
    .find((wording) => subject.includes(wording.subject));
}

const dueAt = "2027-03-10T12:00:00.000Z";
/** What any kind of message may name. */
const members = {
  ...{ taskId: "any.produce.1", deliverableId: "any", runId: "any", personId: "any", taskIds: [], dueAt },
  ...{ subject: { deliverableId: "any" }, deliverables: [{ deliverableId: "any", dueAt }] },
  ...{ moved: [], conditions: [], decision: "advance", yours: true, isYours: true, reached: false, mayResume: true },
} as const;

function wordingOf(language: string, kind: MessageKind, name: string): Wording {
  const named = () => name;
  const about: About = {
    ...{ nameOf: named, deliverableName: named, stageName: named, questionTitle: named },
    ...{ dateOf: () => "", dueOf: () => "" },
  };
  // The members are those of every kind together.
  return wordingFor(language, { kind, ...members } as Message, about);
}

function wordingFor<Kind extends MessageKind>(language: string, message: MessageOf<Kind>, about: About): Wording {
  // The catalogue is keyed by the literal kind of the message, which TypeScript does not follow through a union.
  const wording = catalogueFor(language).messages[message.kind as Kind] as (
    message: MessageOf<Kind>,
    about: About,
  ) => Wording;
  return wording(message, about);
}

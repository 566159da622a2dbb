/** What surrounds every mail about pilots: a subject that fits a list of mails, and why the mail came. */
import type { Catalogue } from "./catalogue.ts";

type Mail = Catalogue["mail"];

/** RFC 5322, 2.1.1: what a line should not exceed. */
const MAX_SUBJECT = 78;
/** A title cut further would name nothing. */
const MIN_TITLE = 12;

/** A long title of the pilot is cut, so that what the mail is about can be read. */
export function subjectOf(
  mail: Mail,
  subject: string,
  pilot: { readonly title: string; readonly sample: boolean },
): string {
  const whole = mail.subject(subject, pilot);
  const kept = Math.max(MIN_TITLE, pilot.title.length - (whole.length - MAX_SUBJECT) - 1);
  if (whole.length <= MAX_SUBJECT || kept >= pilot.title.length) return whole;
  return mail.subject(subject, { ...pilot, title: `${pilot.title.slice(0, kept).replace(/[^\p{L}\p{N}]+$/u, "")}…` });
}

/** `link`: to a pilot, as in the mail's notices. */
export function textWithWhy(mail: Mail, text: string, link: string): string {
  const portalUrl = link.slice(0, link.indexOf("/pilots/"));
  return `${text}\n${mail.why(`${portalUrl}/settings`)}\n`;
}

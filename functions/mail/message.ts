/**
 * What both mailers give to the library that writes MIME: headers for people's mail programs, and nothing to run, load or
 * track. Long lines and letters beyond ASCII are the library's work.
 */
import { createHash } from "node:crypto";
import type { MailComposerOptions } from "nodemailer/lib/mail-composer";
import { MailRefused, type OutgoingMail } from "../../shared/ports/mailer.ts";

/** Our own name for the mail; SES gives a Message-ID of its own, so receivers and bounces need another one. */
export const MAIL_KEY_HEADER = "Fairway-Mail";

/** The library would read a list into several receivers. */
const ONE_ADDRESS = /^[^\s@,;:<>()"[\]\\]+@[^\s@,;:<>()"\\]+$/;

/** @throws MailRefused when `to` is not one plain address */
export function messageOf(mail: OutgoingMail, from: string): MailComposerOptions {
  const { key, to, subject, text, language, settingsUrl } = mail;
  if (!ONE_ADDRESS.test(to)) throw new MailRefused("This is not one address that mail can be sent to.");
  return {
    from,
    to,
    subject,
    text,
    messageId: messageIdOf(key, from),
    headers: {
      // RFC 3834: nobody's holiday reply is wanted.
      "Auto-Submitted": "auto-generated",
      "Content-Language": language,
      [MAIL_KEY_HEADER]: encodeURIComponent(key),
      ...(settingsUrl === undefined ? {} : { "List-Unsubscribe": `<${settingsUrl}>` }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

export function messageIdOf(key: string, from: string): string {
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? "fairway.invalid";
  return `<${createHash("sha256").update(key).digest("hex").slice(0, 40)}@${domain}>`;
}

/** The embedded system's mailer: one SMTP server, which carries mails on from there. */
import { createTransport } from "nodemailer";
import { messageOf } from "../../functions/mail/message.ts";
import { type Mailer, MailRefused } from "../../shared/ports/mailer.ts";

export interface SmtpOptions {
  /** Such as "smtps://user:password@mail.example:465"; "smtp:" speaks TLS when the server offers it. */
  readonly url: string;
  /** An address, or "Name <address>". */
  readonly from: string;
}

const SECOND_MS = 1000;

export function createSmtpMailer({ url, from }: SmtpOptions): Mailer {
  const transport = createTransport({
    url,
    // Together below the two minutes for which `deliver` keeps others from trying.
    connectionTimeout: 10 * SECOND_MS,
    greetingTimeout: 10 * SECOND_MS,
    socketTimeout: 30 * SECOND_MS,
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail(messageOf(mail, from));
      } catch (error) {
        throw isFinal(error) ? new MailRefused(error.message, { cause: error }) : error;
      }
    },
  };
}

/**
 * A 5xx answer to the receiver or to the content is about this mail. One to the greeting, the password or the sender is
 * about the set-up, which somebody will put right.
 */
function isFinal(error: unknown): error is Error {
  if (!(error instanceof Error) || !("responseCode" in error) || !("command" in error)) return false;
  const isAboutThisMail = error.command === "RCPT TO" || error.command === "DATA";
  return isAboutThisMail && Number(error.responseCode) >= 500;
}

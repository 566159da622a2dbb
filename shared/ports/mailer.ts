/**
 * Hands mails to a mail server. Adapters: `local/mail/smtp-mailer.ts` (SMTP) and `functions/adapters/ses-mailer.ts` (AWS).
 *
 * Handing over cannot be undone and cannot be asked for afterwards: whoever does not learn the end of an attempt does not
 * know whether the server has the mail. `key` lets receivers recognise a repeat.
 */
export interface OutgoingMail {
  /** The same for every attempt at the same mail. */
  readonly key: string;
  readonly to: string;
  readonly subject: string;
  /** Plain text, lines as long as they like. */
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  /** Where the person chooses what is mailed to them; absent for what nobody can turn off. */
  readonly settingsUrl?: string;
}

export interface Mailer {
  /**
   * Resolves when the server has taken the mail over.
   * @throws MailRefused when it never will; any other error may have passed by the next attempt
   */
  send(mail: OutgoingMail): Promise<void>;
}

export class MailRefused extends Error {
  override name = "MailRefused" as const;
}

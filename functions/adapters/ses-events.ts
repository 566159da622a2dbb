/** What SES tells through EventBridge of mails it took over and could not bring, in Fairway's words. */
import * as z from "zod";
import type { ReturnedMail } from "../events/mail-returned.ts";
import { MAIL_KEY_HEADER } from "../mail/message.ts";

const recipient = z.object({ emailAddress: z.string(), diagnosticCode: z.string().optional() });

const detail = z.object({
  mail: z.object({
    destination: z.array(z.string()).default([]),
    headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  }),
  bounce: z.object({ bounceType: z.string(), bouncedRecipients: z.array(recipient).default([]) }).optional(),
  complaint: z
    .object({ complainedRecipients: z.array(recipient).default([]), complaintFeedbackType: z.string().optional() })
    .optional(),
  reject: z.object({ reason: z.string().optional() }).optional(),
});

/** Throws ZodError for what is no event of SES; undefined for events about mails that did arrive. */
export function returnedMailOf(event: { readonly detail: unknown }): ReturnedMail | undefined {
  const { mail, bounce, complaint, reject } = detail.parse(event.detail);
  const key = mail.headers.find(({ name }) => name.toLowerCase() === MAIL_KEY_HEADER.toLowerCase())?.value;
  const common = key === undefined ? {} : { mailId: decodeURIComponent(key.trim()) };
  const addressesOf = (recipients: readonly { readonly emailAddress: string }[]) =>
    (recipients.length > 0 ? recipients.map(({ emailAddress }) => emailAddress) : mail.destination).map(plain);
  if (bounce !== undefined) {
    const answer = bounce.bouncedRecipients.find(({ diagnosticCode }) => diagnosticCode)?.diagnosticCode;
    return {
      ...common,
      cause: "bounce",
      addresses: addressesOf(bounce.bouncedRecipients),
      // "Transient": a full mailbox may have room again. "Undetermined": nobody knows.
      isForGood: bounce.bounceType === "Permanent",
      ...(answer === undefined ? {} : { answer }),
    };
  }
  if (complaint !== undefined) {
    const answer = complaint.complaintFeedbackType;
    return {
      ...common,
      cause: "complaint",
      addresses: addressesOf(complaint.complainedRecipients),
      isForGood: true,
      ...(answer === undefined ? {} : { answer }),
    };
  }
  if (reject !== undefined) {
    const { reason } = reject;
    return { ...common, cause: "refused", addresses: [], isForGood: false, ...(reason ? { answer: reason } : {}) };
  }
  return undefined;
}

/** "Anna <anna@example.org>" as "anna@example.org". */
const plain = (address: string): string => (/<([^<>]+)>/.exec(address)?.[1] ?? address).trim().toLowerCase();

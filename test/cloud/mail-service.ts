/** SES behind the front door: takes mails over, and tells of those that come back through the default event bus. */
import { randomUUID } from "node:crypto";
import { MAIL_KEY_HEADER } from "../../functions/mail/message.ts";
import { arn } from "./account.ts";
import type { AwsService } from "./front-door.ts";
import type { Usage } from "./usage.ts";

export interface SentMail {
  readonly to: string;
  /** Fairway's own name for it. */
  readonly key: string;
}

/** As with SES itself, mails to this address come back. */
export const BOUNCING_ADDRESS = "bounce@simulator.amazonses.com";

interface SendEmail {
  readonly FromEmailAddress: string;
  readonly Destination: { readonly ToAddresses: readonly string[] };
  readonly Content: { readonly Raw: { readonly Data: string } };
  readonly ConfigurationSetName: string;
}

export interface MailService extends AwsService {
  readonly sent: readonly SentMail[];
  /** Takes no mail over while it is paused, as SES does with an account that is looked into. */
  pause(paused: boolean): void;
}

export function mailService({
  usage,
  now,
  putEvent,
}: {
  readonly usage: Usage;
  readonly now: () => Date;
  /** Hands an event to the default bus. */
  readonly putEvent: (event: Readonly<Record<string, unknown>>) => void;
}): MailService {
  const sent: SentMail[] = [];
  let isPaused = false;

  function comesBack({ to, key }: SentMail, configurationSet: string): void {
    putEvent({
      version: "0",
      id: randomUUID(),
      source: "aws.ses",
      "detail-type": "Email Bounced",
      time: now().toISOString(),
      detail: {
        eventType: "Bounce",
        mail: {
          destination: [to],
          headers: [{ name: MAIL_KEY_HEADER, value: key }],
          tags: { "ses:configuration-set": [configurationSet] },
        },
        bounce: {
          bounceType: "Permanent",
          bouncedRecipients: [{ emailAddress: to, diagnosticCode: "smtp; 550 5.1.1 user unknown" }],
        },
      },
    });
  }

  return {
    sent,
    pause(paused) {
      isPaused = paused;
    },
    rightsFor({ operation, body }) {
      if (operation !== "POST /v2/email/outbound-emails") throw new Error(`${operation} of SES is not in the model.`);
      const { FromEmailAddress: from, ConfigurationSetName: configurationSet }: SendEmail = JSON.parse(body);
      const context = { "ses:FromAddress": from };
      const resources = [
        arn("ses", `identity/${from.slice(from.lastIndexOf("@") + 1)}`),
        arn("ses", `configuration-set/${configurationSet}`),
      ];
      // A message that comes whole is checked against both.
      return ["ses:SendEmail", "ses:SendRawEmail"].flatMap((action) =>
        resources.map((resource) => ({ action, resource, context })),
      );
    },
    async answer({ body }) {
      if (isPaused) {
        const name = "SendingPausedException";
        return { status: 400, body: JSON.stringify({ message: name }), headers: { "x-amzn-errortype": name } };
      }
      const { Destination, Content, ConfigurationSetName }: SendEmail = JSON.parse(body);
      const [to = ""] = Destination.ToAddresses;
      const mime = Buffer.from(Content.Raw.Data, "base64").toString("utf8");
      const mail = { to, key: headerOf(mime, MAIL_KEY_HEADER) };
      sent.push(mail);
      usage.counts.mails += 1;
      usage.counts.mailBytes += mime.length;
      if (to === BOUNCING_ADDRESS) comesBack(mail, ConfigurationSetName);
      return { status: 200, body: JSON.stringify({ MessageId: randomUUID() }) };
    },
  };
}

/** A header's value; long ones are folded into several lines. */
function headerOf(mime: string, name: string): string {
  const unfolded = mime.replaceAll(/\r?\n[ \t]+/g, " ");
  return new RegExp(`^${name}: *(.+?)\\r?$`, "im").exec(unfolded)?.[1]?.trim() ?? "";
}

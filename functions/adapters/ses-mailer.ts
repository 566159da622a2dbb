/** The mailer on AWS. SES gives each message a Message-ID of its own, so repeats share `MAIL_KEY_HEADER` only. */
import { BadRequestException, MessageRejected, type SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import MailComposer from "nodemailer/lib/mail-composer";
import { type Mailer, MailRefused } from "../../shared/ports/mailer.ts";
import { messageOf } from "../mail/message.ts";

export function createSesMailer({
  client,
  from,
  configurationSet,
}: {
  readonly client: SESv2Client;
  /** An address of the verified identity. */
  readonly from: string;
  /** Tells what comes back (`functions/adapters/ses-events.ts`). */
  readonly configurationSet: string;
}): Mailer {
  return {
    async send(mail) {
      const Data = await new MailComposer({ ...messageOf(mail, from), newline: "win" }).compile().build();
      try {
        await client.send(
          new SendEmailCommand({
            FromEmailAddress: from,
            Destination: { ToAddresses: [mail.to] },
            Content: { Raw: { Data } },
            ConfigurationSetName: configurationSet,
          }),
        );
      } catch (error) {
        // Whatever else SES says (too fast, paused, identity not verified yet) passes or is put right.
        const isFinal = error instanceof MessageRejected || error instanceof BadRequestException;
        throw isFinal ? new MailRefused(error.message, { cause: error }) : error;
      }
    },
  };
}

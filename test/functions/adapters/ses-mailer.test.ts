import { MessageRejected, SESv2Client, SendEmailCommand, TooManyRequestsException } from "@aws-sdk/client-sesv2";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeEach, expect, test } from "vitest";
import { createSesMailer } from "../../../functions/adapters/ses-mailer.ts";
import { messageIdOf } from "../../../functions/mail/message.ts";
import { MailRefused } from "../../../shared/ports/mailer.ts";

const ses = mockClient(SESv2Client);
const from = "noreply@fairway.example";
const mailer = createSesMailer({
  client: new SESv2Client({ region: "eu-north-1" }),
  from,
  configurationSet: "fairway-test",
});
const mail = {
  key: "PILOT#pilot/2/anna",
  to: "anna@example.org",
  subject: "Läbivaatus",
  text: "Tere!\n",
  language: "et",
  settingsUrl: "https://fairway.example/settings",
};

beforeEach(() => {
  ses.reset();
  ses.on(SendEmailCommand).resolves({ MessageId: "0100" });
});
afterAll(() => ses.restore());

test("gives SES the whole message, one receiver, and the set that tells what comes back", async () => {
  await mailer.send(mail);
  const [call] = ses.commandCalls(SendEmailCommand);
  const { Content, ...envelope } = call?.args[0].input ?? {};
  expect(envelope).toEqual({
    FromEmailAddress: from,
    Destination: { ToAddresses: ["anna@example.org"] },
    ConfigurationSetName: "fairway-test",
  });
  const [head = "", body] = Buffer.from(Content?.Raw?.Data ?? [])
    .toString("utf8")
    .split("\r\n\r\n");
  const headers = head.replaceAll("\r\n ", " ").split("\r\n");
  expect(headers).toEqual(
    expect.arrayContaining([
      "To: anna@example.org",
      "Auto-Submitted: auto-generated",
      "Content-Language: et",
      "List-Unsubscribe: <https://fairway.example/settings>",
      "Fairway-Mail: PILOT%23pilot%2F2%2Fanna",
      `Message-ID: ${messageIdOf(mail.key, from)}`,
    ]),
  );
  expect(body).toBe("Tere!\r\n");
});

test("takes what SES rejects for refused, and everything else for a passing trouble", async () => {
  ses.on(SendEmailCommand).rejects(new MessageRejected({ $metadata: {}, message: "Not verified." }));
  await expect(mailer.send(mail)).rejects.toThrow(MailRefused);
  ses.on(SendEmailCommand).rejects(new TooManyRequestsException({ $metadata: {}, message: "Slower." }));
  await expect(mailer.send(mail)).rejects.not.toThrow(MailRefused);
});

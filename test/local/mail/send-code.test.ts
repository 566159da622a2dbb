import { afterEach, beforeEach, expect, test } from "vitest";
import { createSendCode } from "../../../local/mail/send-code.ts";
import { createSmtpMailer } from "../../../local/mail/smtp-mailer.ts";
import { startSmtp, type TestSmtp } from "../../support/smtp.ts";
import { ADVISOR, OWNER } from "../identity/identity-system.ts";

let smtp: TestSmtp;
let printed: string[];
beforeEach(async () => {
  smtp = await startSmtp();
  printed = [];
});
afterEach(() => smtp[Symbol.asyncDispose]());

const sendCode = (pausesMs = [0, 0]) =>
  createSendCode({
    mailer: createSmtpMailer({ url: smtp.url, from: "noreply@fairway.example" }),
    print: (line) => printed.push(line),
    pausesMs,
  });

test("a code is mailed in the reader's language, and printed nowhere", async () => {
  await sendCode()({ ...OWNER, language: "fi" }, "012345");
  expect(smtp.received.map(({ to }) => to)).toEqual([[OWNER.email]]);
  expect(smtp.received[0]?.raw).toMatch(/^Subject: 012345 on Fairway-koodisi/m);
  expect(smtp.received[0]?.raw).toMatch(/^Content-Language: fi/m);
  expect(smtp.received[0]?.raw).not.toMatch(/^List-Unsubscribe/m);
  expect(printed).toEqual([]);
});

test("without a mail server, and for sample people, a code is printed and mailed to nobody", async () => {
  await createSendCode({ mailer: undefined, print: (line) => printed.push(line) })(OWNER, "012345");
  await sendCode()(ADVISOR, "543210");
  expect(printed).toEqual([`Sign-in code for ${OWNER.email}: 012345`, `Sign-in code for ${ADVISOR.email}: 543210`]);
  expect(smtp.calls()).toBe(0);
});

test("a server that does not take the code at once is asked again, and then no more", async () => {
  smtp.answer("message", 451);
  await expect(sendCode()(OWNER, "012345")).rejects.toThrow("451");
  expect(smtp.calls()).toBe(3);
});

test("a server that refuses it for good is not", async () => {
  smtp.answer("receiver", 550);
  await expect(sendCode()(OWNER, "012345")).rejects.toThrow("550");
  expect(smtp.calls()).toBe(1);
});

/** How a sign-in code reaches its person: by mail; printed, for whoever runs the machine, where that cannot be. */
import { setTimeout as pause } from "node:timers/promises";
import { signInCodeMail } from "../../functions/mail/sign-in-code.ts";
import { type Mailer, MailRefused } from "../../shared/ports/mailer.ts";
import type { Account } from "../identity/accounts.ts";
import { CODE_LIFETIME_MINUTES } from "../identity/mailed-codes.ts";

interface SendCodeOptions {
  readonly mailer: Mailer | undefined;
  readonly print: (line: string) => void;
  /** Between attempts; a code that comes after ten minutes is of no use. */
  readonly pausesMs?: readonly number[];
}

/** The answer rejects when the mail server did not take the code, having been asked several times. */
export function createSendCode({ mailer, print, pausesMs = [2000, 15_000, 60_000, 180_000] }: SendCodeOptions) {
  return async function sendCode(to: Account, code: string): Promise<void> {
    if (mailer === undefined || to.sample) {
      print(`Sign-in code for ${to.email}: ${code}`);
      return;
    }
    const mail = signInCodeMail(to, code, CODE_LIFETIME_MINUTES);
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await mailer.send(mail);
      } catch (error) {
        const pauseMs = pausesMs[attempt];
        if (error instanceof MailRefused || pauseMs === undefined) throw error;
        await pause(pauseMs, undefined, { ref: false });
      }
    }
  };
}

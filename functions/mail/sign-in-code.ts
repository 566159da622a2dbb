import { randomUUID } from "node:crypto";
import { catalogueFor } from "../../shared/language/languages.ts";
import type { OutgoingMail } from "../../shared/ports/mailer.ts";

/** Not for the outbox, which coordinators read: whoever has the code is that person for ten minutes. */
export function signInCodeMail(
  to: { readonly name: string; readonly email: string; readonly language: string },
  code: string,
  minutes: number,
): OutgoingMail {
  const { mail } = catalogueFor(to.language);
  return {
    key: `SIGN-IN#${randomUUID()}`,
    to: to.email,
    ...mail.signInCode(to.name, { code, minutes }),
    language: to.language,
  };
}

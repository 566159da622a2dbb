/** What did not work, in the chosen language: the server says why it refused, the portal what never reached it. */
import i18next from "i18next";
import { ApiProblem, NoConnection } from "../../shared/contracts/client.ts";
import { SessionEnded } from "../session.ts";

export function problemInWords(error: unknown): { readonly title: string; readonly message: string } {
  if (error instanceof ApiProblem) return { title: error.title, message: error.message };
  const { t } = i18next;
  const title = t("problem.title");
  if (error instanceof NoConnection) return { title, message: t("problem.noConnection") };
  if (error instanceof SessionEnded) return { title, message: t("session.ended") };
  return { title, message: error instanceof Error ? error.message : t("problem.tryAgain") };
}

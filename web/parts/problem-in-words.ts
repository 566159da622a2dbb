/** What did not work, in the chosen language as far as the portal knows it; the server explains its refusals in English. */
import i18next from "i18next";
import { ApiProblem, NoConnection } from "../../shared/contracts/client.ts";
import { SessionEnded } from "../session.ts";

const titles: ReadonlyMap<number, "notAllowed" | "notFound" | "changed" | "notPossible" | "notNow"> = new Map([
  [403, "notAllowed"],
  [404, "notFound"],
  [409, "changed"],
  [422, "notPossible"],
  [503, "notNow"],
]);

export function problemInWords(error: unknown): { readonly title: string; readonly message: string } {
  const { t, language } = i18next;
  const title = t("problem.title");
  if (error instanceof NoConnection) return { title, message: t("problem.noConnection") };
  if (error instanceof SessionEnded) return { title, message: `${t("session.ended")} ${t("session.kept")}` };
  if (!(error instanceof ApiProblem)) {
    return { title, message: error instanceof Error ? error.message : t("problem.tryAgain") };
  }
  const known = titles.get(error.status);
  return {
    title: known === undefined ? error.title : t(`problem.${known}`),
    message: error.kind === "NotFound" && language !== "en" ? t("problem.nothingThere") : error.message,
  };
}

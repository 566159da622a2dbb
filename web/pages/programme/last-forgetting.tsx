/** What the daily removal of old records did last. */
import { useTranslation } from "react-i18next";
import type { ProgrammeView } from "../../../shared/contracts/people-operations.ts";
import { dayInWords } from "../../language/format.ts";
import { Empty } from "../../parts/states.tsx";

export function LastForgetting({ last }: { readonly last: ProgrammeView["lastForgetting"] }) {
  const { t } = useTranslation("programme");
  if (last === undefined) return <Empty>{t("retention.never")}</Empty>;
  const { on, mails, notices, accesses, businessRecordsDue, aidRecordsDue } = last;
  const isDue = businessRecordsDue > 0 || aidRecordsDue > 0;
  return (
    <div className={isDue ? "notice" : undefined}>
      <p>{t("retention.last", { day: dayInWords(on) })}</p>
      <ul>
        <li>{t("retention.mails", { count: mails })}</li>
        <li>{t("retention.notices", { count: notices })}</li>
        <li>{t("retention.accesses", { count: accesses })}</li>
        <li>{t("retention.business", { count: businessRecordsDue })}</li>
        <li>{t("retention.aid", { count: aidRecordsDue })}</li>
      </ul>
      {isDue ? <p>{t("retention.due")}</p> : null}
    </div>
  );
}

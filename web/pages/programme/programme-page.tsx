/** What the programme has set: amounts, days off, durations, reminders; who changed what when and why. */
import { useTranslation } from "react-i18next";
import type { ProgrammeView } from "../../../shared/contracts/people-operations.ts";
import type { ProcessVersionView } from "../../../shared/contracts/process-operations.ts";
import { useOperation } from "../../api/queries.ts";
import { countryName, dayInWords, minuteInWords } from "../../language/format.ts";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { ChangeLines } from "./change-lines.tsx";
import { SettingsForm } from "./settings-form.tsx";

export function ProgrammePage() {
  const { t } = useTranslation(["programme", "common"]);
  const { me } = usePortal();
  const { data, error, refetch } = useOperation("getProgramme", {});
  const versions = useOperation("listProcessVersions", {});
  const process = versions.data?.versions.find(({ newest }) => newest);
  const mayChange = me.acting.role === "coordinator" || me.acting.role === "administrator";
  const reload = () => void Promise.all([refetch(), versions.refetch()]);
  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      {data === undefined || process === undefined ? (
        <Waiting error={error ?? versions.error} reload={reload} />
      ) : (
        <>
          <p>
            <strong>{data.name}</strong>,{" "}
            {t("dates", { from: dayInWords(data.startsOn), until: dayInWords(data.endsOn) })}
          </p>
          <p className="help">{t("office", { country: countryName(data.parameters.country) })}</p>
          <p>
            <PageLink to="/programme/process">{t("toProcess")}</PageLink>
          </p>
          <p className="help">{t(mayChange ? "help" : "readOnly")}</p>
          <SettingsForm
            programme={data}
            process={process}
            mayChange={mayChange}
            reload={async () => void (await refetch())}
          />
          <History changes={data.changes} process={process} />
        </>
      )}
    </>
  );
}

function History(props: { readonly changes: ProgrammeView["changes"]; readonly process: ProcessVersionView }) {
  const { t } = useTranslation("programme");
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t("history.title")}</h2>
      {props.changes.length === 0 ? <Empty>{t("history.empty")}</Empty> : null}
      <ul className="cards">
        {props.changes.map(({ at, by, reason, changes }) => (
          <li key={at}>
            <p className="what">{t("history.by", { name: by.name, time: minuteInWords(at) })}</p>
            <ChangeLines changes={changes} process={props.process} />
            <p className="quiet">{t("history.reason", { reason })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where those arrive who are given no tasks: what waits for an administrator, and what each of their pages is for. */
import { useTranslation } from "react-i18next";
import { useOperation } from "../../api/queries.ts";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { navigationFor } from "../../shell/navigation.ts";

export function StartPage() {
  const { t } = useTranslation(["start", "common"]);
  const { role } = usePortal().me.acting;
  const isAdministrator = role === "administrator";
  return (
    <>
      <PageHeading>{t("common:nav.start")}</PageHeading>
      <p>{t(isAdministrator ? "lead.administrator" : "lead.auditor")}</p>
      {isAdministrator ? <WhatWaits /> : null}
      <section aria-labelledby="pages">
        <h2 id="pages">{t("pages")}</h2>
        <ul className="cards">
          {navigationFor(role).flatMap(({ name, link }) =>
            name === "start" || name === "tasks" || name === "team" ? (
              []
            ) : (
              <li key={name}>
                <p className="what">
                  <PageLink {...link}>{t(`common:nav.${name}`)}</PageLink>
                </p>
                <p className="quiet">{t(`page.${name}`)}</p>
              </li>
            ),
          )}
        </ul>
      </section>
    </>
  );
}

/** What an administrator has to see to. Where Step Functions is not embedded its console tells of executions. */
function WhatWaits() {
  const { t } = useTranslation("start");
  const erasures = useOperation("listErasures", {});
  const failed = useOperation("listExecutions", { params: { stateMachine: "stage-run" }, query: { status: "FAILED" } });
  const timedOut = useOperation("listExecutions", {
    params: { stateMachine: "stage-run" },
    query: { status: "TIMED_OUT" },
  });
  const outbox = useOperation("listMails", { query: {} });
  const granted = erasures.data?.erasures.filter(({ status }) => status === "granted").length ?? 0;
  const failures = failed.data?.executions.length ?? 0;
  const timeouts = timedOut.data?.executions.length ?? 0;
  const mails = outbox.data?.mails.filter(({ status }) => status === "failed" || status === "bounced").length ?? 0;
  const isAsked = [erasures, failed, timedOut, outbox].every(({ isPending }) => !isPending);
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t("waiting")}</h2>
      {isAsked && granted + failures + timeouts + mails === 0 ? <Empty>{t("nothing")}</Empty> : null}
      <ul className="cards">
        {granted === 0 ? null : (
          <li>
            <PageLink to="/people/erasures">{t("granted", { count: granted })}</PageLink>
          </li>
        )}
        {failures === 0 ? null : (
          <li>
            <PageLink to="/states" search={{ status: "FAILED" }}>
              {t("failed", { count: failures })}
            </PageLink>
          </li>
        )}
        {timeouts === 0 ? null : (
          <li>
            <PageLink to="/states" search={{ status: "TIMED_OUT" }}>
              {t("timedOut", { count: timeouts })}
            </PageLink>
          </li>
        )}
        {mails === 0 ? null : (
          <li>
            <PageLink to="/mails">{t("mails", { count: mails })}</PageLink>
          </li>
        )}
      </ul>
    </section>
  );
}

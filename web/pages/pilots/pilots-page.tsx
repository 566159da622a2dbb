/** The pilots a person may see; for those who watch the programme, its pipeline in numbers. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommand, useOperation, usePages } from "../../api/queries.ts";
import { countryName, dayInWords, numberInWords } from "../../language/format.ts";
import { ActionButton, ActionForm, Input, textIn } from "../../parts/action.tsx";
import { Mark, Status } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { stageInWords, statusInWords } from "../../words.ts";

export function PilotsPage() {
  const { t } = useTranslation(["pilot", "common"]);
  const { me } = usePortal();
  const { role } = me.acting;
  const isCompany = role === "sme_admin" || role === "sme_member";
  const { data, error, refetch, hasNextPage, fetchNextPage } = usePages("listPilots", { query: {} });
  const pilots = data?.pages.flatMap((page) => page.pilots) ?? [];
  return (
    <>
      <PageHeading>{t("list.title")}</PageHeading>
      {role === "coordinator" || role === "auditor" || role === "advisor" ? <Pipeline /> : null}
      {isCompany ? <StartApplication /> : null}
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data !== undefined && pilots.length === 0 ? (
        <Empty>{isCompany ? t("list.emptyCompany") : t("list.empty")}</Empty>
      ) : null}
      <ul className="cards">
        {pilots.map((pilot) => (
          <li key={pilot.id}>
            <p className="what">
              <PageLink to="/pilots/$pilotId" params={{ pilotId: pilot.id }}>
                {pilot.title}
              </PageLink>
              <Status of={pilot.status} />
              {pilot.atRisk ? <Mark>{t("common:atRisk")}</Mark> : null}
            </p>
            <p className="quiet">
              {pilot.organisation.name} ·{" "}
              {pilot.market === undefined
                ? countryName(pilot.country)
                : t("common:route", { from: countryName(pilot.country), to: countryName(pilot.market) })}{" "}
              · {stageInWords(pilot.stage)}
              {pilot.stageStatus === undefined ? "" : ` (${statusInWords(pilot.stageStatus).toLowerCase()})`} ·{" "}
              {t("list.applied", { day: dayInWords(pilot.appliedAt) })}
            </p>
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <ActionButton act={async () => void (await fetchNextPage({ throwOnError: true }))}>
          {t("common:showMore")}
        </ActionButton>
      ) : null}
    </>
  );
}

function Pipeline() {
  const { t } = useTranslation(["pilot", "common"]);
  const { data } = useOperation("getPipeline", {});
  if (data === undefined) return null;
  const byStage = Map.groupBy(data.stages, ({ stage }) => stage);
  return (
    <section aria-label={t("pipeline.title")}>
      <h2>{data.programmeName}</h2>
      <dl className="figures">
        <Figure name={t("pipeline.pilots")} value={data.pilots} />
        <Figure name={t("pipeline.atRisk")} value={data.atRisk} />
        <Figure name={t("pipeline.onHold")} value={data.onHold} />
        <Figure name={t("pipeline.openTasks")} value={data.openTasks} />
        <Figure name={t("pipeline.overdueTasks")} value={data.overdueTasks} />
      </dl>
      <ul className="pipeline">
        {[...byStage].map(([stage, counts]) => (
          <li key={stage}>
            <strong>{stageInWords(stage)}</strong>
            {counts.map(({ status, pilots }) => (
              <span key={status}>
                {numberInWords(pilots)} {statusInWords(status).toLowerCase()}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{numberInWords(value)}</dd>
    </div>
  );
}

function StartApplication() {
  const { t } = useTranslation(["pilot", "common"]);
  const navigate = useNavigate();
  const start = useCommand("startApplication");
  // One id per open page: pressing twice, or again after a lost answer, starts one application.
  const [pilotId] = useState(() => crypto.randomUUID());
  return (
    <ActionForm
      title={t("start.title")}
      explanation={t("start.explanation")}
      confirm={t("start.confirm")}
      act={async (form) => {
        const pilot = await start.mutateAsync({ body: { pilotId, title: textIn(form, "title") } });
        const [application] = pilot.deliverables;
        if (application === undefined) await navigate({ to: "/pilots/$pilotId", params: { pilotId: pilot.id } });
        else {
          await navigate({
            to: "/pilots/$pilotId/deliverables/$deliverableId",
            params: { pilotId: pilot.id, deliverableId: application.id },
          });
        }
      }}
    >
      <Input type="text" name="title" label={t("start.name")} maxLength={330} />
    </ActionForm>
  );
}

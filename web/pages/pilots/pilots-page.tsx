/** The pilots a person may see: the pipeline for those who watch the programme, a list for those who take part. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommand, usePages } from "../../api/queries.ts";
import { dayInWords, inOrder } from "../../language/format.ts";
import { ActionForm, Input, textIn } from "../../parts/action.tsx";
import { isBeingPrepared, WhoHasTheBall } from "../../parts/ball.tsx";
import { FactsInLine } from "../../parts/facts.tsx";
import { Mark, Status } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { ShowMore } from "../../parts/show-more.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { besideTitle, routeInWords, stageInWords, stateOf } from "../../words.ts";
import { inOrderOfBall } from "./order-of-ball.ts";
import { Pipeline } from "./pipeline.tsx";

export function PilotsPage() {
  const { t } = useTranslation("pilot");
  const { me } = usePortal();
  const { role } = me.acting;
  if (role === "coordinator" || role === "auditor" || role === "advisor") return <Pipeline />;
  const isCompany = role === "sme_admin" || role === "sme_member";
  return (
    <>
      <PageHeading>{t("list.title")}</PageHeading>
      <OwnPilots isCompany={isCompany} />
    </>
  );
}

function OwnPilots({ isCompany }: { readonly isCompany: boolean }) {
  const { t } = useTranslation(["pilot", "common"]);
  const { me } = usePortal();
  const pages = usePages("listPilots", { query: {} });
  const { data, error, refetch } = pages;
  const pilots = inOrderOfBall(data?.pages.flatMap((page) => page.pilots) ?? [], me, inOrder);
  return (
    <>
      {isCompany && data !== undefined ? <StartApplication isFirst={pilots.length === 0} /> : null}
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
              <Status of={stateOf(pilot)} />
              {pilot.atRisk ? <Mark>{t("common:atRisk")}</Mark> : null}
            </p>
            <p className="quiet">
              <FactsInLine>
                {besideTitle(pilot.title, pilot.organisation.name)}
                {routeInWords(pilot)}
                {stageInWords(pilot.stage)}
                {t("common:applied", { day: dayInWords(pilot.appliedAt) })}
              </FactsInLine>
            </p>
            {pilot.ball === undefined && !isBeingPrepared(pilot) ? null : <WhoHasTheBall pilot={pilot} />}
          </li>
        ))}
      </ul>
      <ShowMore of={pages} />
    </>
  );
}

function StartApplication({ isFirst }: { readonly isFirst: boolean }) {
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
      isOpen={isFirst}
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

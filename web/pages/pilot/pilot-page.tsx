/** One pilot: where it stands, who has the ball, its work, its people, what happened. */
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { isEnded } from "../../../shared/domain/pilot/state.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { dayInWords, idsInWords, listInWords } from "../../language/format.ts";
import { ActionForm, TextArea, textIn } from "../../parts/action.tsx";
import { isBeingPrepared, WhoHasTheBall } from "../../parts/ball.tsx";
import { DeliverableLink } from "../../parts/deliverable-link.tsx";
import { FactsInLine } from "../../parts/facts.tsx";
import { DueDate, Mark, Status } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { PilotsLink } from "../../parts/pilot-trail.tsx";
import { ShortcutKeys } from "../../parts/shortcut-keys.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import {
  besideTitle,
  deliverableStatus,
  followUpId,
  isDue,
  routeInWords,
  someoneInWords,
  stageIds,
  stageInWords,
  stateOf,
} from "../../words.ts";
import { AgreementLink } from "../agreement/agreement-link.tsx";
import { byDueDay } from "../tasks/inbox.ts";
import { concerns, TaskCard } from "../tasks/task-card.tsx";
import { Admission } from "./admission.tsx";
import { Files } from "./files.tsx";
import { Glance } from "./glance.tsx";
import { Hours } from "./hours.tsx";
import { Notes } from "./notes.tsx";
import { PilotActions, useActionsOn } from "./pilot-actions.tsx";
import { EmptyIn, Section, type SectionLink, SectionNavigation } from "./sections.tsx";
import { Team } from "./team.tsx";
import { Timeline } from "./timeline.tsx";
import "./workspace.css";

/** The workflow opens the next tasks right after a change; until then the page looks again by itself. */
const lookAgainAfterMs = 1000;

export function PilotPage() {
  const { t } = useTranslation("pilot");
  const { pilotId } = useParams({ from: "/portal/pilots/$pilotId" });
  const {
    data: pilot,
    error,
    refetch,
  } = useOperation(
    "getPilot",
    { params: { pilotId } },
    { again: (answer) => (answer !== undefined && isBeingPrepared(answer) ? lookAgainAfterMs : false) },
  );
  if (pilot === undefined) {
    return (
      <>
        <PageHeading>{t("title")}</PageHeading>
        <Waiting error={error} reload={refetch} />
      </>
    );
  }
  return <Pilot pilot={pilot} />;
}

function Pilot({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation(["pilot", "workspace", "common"]);
  const { me } = usePortal();
  const openTasks = pilot.tasks.filter(isOpen).toSorted(byDueDay);
  const unmet = pilot.conditions.filter(({ metAt }) => metAt === undefined);
  const mayAct = useActionsOn(pilot).length > 0;
  const isCompany = me.acting.role === "sme_admin" || me.acting.role === "sme_member";
  const seesSupport = me.acting.role !== "sme_member" && pilot.status !== "applied" && pilot.status !== "rejected";
  const sections: readonly SectionLink[] = [
    { id: "tasks", title: t("tasks.title"), count: openTasks.length },
    { id: "conditions", title: t("conditions.title"), count: unmet.length },
    { id: "deliverables", title: t("deliverables.title") },
    { id: "notes", title: t("workspace:notes.title") },
    { id: "people", title: t("people.title") },
    ...(seesSupport ? [{ id: "hours", title: t("workspace:hours.title") }] : []),
    { id: "files", title: t("workspace:files.title") },
    ...(mayAct ? [{ id: "actions", title: t("actions") }] : []),
    { id: "timeline", title: t("timeline.title") },
  ];
  return (
    <>
      <PageHeading trail={[<PilotsLink key="pilots" />]}>{pilot.title}</PageHeading>
      <div className="wide">
        <p className="pilot-line">
          <Status of={stateOf(pilot)} /> {pilot.atRisk ? <Mark>{t("common:atRisk")}</Mark> : null}{" "}
          <FactsInLine>
            {besideTitle(pilot.title, pilot.organisation.name)}
            {routeInWords(pilot)}
          </FactsInLine>
        </p>
        <EarlierPilot pilot={pilot} />
        {pilot.ball === undefined && isEnded(pilot) ? null : <WhoHasTheBall pilot={pilot} />}
        {pilot.endReason === undefined ? null : <p className="notice">{t("ended", { reason: pilot.endReason })}</p>}
        <StageTrack pilot={pilot} />
        <Glance pilot={pilot} openTasks={openTasks.length} seesSupport={seesSupport} />
        {pilot.status === "applied" && pilot.may.includes("application.decide") ? <Admission pilot={pilot} /> : null}
        {isCompany ? null : <ShortcutKeys keys={["j", "k", "w", "h", "?"]} />}
        <SectionNavigation pilotId={pilot.id} sections={sections} />
        <div className="workspace">
          <div>
            <Section id="tasks" title={t("tasks.title")}>
              {openTasks.length === 0 ? <NothingToDo pilot={pilot} /> : null}
              <ul className="cards">
                {openTasks.map((task) => (
                  <li key={task.id}>
                    <TaskCard task={task} />
                  </li>
                ))}
              </ul>
            </Section>
            <Conditions pilot={pilot} />
            <Deliverables pilot={pilot} />
            <Notes pilot={pilot} />
          </div>
          <div>
            <Team pilot={pilot} />
            {seesSupport ? <Hours pilot={pilot} /> : null}
            <Files pilot={pilot} />
            <AgreementLink pilot={pilot} />
            <PilotActions pilot={pilot} />
            <Timeline pilot={pilot} />
          </div>
        </div>
      </div>
    </>
  );
}

function NothingToDo({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation(["pilot", "workspace", "common"]);
  const survey = pilot.followUps.find(({ deliverableId }) => deliverableId === undefined);
  if (survey !== undefined) return <Empty>{t("tasks.survey", { day: dayInWords(survey.opensAt) })}</Empty>;
  return <Empty>{t(isEnded(pilot) ? "tasks.ended" : "tasks.empty")}</Empty>;
}

/** The one the company gave up or had to, for those who may read it whoever was in its team. */
function EarlierPilot({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation(["pilot", "workspace"]);
  const { me } = usePortal();
  if (pilot.earlierPilotId === undefined || !seesAllPilots.has(me.acting.role)) return null;
  return (
    <p>
      <PageLink to="/pilots/$pilotId" params={{ pilotId: pilot.earlierPilotId }}>
        {t("workspace:earlierPilot")}
      </PageLink>
    </p>
  );
}

const seesAllPilots: ReadonlySet<string> = new Set(["sme_admin", "sme_member", "coordinator", "auditor"]);

const isOpen = ({ status }: PilotView["tasks"][number]) =>
  ["created", "ready", "reserved", "in_progress", "suspended"].includes(status);

function StageTrack({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation("pilot");
  const withoutRun = isEnded(pilot) ? "not_reached" : "planned";
  const steps = stageIds.map((id) => {
    const run = pilot.runs.findLast(({ stageId }) => stageId === id);
    return {
      id,
      run,
      status: id === "intake" ? intakeStatus(pilot) : run === undefined ? withoutRun : runStatus(pilot, run),
    };
  });
  return (
    <ol className="track" aria-label={t("stages")}>
      {steps.map(({ id, run, status }) => (
        <li key={id} className={status} aria-current={pilot.stage === id ? "step" : undefined}>
          <strong>{stageInWords(id)}</strong>
          <Status of={status} />
          {run?.hasGate !== true || status === "active" ? null : (
            <PageLink to="/pilots/$pilotId/gates/$runId" params={{ pilotId: pilot.id, runId: run.id }}>
              {t("gate")}
            </PageLink>
          )}
        </li>
      ))}
    </ol>
  );
}

function intakeStatus(pilot: PilotView): string {
  if (pilot.admittedAt !== undefined) return "passed";
  return pilot.status === "applied" ? "active" : pilot.status;
}

/** A run is stopped with its pilot, also by a withdrawal. */
function runStatus(pilot: PilotView, run: PilotView["runs"][number]): string {
  return run.status === "stopped" ? pilot.status : run.status;
}

/** By stage; the one the pilot is in stands open, the others are folded away. */
function Deliverables({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation(["pilot", "workspace"]);
  const stageOfRun = new Map<string, string>(pilot.runs.map(({ id, stageId }) => [id, stageId]));
  // What is of no stage has its place in place of the run.
  const byStage = Map.groupBy(pilot.deliverables, ({ runId }) => stageOfRun.get(runId) ?? runId);
  return (
    <Section id="deliverables" title={t("deliverables.title")}>
      {pilot.deliverables.length === 0 ? <EmptyIn pilot={pilot}>{t("deliverables.empty")}</EmptyIn> : null}
      {[...stageIds, followUpId].flatMap((id) => {
        const deliverables = byStage.get(id);
        if (deliverables === undefined) return [];
        return [
          <details key={id} className="stage" open={id === pilot.stage}>
            <summary>
              {stageInWords(id)}{" "}
              <span className="quiet">
                {t("workspace:deliverables.accepted", {
                  accepted: deliverables.filter(({ status }) => status === "accepted").length,
                  all: deliverables.length,
                })}
              </span>
            </summary>
            <ul className="cards">
              {deliverables.map((each) => (
                <li key={each.id}>
                  <DeliverableLine pilot={pilot} deliverable={each} />
                </li>
              ))}
            </ul>
          </details>,
        ];
      })}
    </Section>
  );
}

function DeliverableLine(props: {
  readonly pilot: PilotView;
  readonly deliverable: PilotView["deliverables"][number];
}) {
  const { t } = useTranslation(["pilot", "workspace", "common"]);
  const { pilot, deliverable } = props;
  const { id: pilotId, hold } = pilot;
  const { now } = usePortal();
  const isOver = hold === undefined && deliverable.dueAt < now().toISOString();
  return (
    <>
      <p className="what">
        <DeliverableLink pilot={pilot} deliverableId={deliverable.id}>
          {deliverable.name}
        </DeliverableLink>
        <Status of={deliverableStatus(pilot, deliverable)} />
        {deliverable.late ? <Mark>{t("common:late")}</Mark> : null}
        {deliverable.extensionRequest === undefined ? null : <Mark>{t("workspace:deliverables.moreTime")}</Mark>}
      </p>
      <p className="quiet">
        <FactsInLine>
          {idsInWords(deliverable.definitionId)}
          {t("deliverables.by", { who: listInWords(deliverable.deliveredBy.map(someoneInWords)) })}
          {isDue(deliverable) ? <DueDate at={deliverable.dueAt} isOver={isOver} isHeld={hold !== undefined} /> : null}
          {deliverable.revision > 0 && deliverable.mayRead ? (
            <PageLink
              to="/pilots/$pilotId/deliverables/$deliverableId"
              params={{ pilotId, deliverableId: deliverable.id }}
              search={{ revision: deliverable.revision }}
              aria-label={t("workspace:deliverables.of", { name: deliverable.name, revision: deliverable.revision })}
            >
              {t("workspace:deliverables.revision", { revision: deliverable.revision })}
            </PageLink>
          ) : null}
          {deliverable.waitsFor.length > 0
            ? t("common:waitsFor", { what: idsInWords(listInWords(deliverable.waitsFor)) })
            : null}
        </FactsInLine>
      </p>
    </>
  );
}

function Conditions({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation(["pilot", "workspace", "common"]);
  const { me } = usePortal();
  const meet = useCommand("meetCondition");
  return (
    <Section id="conditions" title={t("conditions.title")}>
      {pilot.conditions.length === 0 ? <EmptyIn pilot={pilot}>{t("workspace:conditions.empty")}</EmptyIn> : null}
      <ul className="cards">
        {pilot.conditions.map((condition) => (
          <li key={condition.id}>
            <p className="what">{condition.text}</p>
            <p className="quiet">
              <FactsInLine>
                {t("conditions.for", { who: someoneInWords(condition.ownerRole) })}
                {condition.metAt === undefined ? (
                  <DueDate at={condition.dueAt} isOver={condition.overdue} />
                ) : (
                  t("conditions.met", { day: dayInWords(condition.metAt), evidence: condition.evidence ?? "" })
                )}
              </FactsInLine>
            </p>
            {condition.metAt === undefined &&
            pilot.tasks.some((task) => task.conditionId === condition.id && concerns(me, task)) ? (
              <ActionForm
                title={t("conditions.show")}
                confirm={t("conditions.confirm")}
                act={async (form) => {
                  await meet.mutateAsync({
                    params: { pilotId: pilot.id, conditionId: condition.id },
                    body: { evidence: textIn(form, "evidence") },
                  });
                }}
              >
                <TextArea name="evidence" label={t("common:evidence")} help={t("conditions.evidenceHelp")} />
              </ActionForm>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** One deliverable: its form to fill in, to read or to review, and what was said about it. */
import { useQueryClient } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { DeliverableView, PilotView } from "../../../shared/contracts/views.ts";
import { isSettled } from "../../../shared/domain/pilot/state.ts";
import { useOperation } from "../../api/queries.ts";
import { FieldValue } from "../../form/field-value.tsx";
import { FormEditor } from "../../form/form-editor.tsx";
import { fieldsOf, visibleFields } from "../../form/form-model.ts";
import {
  dayInWords,
  dueDayInWords,
  idsInWords,
  listInWords,
  minuteInWords,
  numberInWords,
} from "../../language/format.ts";
import { Both } from "../../parts/both.tsx";
import { FactsInLine } from "../../parts/facts.tsx";
import { DueDate, Mark, Status } from "../../parts/labels.tsx";
import { focusHeading, PageHeading, PageLink } from "../../parts/page.tsx";
import { pilotTrail } from "../../parts/pilot-trail.tsx";
import { Empty } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { deliverableStatus, isDue, isHandedIn, someoneInWords } from "../../words.ts";
import { concerns, TaskCard } from "../tasks/task-card.tsx";
import { plays } from "../tasks/use-task-work.ts";
import { AskedForTime } from "./asked-for-time.tsx";
import { labelAt } from "./changes.tsx";
import { DeliverableActions, SkipProposal } from "./deliverable-actions.tsx";
import { DueDateChanges } from "./more-time.tsx";
import { Readers } from "./readers.tsx";
import { ReviewForm } from "./review-form.tsx";
import { RevisionOfDeliverable, Revisions } from "./revisions.tsx";
import { ToDoList } from "./to-do-list.tsx";

export function DeliverablePage() {
  const { t } = useTranslation("form");
  const { me } = usePortal();
  const params = useParams({ from: "/portal/pilots/$pilotId/deliverables/$deliverableId" });
  const { pilotId, deliverableId } = params;
  const { revision } = useSearch({ from: "/portal/pilots/$pilotId/deliverables/$deliverableId" });
  const queries = useQueryClient();
  const pilot = useOperation("getPilot", { params: { pilotId } });
  const deliverable = useOperation("getDeliverable", { params: { pilotId, deliverableId } });
  // The form speaks to the API itself; what it submitted is put in place of what was read.
  const onSubmitted = (view: DeliverableView) => {
    queries.setQueryData(["getDeliverable", { params: { pilotId, deliverableId } }], view);
    // The button that was pressed goes with the form.
    focusHeading();
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "getDeliverable" });
  };
  return (
    <Both title={t("deliverable")} first={pilot} second={deliverable}>
      {(ofPilot, view) => {
        if (revision !== undefined && revision <= view.revision) {
          return <RevisionOfDeliverable key={revision} pilot={ofPilot} view={view} revision={revision} />;
        }
        const tasks = ofPilot.tasks.filter((task) => task.deliverableId === deliverableId);
        const own = tasks.filter((task) => concerns(me, task));
        return (
          <Deliverable pilot={ofPilot} view={view} onSubmitted={onSubmitted}>
            {own.length === 0 ? (
              <Elsewhere tasks={tasks} view={view} />
            ) : (
              <ul className="cards">
                {own.map((task) => (
                  <li key={task.id}>
                    <TaskCard task={task} isHere isUnderReview={view.mayReview} />
                  </li>
                ))}
              </ul>
            )}
          </Deliverable>
        );
      }}
    </Both>
  );
}

/** Who works on it, for those who wait or may type too. */
function Elsewhere({ tasks, view }: { readonly tasks: PilotView["tasks"]; readonly view: DeliverableView }) {
  const { t } = useTranslation("form");
  const { me } = usePortal();
  const isReview = isHandedIn(view.status);
  const task = tasks.find(({ kind, status }) => kind === (isReview ? "review" : "produce") && isUnfinished(status));
  if (task === undefined) return null;
  const { assignee, candidateRole, dueAt } = task;
  if (isReview) {
    const who = assignee?.name ?? someoneInWords(candidateRole);
    return <p className="notice">{t("isReviewed", { who, day: dueDayInWords(dueAt) })}</p>;
  }
  const whose =
    assignee === undefined
      ? t("isOpenTo", { who: someoneInWords(candidateRole) })
      : t("isDoneBy", { name: assignee.name });
  if (!view.mayEdit) return <p className="help">{whose}</p>;
  const delivers = view.deliveredBy.some((role) => plays(me.acting.role, role));
  return (
    <p className="help">
      {whose} {t(delivers ? "youMayEdit" : "someFieldsAreYours")}
    </p>
  );
}

const isUnfinished = (status: PilotView["tasks"][number]["status"]): boolean =>
  status === "ready" || status === "reserved" || status === "in_progress";

function Deliverable(props: {
  readonly pilot: PilotView;
  readonly view: DeliverableView;
  readonly children: ReactNode;
  onSubmitted(view: DeliverableView): void;
}) {
  const { pilot, view } = props;
  const { t } = useTranslation(["form", "common"]);
  const { now } = usePortal();
  const isOver = pilot.hold === undefined && view.dueAt < now().toISOString();
  return (
    <>
      <PageHeading trail={pilotTrail(pilot)}>{view.name}</PageHeading>
      <p>
        <Status of={deliverableStatus(pilot, view)} />{" "}
        {isHandedIn(view.status) && view.late ? <Mark>{t("common:late")}</Mark> : null}{" "}
        <FactsInLine>
          {isDue(view) ? <DueDate at={view.dueAt} isOver={isOver} isHeld={pilot.hold !== undefined} /> : null}
          {view.revision > 0 ? t("common:revision", { revision: view.revision }) : null}
        </FactsInLine>
      </p>
      <p className="help">{idsInWords(t("purpose", { purpose: view.purpose, result: view.outputArtefact }))}</p>
      {view.waitsFor.length > 0 ? (
        <p className="notice">{t("waitsFor", { what: listInWords(view.waitsFor.map((id) => nameOf(pilot, id))) })}</p>
      ) : null}
      {/* What a review asked for is the first thing for those who change it; for a reviewer it is to begin. */}
      {view.mayEdit ? null : props.children}
      <LastReview view={view} />
      <ToAdmission pilot={pilot} view={view} />
      <ToDoList view={view} />
      {view.mayEdit ? props.children : null}
      <SkipProposal pilot={pilot} view={view} />
      <AskedForTime pilot={pilot} view={view} />
      {view.mayEdit ? (
        // The first save makes a form "in progress": what is being typed and sent goes on.
        <FormEditor key={view.revision} pilot={pilot} view={view} onSubmitted={props.onSubmitted} />
      ) : view.mayReview && view.submitted !== undefined ? (
        <ReviewForm key={view.revision} pilot={pilot} view={view} />
      ) : (
        <Answers view={view} />
      )}
      <DeliverableActions pilot={pilot} view={view} />
      <DueDateChanges pilot={pilot} view={view} />
      <Revisions pilotId={pilot.id} view={view} />
      <Readers pilot={pilot} view={view} />
    </>
  );
}

const nameOf = (pilot: PilotView, deliverableId: string): string =>
  pilot.deliverables.find(({ id }) => id === deliverableId)?.name ?? deliverableId;

function Answers({ view }: { readonly view: DeliverableView }) {
  const { t } = useTranslation("form");
  const values = view.submitted?.values ?? view.draft?.values;
  const fields = useMemo(() => fieldsOf(view.schema, view.organisations), [view.schema, view.organisations]);
  if (values === undefined) {
    // A draft is not sent to everybody who reads.
    const isBegun = view.draftVersion > 0;
    if (isSettled(view)) return <Empty>{t(isBegun ? "answers.neverSubmitted" : "answers.none")}</Empty>;
    const who = listInWords(view.deliveredBy.map(someoneInWords));
    return <Empty>{t(isBegun ? "answers.notSubmitted" : "answers.empty", { who })}</Empty>;
  }
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">
        {view.submitted === undefined ? t("answers.draft") : t("answers.title", { revision: view.submitted.revision })}
      </h2>
      {view.submitted === undefined ? null : (
        <p className="quiet">
          {t("answers.by", { name: view.submitted.by.name, time: minuteInWords(view.submitted.at) })}
        </p>
      )}
      {visibleFields(view.schema, fields, values).map((field) => (
        <div key={field.key} className="answer">
          <h3>{field.label}</h3>
          <FieldValue field={field} value={values[field.key]} />
        </div>
      ))}
    </section>
  );
}

/** An accepted application is not admitted yet: a coordinator decides that on the pilot's page. */
function ToAdmission({ pilot, view }: { readonly pilot: PilotView; readonly view: DeliverableView }) {
  const { t } = useTranslation("form");
  const isDecided = pilot.status !== "applied" || view.definitionId !== "IN-1" || view.status !== "accepted";
  if (isDecided || !pilot.may.includes("application.decide")) return null;
  return (
    <p>
      <PageLink to="/pilots/$pilotId" params={{ pilotId: pilot.id }} hash="admission" isButton>
        {t("toAdmission")}
      </PageLink>
    </p>
  );
}

function LastReview({ view }: { readonly view: DeliverableView }) {
  const { t } = useTranslation(["form", "common"]);
  const last = view.reviews.at(-1);
  // Once it is handed in again, the review is of a revision of the past: those who look at the new one still need it.
  if (last === undefined || (isHandedIn(view.status) && !view.mayReview)) return null;
  const said = view.reviewCriteria.filter(({ id }) => (last.criterionComments[id] ?? "") !== "");
  // Whoever works on it has them as a list of what to do, and whoever reviews it again beside the changes.
  const ofFields = view.mayEdit || view.mayReview ? [] : last.fieldComments;
  return (
    <section className="notice" aria-labelledby="review">
      <h2 id="review">{last.outcome === "accepted" ? t("lastReview.accepted") : t("lastReview.rework")}</h2>
      <p>
        {t("lastReview.by", {
          name: last.reviewer.name,
          day: dayInWords(last.at),
          percent: numberInWords(last.weightedPercent),
        })}
        {last.outcome === "rework" && view.mayEdit && view.openFields.length > 0
          ? ` ${t("lastReview.openFields")}`
          : ""}
      </p>
      {said.length + ofFields.length === 0 ? null : (
        <ul>
          {said.map(({ id, text }) => (
            <li key={id}>
              {t("lastReview.criterion", {
                criterion: text,
                points: last.points[id] ?? 0,
                comment: last.criterionComments[id] ?? "",
              })}
            </li>
          ))}
          {ofFields.map(({ pointer, text }) => (
            <li key={`${pointer} ${text}`}>
              {t("common:sentence", { first: labelAt(fieldsOf(view.schema), pointer), second: text })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

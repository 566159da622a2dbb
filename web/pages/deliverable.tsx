/** One deliverable: its form to fill in, to read or to review, and what was said about it. */
import { type ReactNode, useMemo } from "react";
import type { DeliverableView, PilotView } from "../../shared/contracts/views.ts";
import { FieldValue } from "../form/field-value.tsx";
import { FormEditor } from "../form/form-editor.tsx";
import { fieldsOf, visibleFields } from "../form/form-model.ts";
import { ActionForm, DueDate, Empty, Input, Link, PageHeading, Status, TextArea, textIn, Waiting } from "../parts.tsx";
import { useAnswer, usePortal } from "../portal.ts";
import { pathTo } from "../route.ts";
import { dayInWords, minuteInWords, processRoleWords } from "../words.ts";
import { ReviewForm } from "./review.tsx";
import { concerns, TaskCard } from "./tasks.tsx";

interface DeliverableProps {
  readonly pilot: PilotView;
  readonly view: DeliverableView;
  onChanged(view: DeliverableView): void;
}

export function DeliverablePage({
  pilotId,
  deliverableId,
}: {
  readonly pilotId: string;
  readonly deliverableId: string;
}) {
  const { me } = usePortal();
  const pilot = useAnswer("getPilot", { params: { pilotId } });
  const deliverable = useAnswer("getDeliverable", { params: { pilotId, deliverableId } });
  if (pilot.answer === undefined || deliverable.answer === undefined) {
    const reload = () => {
      pilot.reload();
      deliverable.reload();
    };
    return (
      <>
        <PageHeading>Deliverable</PageHeading>
        <Waiting error={pilot.error ?? deliverable.error} reload={reload} />
      </>
    );
  }
  const onChanged = (view: DeliverableView) => {
    deliverable.replace(view);
    pilot.reload();
  };
  const onTaskChanged = () => {
    pilot.reload();
    deliverable.reload();
  };
  const own = pilot.answer.tasks.filter((task) => task.deliverableId === deliverableId && concerns(me, task));
  return (
    <Deliverable pilot={pilot.answer} view={deliverable.answer} onChanged={onChanged}>
      {own.length === 0 ? null : (
        <ul className="cards">
          {own.map((task) => (
            <li key={task.id}>
              <TaskCard task={task} onChanged={onTaskChanged} />
            </li>
          ))}
        </ul>
      )}
    </Deliverable>
  );
}

function Deliverable({ pilot, view, onChanged, children }: DeliverableProps & { readonly children: ReactNode }) {
  const { now } = usePortal();
  const isOpen = !["accepted", "skipped", "cancelled"].includes(view.status);
  return (
    <>
      <PageHeading above={<Link to={pathTo.pilot(pilot.id)}>{pilot.title}</Link>}>{view.name}</PageHeading>
      <p>
        <Status of={view.status} />{" "}
        {isOpen ? <DueDate at={view.dueAt} isOver={view.dueAt < now().toISOString()} /> : null}
        {view.revision > 0 ? ` · revision ${view.revision}` : ""}
      </p>
      <p className="help">
        {view.purpose} Result: {view.outputArtefact}.
      </p>
      {view.waitsFor.length > 0 ? (
        <p className="notice">
          Can be submitted once these are accepted: {view.waitsFor.map((id) => nameOf(pilot, id)).join(", ")}.
        </p>
      ) : null}
      {children}
      <LastReview view={view} />
      <SkipProposal pilot={pilot} view={view} onChanged={onChanged} />
      {view.mayEdit ? (
        <FormEditor key={`${view.status} ${view.revision}`} pilot={pilot} view={view} onSubmitted={onChanged} />
      ) : view.mayReview && view.submitted !== undefined ? (
        <ReviewForm key={view.revision} pilotId={pilot.id} view={view} onReviewed={onChanged} />
      ) : (
        <Answers view={view} />
      )}
      <Operations pilot={pilot} view={view} onChanged={onChanged} />
    </>
  );
}

const nameOf = (pilot: PilotView, deliverableId: string): string =>
  pilot.deliverables.find(({ id }) => id === deliverableId)?.name ?? deliverableId;

function Answers({ view }: { readonly view: DeliverableView }) {
  const values = view.submitted?.values ?? view.draft?.values;
  const fields = useMemo(() => fieldsOf(view.schema), [view.schema]);
  if (values === undefined) {
    return (
      <Empty>
        Nothing filled in yet. The answers of {view.deliveredBy.map((role) => processRoleWords[role]).join(" and ")}{" "}
        appear here.
      </Empty>
    );
  }
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">{view.submitted === undefined ? "Draft" : `Answers of revision ${view.submitted.revision}`}</h2>
      {view.submitted === undefined ? null : (
        <p className="quiet">
          Submitted by {view.submitted.by.name}, {minuteInWords(view.submitted.at)}
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

function LastReview({ view }: { readonly view: DeliverableView }) {
  const last = view.reviews.at(-1);
  if (last === undefined) return null;
  const said = view.reviewCriteria.filter(({ id }) => (last.criterionComments[id] ?? "") !== "");
  return (
    <section className="notice" aria-labelledby="review">
      <h2 id="review">{last.outcome === "accepted" ? "Accepted" : "Sent back for rework"}</h2>
      <p>
        By {last.reviewer.name} on {dayInWords(last.at)}: {last.weightedPercent} of 100.
        {last.outcome === "rework" && view.mayEdit && view.openFields.length > 0
          ? " The fields named in the review are open again; the comments stand beside them."
          : ""}
      </p>
      {said.length === 0 ? null : (
        <ul>
          {said.map(({ id, text }) => (
            <li key={id}>
              {text} ({last.points[id]} of 4): {last.criterionComments[id]}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function SkipProposal({ pilot, view, onChanged }: DeliverableProps) {
  const { call, me } = usePortal();
  const { skipProposal } = view;
  if (skipProposal === undefined) return null;
  const params = { pilotId: pilot.id, deliverableId: view.id };
  const mayDecide = pilot.may.includes("deliverable.skip.decide") && skipProposal.by.id !== me.person.id;
  return (
    <section className="notice" aria-label="Proposal to leave it out">
      <p>
        {skipProposal.by.name} proposes to leave this out ({skipProposal.reason}): {skipProposal.note}
      </p>
      {mayDecide ? (
        <>
          <ActionForm
            title="Leave it out"
            explanation="The deliverable counts as skipped; the gate shows it with your name."
            confirm="Leave it out"
            act={async () => onChanged(await call("decideDeliverableSkip", { params, body: { approve: true } }))}
          />
          <ActionForm
            title="Keep it"
            confirm="Keep the deliverable"
            act={async (form) =>
              onChanged(
                await call("decideDeliverableSkip", {
                  params,
                  body: { approve: false, reason: textIn(form, "reason") },
                }),
              )
            }
          >
            <TextArea name="reason" label="Reason" />
          </ActionForm>
        </>
      ) : (
        <p>A coordinator decides.</p>
      )}
    </section>
  );
}

function Operations({ pilot, view, onChanged }: DeliverableProps) {
  const { call, me, now } = usePortal();
  const params = { pilotId: pilot.id, deliverableId: view.id };
  const { role } = me.acting;
  const mayAct = (action: string) => pilot.may.includes(action);
  const isOpen = ["not_started", "in_progress", "rework", "reopened"].includes(view.status);
  const tomorrow = new Date(now().getTime() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  return (
    <section aria-label="Actions">
      {view.status === "submitted" && view.submitted?.by.id === me.person.id && mayAct("deliverable.submit") ? (
        <ActionForm
          title="Take the submission back"
          explanation="Possible until the review begins. Your answers stay in the draft."
          confirm="Take back"
          act={async () => onChanged(await call("withdrawSubmission", { params, body: {} }))}
        />
      ) : null}
      {isOpen && mayAct("dueDate.ask") && role !== "advisor" && role !== "coordinator" ? (
        <ActionForm
          title="Ask for more time"
          confirm="Send request"
          act={async (form) =>
            onChanged(
              await call("requestExtension", {
                params,
                body: { until: textIn(form, "until"), reason: textIn(form, "reason") },
              }),
            )
          }
        >
          <Input type="date" name="until" label="New date" min={tomorrow} />
          <TextArea name="reason" label="Reason" />
        </ActionForm>
      ) : null}
      {isOpen && mayAct("dueDate.extend") ? (
        <ActionForm
          title="Give more time"
          explanation={
            role === "advisor"
              ? "Once, by 14 days at most. A coordinator may give more."
              : "Reminders move with the date."
          }
          confirm="Extend"
          act={async (form) =>
            onChanged(
              await call("extendDueDate", {
                params,
                body: { days: Number(textIn(form, "days")), reason: textIn(form, "reason"), kind: "extension" },
              }),
            )
          }
        >
          <Input type="number" name="days" label="Days" min={1} max={role === "advisor" ? 14 : 365} />
          <TextArea name="reason" label="Reason" />
        </ActionForm>
      ) : null}
      {isOpen &&
      view.skippable &&
      view.skipProposal === undefined &&
      mayAct("deliverable.skip.propose") &&
      (role === "advisor" || role === "coordinator") ? (
        <ActionForm
          title="Propose to leave it out"
          explanation="A coordinator other than you decides."
          confirm="Propose"
          act={async (form) =>
            onChanged(
              await call("proposeDeliverableSkip", {
                params,
                body: { reasonId: textIn(form, "reasonId"), note: textIn(form, "note") },
              }),
            )
          }
        >
          <fieldset>
            <legend>Reason</legend>
            {view.skipReasons.map((reason) => (
              <label key={reason} className="tick">
                <input type="radio" name="reasonId" value={reason} required /> {reason}
              </label>
            ))}
          </fieldset>
          <TextArea name="note" label="What it rests on" />
        </ActionForm>
      ) : null}
      {view.status === "accepted" && mayAct("deliverable.reopen") && role === "coordinator" ? (
        <ActionForm
          title="Open again"
          explanation="The deliverable goes back to those who made it, with a new due date."
          confirm="Open again"
          act={async (form) =>
            onChanged(
              await call("reopenDeliverable", {
                params,
                body: { reason: textIn(form, "reason"), dueInDays: Number(textIn(form, "dueInDays")) },
              }),
            )
          }
        >
          <TextArea name="reason" label="Reason" />
          <Input type="number" name="dueInDays" label="Due in how many days" min={1} max={180} />
        </ActionForm>
      ) : null}
    </section>
  );
}

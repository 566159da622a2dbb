/** What may be done with a deliverable besides its form: time, leaving it out, opening it again. */
import { Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeliverableView, PilotView } from "../../../shared/contracts/views.ts";
import { isWorkable } from "../../../shared/domain/pilot/state.ts";
import { useCommand } from "../../api/queries.ts";
import { ActionForm, Input, TextArea, textIn } from "../../parts/action.tsx";
import { focusHeading } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";
import { plays } from "../tasks/use-task-work.ts";
import { GiveTime } from "./more-time.tsx";

const dayMs = 24 * 60 * 60 * 1000;

interface DeliverableProps {
  readonly pilot: PilotView;
  readonly view: DeliverableView;
}

export function SkipProposal({ pilot, view }: DeliverableProps) {
  const { t } = useTranslation(["form", "common"]);
  const { me } = usePortal();
  const decide = useCommand("decideDeliverableSkip");
  const { skipProposal } = view;
  if (skipProposal === undefined) return null;
  const params = { pilotId: pilot.id, deliverableId: view.id };
  const mayDecide = pilot.may.includes("deliverable.skip.decide") && skipProposal.by.id !== me.person.id;
  return (
    <section className="notice" aria-label={t("skip.proposal")}>
      <p>{t("skip.proposed", { name: skipProposal.by.name, reason: skipProposal.reason, note: skipProposal.note })}</p>
      {mayDecide ? (
        <>
          <ActionForm
            title={t("skip.approve")}
            explanation={t("skip.approveExplanation")}
            confirm={t("skip.approve")}
            act={async () => {
              await decide.mutateAsync({ params, body: { approve: true } });
            }}
          />
          <ActionForm
            title={t("skip.keep")}
            confirm={t("skip.keepConfirm")}
            act={async (form) => {
              await decide.mutateAsync({ params, body: { approve: false, reason: textIn(form, "reason") } });
            }}
          >
            <TextArea name="reason" label={t("common:reason")} help={t("skip.keepHelp")} />
          </ActionForm>
        </>
      ) : (
        <p>{t("skip.coordinatorDecides")}</p>
      )}
    </section>
  );
}

/** The first day that is later than both. */
const dayAfter = (dueAt: string, now: Date): string =>
  new Date(Math.max(Date.parse(dueAt), now.getTime()) + dayMs).toISOString().slice(0, 10);

export function DeliverableActions({ pilot, view }: DeliverableProps) {
  const { t } = useTranslation(["form", "common"]);
  const { me, now, announce } = usePortal();
  const takeBack = useCommand("withdrawSubmission");
  const ask = useCommand("requestExtension");
  const propose = useCommand("proposeDeliverableSkip");
  const reopen = useCommand("reopenDeliverable");
  const params = { pilotId: pilot.id, deliverableId: view.id };
  const { role } = me.acting;
  const mayAct = (action: string) => pilot.may.includes(action);
  const isOpen = isWorkable(view);
  const isPerformer = view.deliveredBy.some((candidate) => plays(role, candidate));
  return (
    <section aria-label={t("actions")}>
      {view.status === "submitted" && view.submitted?.by.id === me.person.id && mayAct("deliverable.submit") ? (
        <ActionForm
          title={t("takeBack.title")}
          explanation={t("takeBack.explanation")}
          confirm={t("takeBack.confirm")}
          act={async () => {
            await takeBack.mutateAsync({ params, body: {} });
            // The form takes the place of what was read, and of this.
            focusHeading();
            announce(t("takeBack.done"));
          }}
        />
      ) : null}
      {isOpen && mayAct("dueDate.ask") && isPerformer && role !== "advisor" ? (
        <ActionForm
          title={t("askTime.title")}
          confirm={t("askTime.confirm")}
          act={async (form) => {
            await ask.mutateAsync({ params, body: { until: textIn(form, "until"), reason: textIn(form, "reason") } });
            announce(t("askTime.done"));
          }}
        >
          <Input
            type="date"
            name="until"
            label={t("askTime.until")}
            help={t("askTime.untilHelp")}
            min={dayAfter(view.dueAt, now())}
          />
          <TextArea name="reason" label={t("common:reason")} help={t("askTime.reasonHelp")} />
        </ActionForm>
      ) : null}
      {isOpen && mayAct("dueDate.extend") ? <GiveTime pilot={pilot} view={view} title={t("giveTime.title")} /> : null}
      {isOpen &&
      view.skippable &&
      view.skipProposal === undefined &&
      mayAct("deliverable.skip.propose") &&
      (role === "advisor" || role === "coordinator") ? (
        <ActionForm
          title={t("skip.propose")}
          explanation={t("skip.proposeExplanation")}
          confirm={t("skip.proposeConfirm")}
          act={async (form) => {
            await propose.mutateAsync({
              params,
              body: { reasonId: textIn(form, "reasonId"), note: textIn(form, "note") },
            });
          }}
        >
          <fieldset>
            <legend>{t("common:reason")}</legend>
            {view.skipReasons.map((reason) => (
              <Radio key={reason} className="tick" name="reasonId" value={reason} required label={reason} />
            ))}
          </fieldset>
          <TextArea name="note" label={t("skip.note")} help={t("skip.noteHelp")} />
        </ActionForm>
      ) : null}
      {view.status === "accepted" && mayAct("deliverable.reopen") && role === "coordinator" ? (
        <ActionForm
          title={t("reopen.title")}
          explanation={t("reopen.explanation")}
          confirm={t("reopen.title")}
          act={async (form) => {
            const body = { reason: textIn(form, "reason"), dueInDays: Number(textIn(form, "dueInDays")) };
            await reopen.mutateAsync({ params, body });
          }}
        >
          <TextArea name="reason" label={t("common:reason")} help={t("reopen.reasonHelp")} />
          <Input
            type="number"
            name="dueInDays"
            label={t("reopen.dueInDays")}
            help={t("reopen.dueInDaysHelp")}
            min={1}
            max={180}
          />
        </ActionForm>
      ) : null}
    </section>
  );
}

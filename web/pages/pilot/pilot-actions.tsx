/** What may be done with a pilot as a whole; each says its consequence before it is taken. */
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { mayObjectUntil } from "../../../shared/domain/pilot/state.ts";
import { useCommand } from "../../api/queries.ts";
import { ActionForm, Input, TextArea, textIn } from "../../parts/action.tsx";
import { focusHeading } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";
import { Section } from "./sections.tsx";

const actionsOnPilot = ["hold", "resume", "stop", "withdraw", "object"] as const;
type ActionOnPilot = (typeof actionsOnPilot)[number];

/** What the reader may do with the pilot now. */
export function useActionsOn(pilot: PilotView): readonly ActionOnPilot[] {
  const { me, now } = usePortal();
  const { status, endedAt } = pilot;
  const mayAct = (action: string) => pilot.may.includes(action);
  const isAdmin = me.acting.role === "sme_admin";
  const isAdmitted = status === "active" || status === "on_hold";
  const objectionOpen =
    status === "stopped" &&
    pilot.objection === undefined &&
    endedAt !== undefined &&
    now().toISOString() <= mayObjectUntil(endedAt);
  const isPossible: Readonly<Record<ActionOnPilot, boolean>> = {
    hold: mayAct("pilot.hold") && status === "active",
    resume: mayAct("pilot.hold") && status === "on_hold",
    stop: mayAct("pilot.stop") && isAdmitted,
    withdraw: isAdmin && mayAct("pilot.withdraw") && (isAdmitted || status === "applied"),
    object: isAdmin && objectionOpen,
  };
  return actionsOnPilot.filter((action) => isPossible[action]);
}

export function PilotActions({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation(["pilot", "common"]);
  const { day, announce } = usePortal();
  const actions = useActionsOn(pilot);
  const hold = useCommand("holdPilot");
  const resume = useCommand("resumePilot");
  const stop = useCommand("stopPilot");
  const withdraw = useCommand("withdrawPilot");
  const object = useCommand("objectToStop");
  const params = { pilotId: pilot.id };
  if (actions.length === 0) return null;
  /** What was pressed goes; how the pilot stands now is said below its heading. */
  const done = (message: string) => {
    announce(message);
    focusHeading();
  };
  return (
    <Section id="actions" title={t("actions")}>
      {actions.includes("hold") ? (
        <ActionForm
          title={t("hold.title")}
          explanation={t("hold.explanation")}
          confirm={t("hold.confirm")}
          act={async (form) => {
            const body = { reason: textIn(form, "reason"), resumeOn: textIn(form, "resumeOn") };
            await hold.mutateAsync({ params, body });
            done(t("hold.done"));
          }}
        >
          <TextArea name="reason" label={t("common:reason")} help={t("reasonHelp")} />
          <Input type="date" name="resumeOn" label={t("hold.until")} help={t("hold.untilHelp")} min={day(1)} />
        </ActionForm>
      ) : null}
      {actions.includes("resume") ? (
        <ActionForm
          title={t("resume.title")}
          explanation={t("resume.explanation")}
          confirm={t("resume.confirm")}
          act={async (form) => {
            const reason = textIn(form, "reason");
            await resume.mutateAsync({ params, body: reason === "" ? {} : { reason } });
            done(t("resume.done"));
          }}
        >
          <TextArea name="reason" label={t("common:reason")} help={t("resume.reasonHelp")} isOptional />
        </ActionForm>
      ) : null}
      {actions.includes("stop") ? (
        <ActionForm
          title={t("stop.title")}
          explanation={t("stop.explanation")}
          confirm={t("stop.confirm")}
          isGrave
          act={async (form) => {
            await stop.mutateAsync({ params, body: { reason: textIn(form, "reason") } });
            done(t("stop.done"));
          }}
        >
          <TextArea name="reason" label={t("common:reason")} help={t("reasonHelp")} />
        </ActionForm>
      ) : null}
      {actions.includes("withdraw") ? (
        <ActionForm
          title={t("withdraw.title")}
          explanation={t("withdraw.explanation")}
          confirm={t("withdraw.confirm")}
          isGrave
          act={async (form) => {
            await withdraw.mutateAsync({ params, body: { reason: textIn(form, "reason") } });
            done(t("withdraw.done"));
          }}
        >
          <TextArea name="reason" label={t("common:reason")} help={t("withdraw.reasonHelp")} />
        </ActionForm>
      ) : null}
      {actions.includes("object") ? (
        <ActionForm
          title={t("object.title")}
          explanation={t("object.explanation")}
          confirm={t("object.confirm")}
          act={async (form) => {
            await object.mutateAsync({ params, body: { text: textIn(form, "text") } });
            announce(t("object.done"));
          }}
        >
          <TextArea name="text" label={t("object.text")} help={t("object.textHelp")} maxLength={4000} />
        </ActionForm>
      ) : null}
    </Section>
  );
}

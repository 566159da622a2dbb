/** An administrator has a stage's execution begun anew: for one that is lost, stuck or broken. */
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ExecutionDetail } from "../../../shared/contracts/engine-operations.ts";
import { useCommand } from "../../api/queries.ts";
import { ActionForm, TextArea, textIn } from "../../parts/action.tsx";
import { usePortal } from "../../portal.ts";

export function RestartStage({ execution }: { readonly execution: ExecutionDetail }) {
  const { t } = useTranslation(["states", "common"]);
  const { announce } = usePortal();
  const navigate = useNavigate();
  const restart = useCommand("restartExecution");
  const { pilot, run } = execution;
  if (!execution.mayRestart || pilot === undefined || run === undefined) return null;
  return (
    <ActionForm
      title={t("restart.title")}
      explanation={t("restart.what")}
      confirm={t("restart.confirm")}
      isGrave
      act={async (form) => {
        const body = { reason: textIn(form, "reason") };
        await restart.mutateAsync({ params: { pilotId: pilot.id, runId: run.id }, body });
        announce(t("restart.done"));
        // The new one is started a moment later, and is found there.
        await navigate({ to: "/states", search: { pilot: pilot.id } });
      }}
    >
      <TextArea name="reason" label={t("common:reason")} help={t("restart.reasonHelp")} maxLength={1000} />
    </ActionForm>
  );
}

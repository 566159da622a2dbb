/** Four eyes: a proposal to skip the next stage, which another coordinator confirms or declines. */
import { useTranslation } from "react-i18next";
import { useCommand } from "../../api/queries.ts";
import { dayInWords } from "../../language/format.ts";
import { ActionForm, TextArea, textIn } from "../../parts/action.tsx";
import { usePortal } from "../../portal.ts";
import { skipReasonInWords } from "./decision-details.tsx";
import type { GateProps } from "./gate-view.ts";

export function SkipProposal({
  pilot,
  gate,
  mayDecide,
  onSent,
}: GateProps & { readonly mayDecide: boolean; onSent(goOnAt: string): void }) {
  const { t } = useTranslation(["gate", "common"]);
  const { me, announce } = usePortal();
  const decide = useCommand("decideGate");
  const decline = useCommand("declineGateSkip");
  const proposal = gate.skipProposal;
  if (proposal === undefined || gate.status !== "open") return null;
  const params = { pilotId: pilot.id, runId: gate.runId };
  const isOwn = proposal.by.id === me.person.id;
  const stage = gate.next?.name ?? "";

  const confirm = async () => {
    await decide.mutateAsync({ params, body: { round: gate.round, decision: "skip", basedOn: { ...gate.basedOn } } });
    announce(t("skip.confirmed", { stage }));
    onSent("decided");
  };
  const turnDown = async (form: FormData) => {
    await decline.mutateAsync({ params, body: { round: gate.round, reason: textIn(form, "reason") } });
    announce(isOwn ? t("skip.takenBack") : t("skip.declined"));
    onSent("decisions");
  };

  return (
    <section className="gaps" aria-labelledby="skip-proposal">
      <h2 id="skip-proposal" tabIndex={-1}>
        {t("skip.proposal", { stage })}
      </h2>
      <p>{t("skip.proposedBy", { name: proposal.by.name, day: dayInWords(proposal.at) })}</p>
      <dl className="facts">
        <div>
          <dt>{t("skip.why")}</dt>
          <dd>
            {skipReasonInWords(proposal.reason)}
            {proposal.text === undefined ? null : <q>{proposal.text}</q>}
          </dd>
        </div>
        <div>
          <dt>{t("common:evidence")}</dt>
          <dd>{proposal.evidence}</dd>
        </div>
      </dl>
      {mayDecide ? (
        <>
          {isOwn ? (
            <p className="help">{t("decisions.ownProposal")}</p>
          ) : (
            <ActionForm
              title={t("skip.agree")}
              explanation={t("skip.consequence", { stage })}
              confirm={t("skip.confirm")}
              act={confirm}
            />
          )}
          <ActionForm
            title={isOwn ? t("skip.takeBack") : t("skip.decline")}
            explanation={t("skip.declineExplanation")}
            confirm={isOwn ? t("skip.takeBack") : t("skip.decline")}
            act={turnDown}
          >
            <TextArea name="reason" label={t("common:reason")} />
          </ActionForm>
        </>
      ) : null}
    </section>
  );
}

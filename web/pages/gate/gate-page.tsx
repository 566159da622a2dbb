/** A gate: what it rests on, what each decider thinks, what may be decided and what was decided. */
import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "../../api/queries.ts";
import { dayInWords, dueDayInWords } from "../../language/format.ts";
import { Both } from "../../parts/both.tsx";
import { Status } from "../../parts/labels.tsx";
import { PageHeading } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";
import { Decide } from "./decide.tsx";
import { DossierDownload } from "./dossier-download.tsx";
import { Evidence, LeftOut } from "./evidence.tsx";
import "./gate.css";
import { pilotTrail } from "../../parts/pilot-trail.tsx";
import type { GateProps } from "./gate-view.ts";
import { History } from "./history.tsx";
import { ScoreForm } from "./score-form.tsx";
import { Scores } from "./scores.tsx";
import { SkipProposal } from "./skip-proposal.tsx";

export function GatePage() {
  const { t } = useTranslation("gate");
  const { pilotId, runId } = useParams({ from: "/portal/pilots/$pilotId/gates/$runId" });
  const pilot = useOperation("getPilot", { params: { pilotId } });
  const gate = useOperation("getGate", { params: { pilotId, runId } });
  return (
    <Both title={t("title")} first={pilot} second={gate}>
      {(ofPilot, ofGate) => <Gate key={`${pilotId} ${runId}`} pilot={ofPilot} gate={ofGate} />}
    </Both>
  );
}

function Gate({ pilot, gate }: GateProps) {
  const { t } = useTranslation(["gate", "common"]);
  const { me, now } = usePortal();
  const { role } = me.acting;
  const isOpen = gate.status === "open";
  // What is decided rests on what its round names, whatever became of the deliverables since.
  const isUndecided = isOpen || gate.history.length === 0;
  const hasScored = gate.scores.some(({ by }) => by.id === me.person.id);
  const isToScore =
    isOpen &&
    !hasScored &&
    (role === "coordinator" || role === "expert") &&
    gate.scores.filter((score) => score.role === role).length < gate.scoresNeeded[role] &&
    pilot.may.includes("gate.score");
  const mayDecide = role === "coordinator" && pilot.may.includes("gate.decide");
  const [sent, setSent] = useState<{ readonly version: number; readonly goOnAt: string }>();
  // What was sent takes its form with it: reading goes on where its effect is seen, as soon as it is there.
  useEffect(() => {
    if (sent === undefined || sent.version === gate.version) return;
    document.getElementById(sent.goOnAt)?.focus();
    setSent(undefined);
  }, [sent, gate.version]);
  const goOnAt = (id: string) => setSent({ version: gate.version, goOnAt: id });
  return (
    <>
      <PageHeading trail={pilotTrail(pilot)}>{gate.name}</PageHeading>
      <p>
        <Status of={gate.status} /> {t("round", { round: gate.round, day: dayInWords(gate.openedAt) })}
        {isOpen ? (
          <span className={gate.decideBy < now().toISOString() ? "overdue" : undefined}>
            {t("decideBy", { day: dueDayInWords(gate.decideBy) })}
          </span>
        ) : null}
      </p>
      {gate.special === "" || !isOpen || !gate.readsScores ? null : (
        <p className="notice">{t("rule", { rule: gate.special })}</p>
      )}
      {isOpen && !gate.readsScores ? <p className="notice">{t("scores.resultOnly")}</p> : null}
      {gate.status === "closed" ? <p className="notice">{t("waits")}</p> : null}
      {isOpen ? null : <History pilot={pilot} gate={gate} />}
      {isUndecided ? <Evidence pilot={pilot} gate={gate} /> : <LeftOut pilot={pilot} gate={gate} />}
      {gate.readsScores && isUndecided ? <Scores gate={gate} isToScore={isToScore} /> : null}
      {isToScore ? <ScoreForm pilot={pilot} gate={gate} onFiled={() => goOnAt("scores")} /> : null}
      <SkipProposal pilot={pilot} gate={gate} mayDecide={mayDecide} onSent={goOnAt} />
      <Decide pilot={pilot} gate={gate} mayDecide={mayDecide} onSent={goOnAt} />
      {isOpen ? <History pilot={pilot} gate={gate} /> : null}
      <DossierDownload pilot={pilot} gate={gate} />
    </>
  );
}

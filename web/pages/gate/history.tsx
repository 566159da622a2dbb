/** The rounds of a gate that are decided: decision, reason, scores and the revisions each rested on. */
import { useTranslation } from "react-i18next";
import { dayInWords, listInWords, numberInWords } from "../../language/format.ts";
import { FactsInLine } from "../../parts/facts.tsx";
import { Count } from "../../parts/labels.tsx";
import { ConditionList } from "./conditions.tsx";
import { skipReasonInWords } from "./decision-details.tsx";
import { nameOf, RevisionLinks } from "./evidence.tsx";
import type { GateProps, GateView } from "./gate-view.ts";
import { Criteria, ScoreList } from "./scores.tsx";

export function History({ pilot, gate }: GateProps) {
  const { t } = useTranslation("gate");
  if (gate.history.length === 0) return null;
  return (
    <section aria-labelledby="decided">
      <h2 id="decided" tabIndex={-1}>
        {t("history.title")}
      </h2>
      <ol className="cards">
        {gate.history.toReversed().map((entry, roundsAgo) => (
          <li key={`${entry.round} ${entry.at}`}>
            <Decided pilot={pilot} gate={gate} entry={entry} isLast={roundsAgo === 0 && gate.status !== "open"} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Decided(
  props: GateProps & {
    readonly entry: GateView["history"][number];
    /** What counts now: shown with all it rests on. */
    readonly isLast: boolean;
  },
) {
  const { pilot, gate, entry, isLast } = props;
  const { t } = useTranslation(["gate", "common"]);
  const conditions = pilot.conditions.filter(({ id }) => entry.conditions.includes(id));
  return (
    <>
      <p className="what">
        {t("history.entry", {
          decision: t(`decision.${entry.decision}`),
          who: listInWords(entry.by.map(({ name }) => name)),
        })}
      </p>
      <p className="quiet">
        <FactsInLine>
          {t("history.when", { round: entry.round, day: dayInWords(entry.at) })}
          {entry.meanScore === undefined
            ? null
            : t("scores.mean", { score: numberInWords(entry.meanScore, { fractionDigits: 1 }) })}
        </FactsInLine>
      </p>
      {entry.skip === undefined ? null : (
        <p>
          <FactsInLine>
            {skipReasonInWords(entry.skip.reason)}
            {entry.skip.evidence === undefined
              ? null
              : t("common:sentence", { first: t("common:evidence"), second: entry.skip.evidence })}
          </FactsInLine>
        </p>
      )}
      {entry.reason === undefined ? null : <q>{entry.reason}</q>}
      {entry.reworked.length === 0 ? null : (
        <p>{t("history.reworked", { names: listInWords(entry.reworked.map((id) => nameOf(pilot, id))) })}</p>
      )}
      {entry.programmeApproval === undefined ? null : (
        <p>{t("common:sentence", { first: t("history.approval"), second: entry.programmeApproval })}</p>
      )}
      {entry.resumeOn === undefined ? null : <p>{t("history.until", { day: dayInWords(entry.resumeOn) })}</p>}
      {conditions.length === 0 ? null : (
        <>
          <h3>{t("conditions.title")}</h3>
          <ConditionList conditions={conditions} />
        </>
      )}
      <details className="stage" open={isLast}>
        <summary>
          {t("history.restedOn")} <Count of={Object.keys(entry.basedOn).length} />
        </summary>
        <RevisionLinks pilot={pilot} revisions={entry.basedOn} />
      </details>
      {entry.scores.length === 0 ? null : (
        <details className="stage">
          <summary>{t("history.scores", { round: entry.round })}</summary>
          <ScoreList scores={entry.scores} />
          <Criteria gate={gate} scores={entry.scores} />
        </details>
      )}
    </>
  );
}

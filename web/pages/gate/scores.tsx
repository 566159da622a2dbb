/** What the deciders think, criterion by criterion; sealed until all have filed. */
import { useTranslation } from "react-i18next";
import { numberInWords } from "../../language/format.ts";
import { Mark } from "../../parts/labels.tsx";
import { Empty } from "../../parts/states.tsx";
import type { GateView } from "./gate-view.ts";

type Score = GateView["scores"][number];

export function Scores(props: {
  readonly gate: GateView;
  /** The criteria are on the form below, then. */
  readonly isToScore: boolean;
}) {
  const { gate } = props;
  const { t } = useTranslation(["gate", "common"]);
  const { coordinator: coordinators, expert: experts } = gate.scoresNeeded;
  const filed = (role: Score["role"]) => gate.scores.filter((score) => score.role === role).length;
  const open = gate.scores.filter(({ sealed }) => !sealed);
  const toCome = {
    coordinators: Math.max(0, coordinators - filed("coordinator")),
    experts: Math.max(0, experts - filed("expert")),
  };
  return (
    <section aria-labelledby="scores">
      <h2 id="scores" tabIndex={-1}>
        {t("scores.title")}
      </h2>
      <p className="help">
        {experts === 0 ? t("scores.needed", { coordinators }) : t("scores.neededExperts", { coordinators, experts })}{" "}
        {t("scores.thresholds", gate.thresholds)}
      </p>
      {gate.allFiled || gate.status !== "open" ? null : (
        <p>
          {toCome.experts === 0
            ? t("scores.missingCoordinators", toCome)
            : toCome.coordinators === 0
              ? t("scores.missingExperts", toCome)
              : t("scores.missing", toCome)}
        </p>
      )}
      {gate.scores.length === 0 ? <Empty>{t("scores.empty")}</Empty> : null}
      <ScoreList scores={gate.scores} />
      {gate.meanScore === undefined ? null : <Mean mean={gate.meanScore} thresholds={gate.thresholds} />}
      {props.isToScore && open.length === 0 ? null : <Criteria gate={gate} scores={open} />}
    </section>
  );
}

/** Who has filed, with the score where it is open. */
export function ScoreList({ scores }: { readonly scores: readonly Score[] }) {
  const { t } = useTranslation(["gate", "common"]);
  if (scores.length === 0) return null;
  return (
    <ul className="cards deciders">
      {scores.map((score) => {
        const who = { name: score.by.name, role: t(`common:role.${score.role}`).toLowerCase() };
        return (
          <li key={score.by.id}>
            <p className="what">
              {score.sealed
                ? t("scores.sealed", who)
                : t("scores.open", { ...who, score: score.score === undefined ? "–" : numberInWords(score.score) })}
            </p>
            {score.comment === undefined ? null : <q>{score.comment}</q>}
          </li>
        );
      })}
    </ul>
  );
}

/** The mean, and how it stands to the scores the decisions take. */
function Mean({ mean, thresholds }: { readonly mean: number; readonly thresholds: GateView["thresholds"] }) {
  const { t } = useTranslation("gate");
  const reaches =
    mean >= thresholds.advance
      ? "advance"
      : mean >= thresholds.advanceWithConditions
        ? "advanceWithConditions"
        : "neither";
  return (
    <div className="mean">
      <p>
        <strong>{t("scores.mean", { score: numberInWords(mean, { fractionDigits: 1 }) })}</strong>
      </p>
      <meter
        min={0}
        max={100}
        low={thresholds.advanceWithConditions}
        high={thresholds.advance}
        optimum={100}
        value={mean}
        aria-label={t("scores.mean", { score: numberInWords(mean, { fractionDigits: 1 }) })}
      />
      <p className="quiet">{t(`scores.reaches.${reaches}`)}</p>
    </div>
  );
}

/** Each criterion with what every decider says to it. */
export function Criteria({ gate, scores }: { readonly gate: GateView; readonly scores: readonly Score[] }) {
  const { t } = useTranslation(["gate", "common"]);
  return (
    <>
      <h3>{t("criteria.musts")}</h3>
      <ul className="cards gate-criteria">
        {gate.musts.map(({ id, text }) => (
          <li key={id}>
            <p className="what">{text}</p>
            <dl>
              {scores.map(({ by, musts }) => {
                const must = musts?.[id];
                return (
                  <div key={by.id}>
                    <dt>{by.name}</dt>
                    <dd>
                      {must?.met === true ? t("scores.met") : <Mark>{t("scores.notMet")}</Mark>}
                      {must === undefined || must.evidence === "" ? null : <q>{must.evidence}</q>}
                    </dd>
                  </div>
                );
              })}
            </dl>
          </li>
        ))}
      </ul>
      <h3>{t("criteria.shoulds")}</h3>
      <ul className="cards gate-criteria">
        {gate.shoulds.map(({ id, text, weight }) => (
          <li key={id}>
            <p className="what">
              {text} <span className="quiet">{t("file.weight", { weight })}</span>
            </p>
            <dl>
              {scores.map(({ by, points }) => {
                const given = points?.[id];
                return (
                  <div key={by.id}>
                    <dt>{by.name}</dt>
                    <dd>
                      {given === undefined
                        ? "–"
                        : t("criteria.points", { points: given, meaning: gate.anchors[given] ?? "" })}
                    </dd>
                  </div>
                );
              })}
            </dl>
          </li>
        ))}
      </ul>
    </>
  );
}

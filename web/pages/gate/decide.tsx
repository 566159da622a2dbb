/**
 * Deciding: what the rules allow and why not the rest, what a decision does, and sending it. A decision rests on the
 * revisions the person has seen: when there is a newer one, it is to be looked at first, and what was typed stays.
 */
import { Button, Radio } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../../shared/contracts/client.ts";
import { useCommand } from "../../api/queries.ts";
import { listInWords, numberInWords } from "../../language/format.ts";
import { Mark } from "../../parts/labels.tsx";
import { Empty, Problem } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import { Consequences } from "./consequences.tsx";
import { DecisionDetails } from "./decision-details.tsx";
import { decisionIn, detailsOf } from "./decision-entries.ts";
import { nameOf, RevisionLinks } from "./evidence.tsx";
import type { GateProps, GateView } from "./gate-view.ts";
import { useKeptEntries } from "./use-kept-entries.ts";

type Option = GateView["decisions"][number];

export function Decide({
  pilot,
  gate,
  mayDecide,
  onSent,
}: GateProps & { readonly mayDecide: boolean; onSent(goOnAt: string): void }) {
  const { t } = useTranslation("gate");
  const { me, announce } = usePortal();
  const { isPending, error, run } = useAction();
  const queries = useQueryClient();
  const decide = useCommand("decideGate");
  const key = useMemo(
    () => ({ personId: me.person.id, pilotId: pilot.id, deliverableId: `gate.${gate.runId}.decision` }),
    [me.person.id, pilot.id, gate.runId],
  );
  const { entries, seen, isTouched, change, see, forget } = useKeptEntries(key, gate.round, gate.basedOn, decisionIn);
  const isOpen = gate.status === "open";
  if (!gate.readsScores || (!isOpen && !(mayDecide && isTouched))) return null;

  const newer = Object.fromEntries(
    Object.entries(gate.basedOn).filter(([id, revision]) => (seen[id] ?? 0) !== revision),
  );
  const hasNewer = isTouched && Object.keys(newer).length > 0;
  const chosen = gate.decisions.find(({ decision, offered }) => offered && decision === entries.decision);
  // A proposal is confirmed or declined above; every other decision turns it down.
  const isProposed = (option: Option) => option.decision === "skip" && gate.skipProposal !== undefined;

  // What stands against all of them is said once.
  const isNothingPossible = gate.decisions.every(({ offered, against }) => !offered && isScoresMissing(against));

  const send = async (option: Option) => {
    try {
      await decide.mutateAsync({
        params: { pilotId: pilot.id, runId: gate.runId },
        body: {
          round: gate.round,
          decision: option.decision,
          basedOn: { ...seen },
          ...detailsOf(option.decision, entries),
        },
      });
    } catch (refused) {
      // What somebody else did meanwhile is shown beside the refusal.
      if (refused instanceof ApiProblem) void queries.invalidateQueries();
      throw refused;
    }
    forget();
    announce(option.decision === "skip" ? t("decisions.proposed") : t("decisions.done", { decision: option.label }));
    onSent(option.decision === "skip" ? "skip-proposal" : "decided");
  };

  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions" tabIndex={-1}>
        {t("decisions.title")}
      </h2>
      {mayDecide ? null : <p className="help">{t("decisions.byCoordinator")}</p>}
      {hasNewer ? (
        <div className="gaps" role="alert">
          <strong>
            {t("decisions.newer", { names: listInWords(Object.keys(newer).map((id) => nameOf(pilot, id))) })}
          </strong>
          <RevisionLinks pilot={pilot} revisions={newer} />
          <Button variant="default" onClick={() => see(gate.basedOn)}>
            {t("decisions.looked")}
          </Button>
        </div>
      ) : null}
      {isOpen ? null : (
        <div className="notice">
          <p>{t("decisions.kept")}</p>
          <Button variant="default" onClick={forget}>
            {t("decisions.discard")}
          </Button>
        </div>
      )}
      <form
        className="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen !== undefined && !hasNewer) run(() => send(chosen));
        }}
      >
        {isOpen && isNothingPossible ? (
          <Empty>
            {t("decisions.nothingYet")} {t("against.scores_missing")}
          </Empty>
        ) : null}
        {isOpen && !isNothingPossible ? (
          <fieldset>
            <legend>{mayDecide ? t("decisions.choose") : t("decisions.allowed")}</legend>
            <ul className="cards">
              {gate.decisions.map((option) => (
                <li key={option.decision}>
                  {mayDecide && option.offered && !isProposed(option) ? (
                    <Radio
                      size="md"
                      name="decision"
                      label={option.label}
                      description={t(`effect.${option.decision}`)}
                      checked={entries.decision === option.decision}
                      onChange={() => change({ ...entries, decision: option.decision })}
                    />
                  ) : (
                    <>
                      <p className="what">
                        {option.label} {option.offered ? null : <Mark tone="gray">{t("decisions.notOffered")}</Mark>}
                      </p>
                      {option.offered ? <p className="quiet">{t(`effect.${option.decision}`)}</p> : null}
                    </>
                  )}
                  <Against option={option} />
                </li>
              ))}
            </ul>
          </fieldset>
        ) : null}
        {isOpen && mayDecide && chosen !== undefined && !isProposed(chosen) ? (
          <>
            <DecisionDetails pilot={pilot} gate={gate} option={chosen} entries={entries} change={change} />
            <Consequences pilot={pilot} gate={gate} option={chosen} entries={entries} />
            <p className="help">{t("decisions.keptHere")}</p>
            <Problem error={error} />
            <Button
              type="submit"
              color={chosen.decision === "stop" ? "alert" : "fairway"}
              aria-disabled={isPending || hasNewer}
            >
              {chosen.decision === "skip" ? t("skip.propose") : t("decisions.confirm", { decision: chosen.label })}
            </Button>
          </>
        ) : (
          <Problem error={error} />
        )}
      </form>
    </section>
  );
}

const isScoresMissing = (against: Option["against"]): boolean =>
  against.length === 1 && against[0]?.code === "scores_missing";

/** Why a decision is not offered, or what it needs beside. */
function Against({ option }: { readonly option: Option }) {
  const { t } = useTranslation("gate");
  if (option.against.length === 0) return null;
  return (
    <ul className="quiet">
      {option.against.map(({ code, about = "", score }) => (
        <li key={`${code} ${about}`}>
          {t(`against.${code}`, {
            about,
            mean: numberInWords(score?.mean ?? 0),
            least: numberInWords(score?.least ?? 0),
          })}
        </li>
      ))}
    </ul>
  );
}

/** A decider's own score: nobody sees it before all have filed theirs. */
import { Button, Radio, Textarea } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type FormValues, isRecord } from "../../../shared/domain/forms/form-schema.ts";
import { useCommand } from "../../api/queries.ts";
import { FieldLabel } from "../../parts/field-label.tsx";
import { Problem } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import type { GateProps } from "./gate-view.ts";
import { textOf, useKeptEntries } from "./use-kept-entries.ts";

interface ScoreEntries {
  readonly musts: Readonly<Record<string, { readonly met?: boolean; readonly evidence: string }>>;
  /** 0 to 4 by criterion. */
  readonly points: Readonly<Record<string, number>>;
  readonly comment: string;
}

export function ScoreForm({ pilot, gate, onFiled }: GateProps & { onFiled(): void }) {
  const { t } = useTranslation(["gate", "common"]);
  const { me, announce } = usePortal();
  const { isPending, error, run } = useAction();
  const score = useCommand("scoreGate");
  const key = useMemo(
    () => ({ personId: me.person.id, pilotId: pilot.id, deliverableId: `gate.${gate.runId}.score` }),
    [me.person.id, pilot.id, gate.runId],
  );
  const { entries, change, forget } = useKeptEntries(key, gate.round, gate.basedOn, scoreIn);

  const file = async () => {
    await score.mutateAsync({
      params: { pilotId: pilot.id, runId: gate.runId },
      body: {
        round: gate.round,
        musts: Object.fromEntries(
          gate.musts.map(({ id }) => [
            id,
            { met: entries.musts[id]?.met === true, evidence: entries.musts[id]?.evidence.trim() ?? "" },
          ]),
        ),
        points: Object.fromEntries(
          gate.shoulds.flatMap(({ id }) => (id in entries.points ? [[id, entries.points[id] ?? 0]] : [])),
        ),
        ...(entries.comment.trim() === "" ? {} : { comment: entries.comment.trim() }),
      },
    });
    forget();
    announce(t("file.done"));
    onFiled();
  };

  return (
    <section aria-labelledby="file-score">
      <h2 id="file-score">{t("file.title")}</h2>
      <form
        className="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          run(file);
        }}
      >
        <p className="help">{t("file.explanation")}</p>
        <h3>{t("criteria.musts")}</h3>
        {gate.musts.map(({ id, text }) => {
          const must = entries.musts[id] ?? { evidence: "" };
          const set = (changed: Partial<typeof must>) =>
            change({ ...entries, musts: { ...entries.musts, [id]: { ...must, ...changed } } });
          return (
            <fieldset key={id}>
              <legend>{text}</legend>
              <div className="choices">
                {([true, false] as const).map((met) => (
                  <Radio
                    key={String(met)}
                    className="tick"
                    name={`met ${id}`}
                    required
                    checked={must.met === met}
                    onChange={() => set({ met })}
                    label={met ? t("file.met") : t("file.notMet")}
                  />
                ))}
              </div>
              <Textarea
                className="field"
                label={t("common:evidence")}
                description={t("file.evidenceHelp")}
                autosize
                minRows={2}
                required
                withAsterisk={false}
                maxLength={2000}
                value={must.evidence}
                onChange={(event) => set({ evidence: event.currentTarget.value })}
              />
            </fieldset>
          );
        })}
        <h3>{t("criteria.shoulds")}</h3>
        {gate.shoulds.map(({ id, text, weight }) => (
          <fieldset key={id}>
            <legend>
              {text} <span className="quiet">{t("file.weight", { weight })}</span>
            </legend>
            <div className="choices">
              {gate.anchors.map((anchor, points) => (
                <Radio
                  key={anchor}
                  className="tick"
                  name={`points ${id}`}
                  required
                  checked={entries.points[id] === points}
                  onChange={() => change({ ...entries, points: { ...entries.points, [id]: points } })}
                  label={`${points} ${anchor}`}
                />
              ))}
            </div>
          </fieldset>
        ))}
        <Textarea
          className="field"
          label={<FieldLabel isOptional>{t("common:comment")}</FieldLabel>}
          description={t("file.commentHelp")}
          autosize
          minRows={2}
          maxLength={4000}
          value={entries.comment}
          onChange={(event) => change({ ...entries, comment: event.currentTarget.value })}
        />
        <Problem error={error} />
        <Button type="submit" aria-disabled={isPending}>
          {t("file.confirm")}
        </Button>
      </form>
    </section>
  );
}

function scoreIn(kept: FormValues): ScoreEntries {
  return {
    musts: Object.fromEntries(
      Object.entries(isRecord(kept.musts) ? kept.musts : {}).flatMap(([id, must]) =>
        isRecord(must)
          ? [[id, { ...(typeof must.met === "boolean" ? { met: must.met } : {}), evidence: textOf(must.evidence) }]]
          : [],
      ),
    ),
    points: Object.fromEntries(
      Object.entries(isRecord(kept.points) ? kept.points : {}).flatMap(([id, points]) =>
        typeof points === "number" ? [[id, points]] : [],
      ),
    ),
    comment: textOf(kept.comment),
  };
}

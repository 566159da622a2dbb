/** A review: answers beside the criteria, comments at fields, the result before the decision. */
import { Button, Radio, Textarea } from "@mantine/core";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeliverableView } from "../../../shared/contracts/views.ts";
import { weighted } from "../../../shared/domain/scores.ts";
import { useCommand } from "../../api/queries.ts";
import { FieldValue } from "../../form/field-value.tsx";
import { fieldsOf, visibleFields } from "../../form/form-model.ts";
import { minuteInWords, numberInWords } from "../../language/format.ts";
import { Problem } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";

const scores = [0, 1, 2, 3, 4] as const;
/** Below this a criterion needs a comment; musts need this minus one. The server has the last word on both. */
const commentBelowPoints = 3;

export function ReviewForm({ pilotId, view }: { readonly pilotId: string; readonly view: DeliverableView }) {
  const { t } = useTranslation(["review", "common"]);
  const { announce } = usePortal();
  const [points, setPoints] = useState<Readonly<Record<string, number>>>({});
  const [criterionComments, setCriterionComments] = useState<Readonly<Record<string, string>>>({});
  const [fieldComments, setFieldComments] = useState<Readonly<Record<string, string>>>({});
  const review = useCommand("reviewDeliverable");
  const fields = useMemo(() => fieldsOf(view.schema), [view.schema]);
  const values = view.submitted?.values ?? {};
  const unscored = view.reviewCriteria.filter(({ id }) => points[id] === undefined).length;

  const decide = (outcome: "accepted" | "rework") => {
    if (review.isPending) return;
    review.mutate(
      {
        params: { pilotId, deliverableId: view.id },
        body: {
          revision: view.revision,
          outcome,
          points: { ...points },
          criterionComments: filled(criterionComments),
          fieldComments: Object.entries(filled(fieldComments)).map(([pointer, text]) => ({ pointer, text })),
          expectedVersion: view.version,
        },
      },
      { onSuccess: () => announce(t(outcome === "accepted" ? "accepted" : "sentBack", { name: view.name })) },
    );
  };

  return (
    <form className="review" onSubmit={(event: FormEvent) => event.preventDefault()}>
      <section aria-labelledby="answers">
        <h2 id="answers">{t("answers", { revision: view.revision })}</h2>
        {view.submitted === undefined ? null : (
          <p className="quiet">{t("by", { name: view.submitted.by.name, time: minuteInWords(view.submitted.at) })}</p>
        )}
        {visibleFields(view.schema, fields, values).map((field) => {
          const pointer = `/${field.key}`;
          return (
            <div key={field.key} className="answer">
              <h3>{field.label}</h3>
              <FieldValue field={field} value={values[field.key]} />
              <details className="remark">
                <summary>
                  {fieldComments[pointer] ? t("comment") : t("addComment")}
                  <span className="for-readers"> {t("on", { field: field.label })}</span>
                </summary>
                <Textarea
                  aria-label={t("commentOn", { field: field.label })}
                  rows={2}
                  maxLength={2000}
                  value={fieldComments[pointer] ?? ""}
                  onChange={(event) => setFieldComments({ ...fieldComments, [pointer]: event.target.value })}
                />
              </details>
            </div>
          );
        })}
      </section>
      <section className="criteria" aria-labelledby="criteria">
        <h2 id="criteria">{t("title")}</h2>
        {view.reviewCriteria.map(({ id, text, weight, must }) => (
          <fieldset key={id}>
            <legend>
              {text} <span className="quiet">{t(must ? "weightMust" : "weight", { weight })}</span>
            </legend>
            <div className="choices">
              {scores.map((score) => (
                <Radio
                  key={score}
                  className="tick"
                  name={`points ${id}`}
                  checked={points[id] === score}
                  onChange={() => setPoints({ ...points, [id]: score })}
                  label={t(`anchor.${score}`)}
                />
              ))}
            </div>
            <Textarea
              className="field"
              label={
                <>
                  {t("comment")}
                  {(points[id] ?? 4) < commentBelowPoints ? null : (
                    <span className="optional"> {t("common:optional")}</span>
                  )}
                </>
              }
              rows={2}
              maxLength={2000}
              value={criterionComments[id] ?? ""}
              onChange={(event) => setCriterionComments({ ...criterionComments, [id]: event.target.value })}
            />
          </fieldset>
        ))}
        <p role="status">
          <strong>
            {unscored > 0
              ? t("unscored", { count: unscored })
              : t("result", { percent: numberInWords(weighted(view.reviewCriteria, points)) })}
          </strong>
        </p>
        <p className="help">{t("help")}</p>
        <Problem error={review.error} />
        <div className="buttons">
          <Button aria-disabled={review.isPending} onClick={() => decide("accepted")}>
            {t("accept")}
          </Button>
          <Button variant="default" aria-disabled={review.isPending} onClick={() => decide("rework")}>
            {t("rework")}
          </Button>
        </div>
      </section>
    </form>
  );
}

const filled = (comments: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(comments)
      .map(([key, text]) => [key, text.trim()] as const)
      .filter(([, text]) => text !== ""),
  );

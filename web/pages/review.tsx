/** A review: answers beside the criteria, comments at fields, the result before the decision. */
import { type FormEvent, useMemo, useState } from "react";
import type { DeliverableView } from "../../shared/contracts/views.ts";
import { weighted } from "../../shared/domain/scores.ts";
import { FieldValue } from "../form/field-value.tsx";
import { fieldsOf, visibleFields } from "../form/form-model.ts";
import { Problem } from "../parts.tsx";
import { useAction, usePortal } from "../portal.ts";
import { minuteInWords } from "../words.ts";

const anchors = ["not there", "weak", "partly", "good", "convincing"];
/** Below this a criterion needs a comment; musts need this minus one. The server has the last word on both. */
const commentBelowPoints = 3;

export function ReviewForm(props: {
  readonly pilotId: string;
  readonly view: DeliverableView;
  onReviewed(view: DeliverableView): void;
}) {
  const { view, pilotId } = props;
  const { call, announce } = usePortal();
  const [points, setPoints] = useState<Readonly<Record<string, number>>>({});
  const [criterionComments, setCriterionComments] = useState<Readonly<Record<string, string>>>({});
  const [fieldComments, setFieldComments] = useState<Readonly<Record<string, string>>>({});
  const { isPending, error, run } = useAction();
  const fields = useMemo(() => fieldsOf(view.schema), [view.schema]);
  const values = view.submitted?.values ?? {};
  const unscored = view.reviewCriteria.filter(({ id }) => points[id] === undefined).length;

  const decide = (outcome: "accepted" | "rework") =>
    run(async () => {
      const reviewed = await call("reviewDeliverable", {
        params: { pilotId, deliverableId: view.id },
        body: {
          revision: view.revision,
          outcome,
          points: { ...points },
          criterionComments: filled(criterionComments),
          fieldComments: Object.entries(filled(fieldComments)).map(([pointer, text]) => ({ pointer, text })),
          expectedVersion: view.version,
        },
      });
      announce(outcome === "accepted" ? `${view.name} is accepted.` : `${view.name} goes back for rework.`);
      props.onReviewed(reviewed);
    });

  return (
    <form className="review" onSubmit={(event: FormEvent) => event.preventDefault()}>
      <section aria-labelledby="answers">
        <h2 id="answers">Answers of revision {view.revision}</h2>
        {view.submitted === undefined ? null : (
          <p className="quiet">
            Submitted by {view.submitted.by.name}, {minuteInWords(view.submitted.at)}
          </p>
        )}
        {visibleFields(view.schema, fields, values).map((field) => {
          const pointer = `/${field.key}`;
          return (
            <div key={field.key} className="answer">
              <h3>{field.label}</h3>
              <FieldValue field={field} value={values[field.key]} />
              <details className="remark">
                <summary>
                  {fieldComments[pointer] ? "Comment" : "Add a comment"}
                  <span className="for-readers"> on {field.label}</span>
                </summary>
                <textarea
                  aria-label={`Comment on ${field.label}`}
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
        <h2 id="criteria">Your review</h2>
        {view.reviewCriteria.map(({ id, text, weight, must }) => (
          <fieldset key={id}>
            <legend>
              {text}{" "}
              <span className="quiet">
                (weight {weight}
                {must ? ", must" : ""})
              </span>
            </legend>
            <div className="choices">
              {anchors.map((anchor, score) => (
                <label key={anchor} className="tick">
                  <input
                    type="radio"
                    name={`points ${id}`}
                    checked={points[id] === score}
                    onChange={() => setPoints({ ...points, [id]: score })}
                  />{" "}
                  {score} {anchor}
                </label>
              ))}
            </div>
            <label htmlFor={`comment-${id}`}>
              Comment
              {(points[id] ?? 4) < commentBelowPoints ? null : <span className="optional"> (optional)</span>}
            </label>
            <textarea
              id={`comment-${id}`}
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
              ? `${unscored} ${unscored === 1 ? "criterion has" : "criteria have"} no points yet.`
              : `Result: ${weighted(view.reviewCriteria, points)} of 100.`}
          </strong>
        </p>
        <p className="help">
          Accept closes the deliverable. Rework sends it back; fields you commented on are open again, all of them when
          you commented on none.
        </p>
        <Problem error={error} />
        <div className="buttons">
          <button type="button" className="primary" aria-disabled={isPending} onClick={() => decide("accepted")}>
            Accept
          </button>
          <button type="button" aria-disabled={isPending} onClick={() => decide("rework")}>
            Send back for rework
          </button>
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

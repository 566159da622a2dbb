/** A review: what changed, answers beside the criteria, comments at fields, the result and what follows before the decision. */
import { Button, Checkbox, Radio, Textarea } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeliverableView, PilotView } from "../../../shared/contracts/views.ts";
import { resultOf, weighted } from "../../../shared/domain/scores.ts";
import { useCommand, useOperation } from "../../api/queries.ts";
import { FieldValue } from "../../form/field-value.tsx";
import { fieldsOf, visibleFields } from "../../form/form-model.ts";
import { listInWords, minuteInWords, numberInWords } from "../../language/format.ts";
import { FieldLabel } from "../../parts/field-label.tsx";
import { Mark } from "../../parts/labels.tsx";
import { focusHeading } from "../../parts/page.tsx";
import { ShortcutKeys } from "../../parts/shortcut-keys.tsx";
import { Problem } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { useKeysAtFocus, useShortcut } from "../../shell/shortcuts.ts";
import { Changes, isWithin, labelAt } from "./changes.tsx";
import { useUnsentReview } from "./unsent-review.ts";

const scores = [0, 1, 2, 3, 4] as const;
const pointsKeys = `${scores.at(0)}–${scores.at(-1)}`;
/** Below this a criterion needs a comment; musts need this minus one. The server has the last word on both. */
const commentBelowPoints = 3;

export function ReviewForm({ pilot, view }: { readonly pilot: PilotView; readonly view: DeliverableView }) {
  const { t } = useTranslation(["review", "common"]);
  const { me, announce } = usePortal();
  const unsent = useUnsentReview({
    personId: me.person.id,
    pilotId: pilot.id,
    deliverableId: view.id,
    revision: view.revision,
  });
  const { points, criterionComments, fieldComments } = unsent.review;
  // Comments that were kept stand open; what is opened and closed later is its reader's business.
  const [commentedBefore] = useState(() => Object.keys(filled(fieldComments)));
  const [showsChangedOnly, setShowsChangedOnly] = useState(false);
  const criteria = useRef<HTMLElement>(null);
  const review = useCommand("reviewDeliverable");
  const pilotId = pilot.id;
  const hasEarlier = view.revision > 1;
  const revision = useOperation(
    "getRevision",
    { params: { pilotId, deliverableId: view.id, revision: view.revision } },
    { enabled: hasEarlier },
  );
  const isChanged = (pointer: string) => revision.data?.differences.some((each) => isWithin(each.pointer, pointer));
  const fields = useMemo(() => fieldsOf(view.schema, view.organisations), [view.schema, view.organisations]);
  const values = view.submitted?.values ?? {};
  const unscored = view.reviewCriteria.filter(({ id }) => points[id] === undefined).length;

  /** The first criterion without points, or the first of all. */
  const goToCriteria = () => {
    const open = view.reviewCriteria.find(({ id }) => points[id] === undefined) ?? view.reviewCriteria[0];
    const radios = [...(criteria.current?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [])];
    const own = radios.filter(({ name }) => name === nameOfPoints(open?.id ?? ""));
    (own.find(({ checked }) => checked) ?? own[0])?.focus();
  };
  /** Where something is missing: points, or why they are so few. The server says which rule it is. */
  const goToGap = () => {
    if (unscored > 0) return goToCriteria();
    const unexplained = view.reviewCriteria.findIndex(
      ({ id }) => (points[id] ?? 4) < commentBelowPoints && (criterionComments[id] ?? "").trim() === "",
    );
    criteria.current?.querySelectorAll("fieldset")[unexplained]?.querySelector("textarea")?.focus();
  };
  useShortcut("n", t("keys.n"), goToCriteria);
  useKeysAtFocus(pointsKeys, t("keys.points"));
  const scoreByKey = (id: string) => (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "radio") return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const score = scores.find((each) => String(each) === event.key);
    if (score === undefined) return;
    event.preventDefault();
    unsent.change({ points: { ...points, [id]: score } });
    const own = event.currentTarget.querySelectorAll<HTMLInputElement>('input[type="radio"]');
    own[score]?.focus();
  };

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
      {
        onSuccess: () => {
          unsent.forget();
          announce(t(outcome === "accepted" ? "accepted" : "sentBack", { name: view.name }));
          // The button that was pressed goes with the form.
          focusHeading();
        },
        onError: goToGap,
      },
    );
  };

  const commented = Object.keys(filled(fieldComments));
  const waiting = pilot.deliverables.filter(({ waitsFor }) => waitsFor.includes(view.id)).map(({ name }) => name);
  const shownFields = visibleFields(view.schema, fields, values).filter(
    ({ key }) => !showsChangedOnly || isChanged(`/${key}`),
  );
  return (
    <form className="review" onSubmit={(event: FormEvent) => event.preventDefault()}>
      <section aria-labelledby="answers">
        <h2 id="answers">{t("answers", { revision: view.revision })}</h2>
        {view.submitted === undefined ? null : (
          <p className="quiet">{t("by", { name: view.submitted.by.name, time: minuteInWords(view.submitted.at) })}</p>
        )}
        {view.remarks.length === 0 ? null : (
          <div className="gaps">
            <h3>{t("remarks")}</h3>
            <ul>
              {view.remarks.map(({ pointer, label, message }) => (
                <li key={`${pointer} ${message}`}>{t("common:sentence", { first: label, second: message })}</li>
              ))}
            </ul>
          </div>
        )}
        {hasEarlier ? (
          <>
            <Changes pilotId={pilotId} view={view} fields={fields} />
            <Checkbox
              className="tick"
              label={t("changes.only")}
              checked={showsChangedOnly}
              onChange={(event) => setShowsChangedOnly(event.currentTarget.checked)}
            />
          </>
        ) : null}
        {shownFields.map((field) => {
          const pointer = `/${field.key}`;
          return (
            <div key={field.key} className="answer">
              <h3>
                {field.label} {isChanged(pointer) ? <Mark tone="gray">{t("changes.changed")}</Mark> : null}
              </h3>
              <FieldValue field={field} value={values[field.key]} />
              <details className="remark" open={commentedBefore.includes(pointer)}>
                <summary>
                  {fieldComments[pointer] ? t("comment") : t("addComment")}
                  <span className="for-readers"> {t("on", { field: field.label })}</span>
                </summary>
                <Textarea
                  aria-label={t("commentOn", { field: field.label })}
                  description={t("commentOnHelp")}
                  rows={2}
                  maxLength={2000}
                  value={fieldComments[pointer] ?? ""}
                  onChange={(event) =>
                    unsent.change({ fieldComments: { ...fieldComments, [pointer]: event.target.value } })
                  }
                />
              </details>
            </div>
          );
        })}
      </section>
      <section className="criteria" aria-labelledby="criteria" ref={criteria}>
        <h2 id="criteria">{t("title")}</h2>
        <ShortcutKeys keys={["n", pointsKeys, "?"]} />
        {view.reviewCriteria.map(({ id, text, weight, must }) => (
          <fieldset key={id} onKeyDown={scoreByKey(id)}>
            <legend>
              {text} <span className="quiet">{t(must ? "weightMust" : "weight", { weight })}</span>
            </legend>
            <div className="choices">
              {scores.map((score) => (
                <Radio
                  key={score}
                  className="tick"
                  name={nameOfPoints(id)}
                  checked={points[id] === score}
                  onChange={() => unsent.change({ points: { ...points, [id]: score } })}
                  label={t(`anchor.${score}`)}
                />
              ))}
            </div>
            <Textarea
              className="field"
              label={<FieldLabel isOptional={(points[id] ?? 4) >= commentBelowPoints}>{t("comment")}</FieldLabel>}
              description={t("commentHelp", { points: commentBelowPoints })}
              rows={2}
              maxLength={2000}
              value={criterionComments[id] ?? ""}
              onChange={(event) =>
                unsent.change({ criterionComments: { ...criterionComments, [id]: event.target.value } })
              }
            />
          </fieldset>
        ))}
        <p className="help">
          {t("needs", { percent: view.acceptance.weightedPercentMin })}{" "}
          {view.reviewCriteria.some(({ must }) => must)
            ? t("needsMusts", { points: view.acceptance.mustCriterionMin })
            : null}
        </p>
        <div className="verdict">
          <p role="status">
            <strong>
              {unscored > 0
                ? t("unscored", { count: unscored })
                : t("result", { percent: numberInWords(weighted(view.reviewCriteria, points)) })}
            </strong>{" "}
            {unscored > 0 ? null : <Fits view={view} points={points} />}
          </p>
          <dl className="facts">
            <div>
              <dt>{t("accept")}</dt>
              <dd id="if-accepted">
                {waiting.length === 0 ? t("ifAccepted") : t("ifAcceptedOpens", { what: listInWords(waiting) })}
                {pilot.status === "applied" ? ` ${t("ifAcceptedAdmission")}` : null}
              </dd>
            </div>
            <div>
              <dt>{t("rework")}</dt>
              <dd id="if-rework">
                {commented.length === 0
                  ? t("ifReworkAll")
                  : t("ifReworkFields", {
                      count: commented.length,
                      fields: listInWords(commented.map((pointer) => labelAt(fields, pointer))),
                    })}
              </dd>
            </div>
          </dl>
          <Problem error={review.error} />
          <p className="help">{t(unsent.isKept ? "kept" : "notKept")}</p>
          <div className="buttons">
            <Button aria-describedby="if-accepted" aria-disabled={review.isPending} onClick={() => decide("accepted")}>
              {t("accept")}
            </Button>
            <Button
              variant="default"
              aria-describedby="if-rework"
              aria-disabled={review.isPending}
              onClick={() => decide("rework")}
            >
              {t("rework")}
            </Button>
          </div>
        </div>
      </section>
    </form>
  );
}

/** Whether these points let the revision be accepted; the server has the last word. */
function Fits({ view, points }: { readonly view: DeliverableView; readonly points: Readonly<Record<string, number>> }) {
  const { t } = useTranslation("review");
  const { accepted, mustsMissed } = resultOf(view, points);
  if (accepted) return t("fits");
  if (mustsMissed.length === 0) return <span className="overdue">{t("fitsNot")}</span>;
  const musts = view.reviewCriteria.filter(({ id }) => mustsMissed.includes(id)).map(({ text }) => text);
  return <span className="overdue">{t("fitsNotMusts", { musts: listInWords(musts) })}</span>;
}

const nameOfPoints = (criterionId: string): string => `points ${criterionId}`;

const filled = (comments: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(comments)
      .map(([key, text]) => [key, text.trim()] as const)
      .filter(([, text]) => text !== ""),
  );

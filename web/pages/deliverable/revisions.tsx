/** Every submitted revision of a deliverable, and one of them as it was handed in. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { DeliverableView, PilotView } from "../../../shared/contracts/views.ts";
import { useOperation } from "../../api/queries.ts";
import { FieldValue } from "../../form/field-value.tsx";
import { fieldsOf, visibleFields } from "../../form/form-model.ts";
import { minuteInWords, numberInWords } from "../../language/format.ts";
import { FactsInLine } from "../../parts/facts.tsx";
import { Mark, Status } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { pilotTrail } from "../../parts/pilot-trail.tsx";
import { Waiting } from "../../parts/states.tsx";
import { isWithin } from "./changes.tsx";

export function Revisions(props: {
  readonly pilotId: string;
  readonly view: DeliverableView;
  /** The one that is shown. */
  readonly shown?: number;
}) {
  const { t } = useTranslation("review");
  const { pilotId, view, shown } = props;
  if (view.revisions.length === 0) return null;
  return (
    <section aria-labelledby="revisions">
      <h2 id="revisions">{t("revisions.title")}</h2>
      <ul className="cards">
        {view.revisions.toReversed().map((each) => (
          <li key={each.revision}>
            <p className="what">
              <PageLink
                to="/pilots/$pilotId/deliverables/$deliverableId"
                params={{ pilotId, deliverableId: view.id }}
                search={{ revision: each.revision }}
                aria-current={each.revision === shown ? "page" : undefined}
              >
                {t("revisions.one", { revision: each.revision })}
              </PageLink>
            </p>
            <Submitted of={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Submitted({ of: { by, at, review } }: { readonly of: DeliverableView["revisions"][number] }) {
  const { t } = useTranslation("review");
  return (
    <p className="quiet">
      <FactsInLine>
        {t("by", { name: by.name, time: minuteInWords(at) })}
        {review === undefined ? null : (
          <>
            {t("revisions.reviewed", {
              percent: numberInWords(review.weightedPercent),
              time: minuteInWords(review.at),
            })}{" "}
            <Status of={review.outcome} />
          </>
        )}
      </FactsInLine>
    </p>
  );
}

/** Unchangeable: what rests on a revision links here. */
export function RevisionOfDeliverable(props: {
  readonly pilot: PilotView;
  readonly view: DeliverableView;
  readonly revision: number;
}) {
  const { t } = useTranslation(["review", "common"]);
  const { pilot, view, revision } = props;
  const params = { pilotId: pilot.id, deliverableId: view.id };
  const { data, error, refetch } = useOperation("getRevision", { params: { ...params, revision } });
  const fields = useMemo(() => fieldsOf(view.schema, view.organisations), [view.schema, view.organisations]);
  const submitted = view.revisions.find((each) => each.revision === revision);
  const isChanged = (key: string) => data?.differences.some(({ pointer }) => isWithin(pointer, `/${key}`)) === true;
  return (
    <>
      <PageHeading
        trail={[
          ...pilotTrail(pilot),
          <PageLink key="deliverable" to="/pilots/$pilotId/deliverables/$deliverableId" params={params}>
            {view.name}
          </PageLink>,
        ]}
      >
        {t("revisions.heading", { name: view.name, revision })}
      </PageHeading>
      <p className="notice">
        {revision === view.revision ? t("revisions.isLast") : t("revisions.isOld", { last: view.revision })}{" "}
        <PageLink to="/pilots/$pilotId/deliverables/$deliverableId" params={params}>
          {t("revisions.toCurrent")}
        </PageLink>
      </p>
      {submitted === undefined ? null : <Submitted of={submitted} />}
      {data === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <section aria-labelledby="answers">
          <h2 id="answers">{t("answers", { revision })}</h2>
          {visibleFields(view.schema, fields, data.values).map((field) => (
            <div key={field.key} className="answer">
              <h3>
                {field.label} {isChanged(field.key) ? <Mark tone="gray">{t("changes.changed")}</Mark> : null}
              </h3>
              <FieldValue field={field} value={data.values[field.key]} />
            </div>
          ))}
          <p className="quiet">{t("revisions.checksum", { checksum: data.checksum })}</p>
        </section>
      )}
      <Revisions pilotId={pilot.id} view={view} shown={revision} />
    </>
  );
}

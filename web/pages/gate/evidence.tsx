/** The deliverables a decision rests on, each as the very revision. */
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { listInWords } from "../../language/format.ts";
import { DeliverableLink } from "../../parts/deliverable-link.tsx";
import { Status } from "../../parts/labels.tsx";
import type { GateProps } from "./gate-view.ts";
import type { Revisions } from "./use-kept-entries.ts";

export function Evidence({ pilot, gate }: GateProps) {
  const { t } = useTranslation("gate");
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence">{t("basis.title")}</h2>
      <p className="help">{t("basis.lead")}</p>
      <ul className="evidence">
        {pilot.deliverables
          .filter(({ id }) => Object.hasOwn(gate.basedOn, id))
          .map((each) => (
            <li key={each.id}>
              <RevisionLink pilot={pilot} deliverableId={each.id} revision={gate.basedOn[each.id] ?? 0} />{" "}
              <Status of={each.status} />
            </li>
          ))}
      </ul>
      <LeftOut pilot={pilot} gate={gate} />
    </section>
  );
}

export function LeftOut({ pilot, gate }: GateProps) {
  const { t } = useTranslation("gate");
  const skipped = pilot.deliverables.filter(({ runId, status }) => runId === gate.runId && status === "skipped");
  if (skipped.length === 0) return null;
  return <p className="quiet">{t("basis.skipped", { names: listInWords(skipped.map(({ name }) => name)) })}</p>;
}

/** Leads to the revision itself, also when there is a newer one. */
function RevisionLink(props: { readonly pilot: PilotView; readonly deliverableId: string; readonly revision: number }) {
  const { t } = useTranslation("gate");
  const { pilot, deliverableId, revision } = props;
  return (
    <DeliverableLink pilot={pilot} deliverableId={deliverableId} revision={revision}>
      {t("history.revision", { name: nameOf(pilot, deliverableId), revision })}
    </DeliverableLink>
  );
}

export function RevisionLinks({ pilot, revisions }: { readonly pilot: PilotView; readonly revisions: Revisions }) {
  return (
    <ul className="evidence">
      {Object.entries(revisions).map(([id, revision]) => (
        <li key={id}>
          <RevisionLink pilot={pilot} deliverableId={id} revision={revision} />
        </li>
      ))}
    </ul>
  );
}

export const nameOf = (pilot: PilotView, deliverableId: string): string =>
  pilot.deliverables.find(({ id }) => id === deliverableId)?.name ?? deliverableId;

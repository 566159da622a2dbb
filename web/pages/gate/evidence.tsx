/** The deliverables a decision rests on, each as the very revision. */
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { listInWords } from "../../language/format.ts";
import { Status } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import type { GateProps } from "./gate-view.ts";
import type { Revisions } from "./use-kept-entries.ts";

export function Evidence({ pilot, gate }: GateProps) {
  const { t } = useTranslation("gate");
  const skipped = pilot.deliverables.filter(({ runId, status }) => runId === gate.runId && status === "skipped");
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
      {skipped.length === 0 ? null : (
        <p className="quiet">{t("basis.skipped", { names: listInWords(skipped.map(({ name }) => name)) })}</p>
      )}
    </section>
  );
}

/** Leads to the revision itself, also when there is a newer one. */
function RevisionLink(props: { readonly pilot: PilotView; readonly deliverableId: string; readonly revision: number }) {
  const { t } = useTranslation("gate");
  const { pilot, deliverableId, revision } = props;
  return (
    <PageLink
      to="/pilots/$pilotId/deliverables/$deliverableId"
      params={{ pilotId: pilot.id, deliverableId }}
      search={{ revision }}
    >
      {t("history.revision", { name: nameOf(pilot, deliverableId), revision })}
    </PageLink>
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

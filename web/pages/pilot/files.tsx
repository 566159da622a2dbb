/** Every file attached to a form of the pilot, by deliverable. */
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { useOperation } from "../../api/queries.ts";
import { loadWords } from "../../language/language.ts";
import { Loading, Waiting } from "../../parts/states.tsx";
import { EmptyIn, Section } from "./sections.tsx";

const AttachedFiles = lazy(() =>
  Promise.all([import("../../form/attached-files.tsx"), loadWords("form")]).then(([module]) => ({
    default: module.AttachedFiles,
  })),
);

export function Files({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation("workspace");
  const { data, error, refetch } = useOperation("listFiles", { params: { pilotId: pilot.id } });
  const byDeliverable = Map.groupBy(data?.files ?? [], ({ deliverableId }) => deliverableId);
  return (
    <Section id="files" title={t("files.title")}>
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data?.files.length === 0 ? <EmptyIn pilot={pilot}>{t("files.empty")}</EmptyIn> : null}
      {byDeliverable.size === 0 ? null : (
        <Suspense fallback={<Loading />}>
          {[...byDeliverable].map(([deliverableId, files]) => (
            <div key={deliverableId}>
              <h3>{pilot.deliverables.find(({ id }) => id === deliverableId)?.name ?? deliverableId}</h3>
              <AttachedFiles files={files.map(({ id, name, sha256 }) => ({ fileId: id, name, sha256 }))} />
            </div>
          ))}
        </Suspense>
      )}
    </Section>
  );
}

/** What happened to the pilot, newest first, with links to what it speaks of. */
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { usePages } from "../../api/queries.ts";
import { minuteInWords } from "../../language/format.ts";
import { DeliverableLink } from "../../parts/deliverable-link.tsx";
import { PageLink } from "../../parts/page.tsx";
import { ShowMore } from "../../parts/show-more.tsx";
import { Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { Section } from "./sections.tsx";

export function Timeline({ pilot }: { readonly pilot: PilotView }) {
  const { t } = useTranslation(["pilot", "seat", "workspace"]);
  const { me } = usePortal();
  const { id: pilotId } = pilot;
  const pages = usePages("getTimeline", {
    params: { pilotId },
    query: { limit: 15 },
  });
  const { data, error, refetch } = pages;
  return (
    <Section id="timeline" title={t("timeline.title")}>
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      <ol className="timeline">
        {data?.pages
          .flatMap((page) => page.entries)
          .map((entry) => (
            <li key={entry.id}>
              <time dateTime={entry.at}>{minuteInWords(entry.at)}</time>
              <span>
                {entry.sentence}
                {entry.reason === undefined ? null : <q>{entry.reason}</q>}
                {entry.by.for === undefined ? (
                  entry.sentence.includes(entry.by.person.name) ? null : (
                    <span className="quiet"> {entry.by.person.name}</span>
                  )
                ) : (
                  <span className="quiet">
                    {" "}
                    {t("seat:inPlaceOf", { name: entry.by.person.name, other: entry.by.for.name })}
                  </span>
                )}
                {entry.deliverableId === undefined ? null : (
                  <EntryLink pilot={pilot} deliverableId={entry.deliverableId} revision={entry.revision} />
                )}
              </span>
            </li>
          ))}
      </ol>
      <ShowMore of={pages}>{t("timeline.earlier")}</ShowMore>
      {me.acting.role === "coordinator" ? (
        <p>
          <PageLink to="/states" search={{ pilot: pilotId }}>
            {t("workspace:executions")}
          </PageLink>
        </p>
      ) : null}
    </Section>
  );
}

/** To the deliverable an entry speaks of, in the revision it was then. */
function EntryLink(props: {
  readonly pilot: PilotView;
  readonly deliverableId: string;
  readonly revision: number | undefined;
}) {
  const { t } = useTranslation(["pilot", "workspace"]);
  const { pilot, deliverableId, revision } = props;
  return (
    <>
      {" "}
      <DeliverableLink pilot={pilot} deliverableId={deliverableId} revision={revision} className="address">
        {revision === undefined ? deliverableId : t("workspace:deliverables.of", { name: deliverableId, revision })}
      </DeliverableLink>
    </>
  );
}

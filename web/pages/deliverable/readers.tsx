/** Who from outside the company has read the figures of its business case, for those who may know. */
import { useTranslation } from "react-i18next";
import type { DeliverableView, PilotView } from "../../../shared/contracts/views.ts";
import { roles } from "../../../shared/domain/actor.ts";
import { isBusinessCase } from "../../../shared/domain/pilot/deliverable-kinds.ts";
import { usePages } from "../../api/queries.ts";
import { minuteInWords } from "../../language/format.ts";
import { FactsInLine } from "../../parts/facts.tsx";
import { ShowMore } from "../../parts/show-more.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { inWords } from "../../words.ts";

export function Readers({ pilot, view }: { readonly pilot: PilotView; readonly view: DeliverableView }) {
  const { t } = useTranslation("form");
  if (!isBusinessCase(view) || !pilot.may.includes("access.read")) return null;
  return (
    <section aria-labelledby="readers">
      <h2 id="readers">{t("readers.title")}</h2>
      <p className="help">{t("readers.help")}</p>
      <Log pilotId={pilot.id} />
    </section>
  );
}

function Log({ pilotId }: { readonly pilotId: string }) {
  const { t } = useTranslation(["form", "common"]);
  const pages = usePages("listAccess", {
    params: { pilotId },
    query: {},
  });
  const { data, error, refetch } = pages;
  if (data === undefined) return <Waiting error={error} reload={refetch} />;
  const entries = data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) return <Empty>{t("readers.empty")}</Empty>;
  return (
    <>
      <ul className="cards">
        {entries.map(({ at, by, revision }) => {
          const role = roles.find((each) => each === by.role);
          return (
            <li key={`${at} ${by.person.id} ${revision}`}>
              <p className="what">
                {by.for === undefined
                  ? by.person.name
                  : t("readers.inPlaceOf", { name: by.person.name, other: by.for.name })}
              </p>
              <p className="quiet">
                <FactsInLine>
                  {role === undefined ? inWords(by.role) : t(`common:role.${role}`)}
                  {revision === undefined ? t("readers.draft") : t("common:revision", { revision })}
                  <time dateTime={at}>{minuteInWords(at)}</time>
                </FactsInLine>
              </p>
            </li>
          );
        })}
      </ul>
      <ShowMore of={pages} />
    </>
  );
}

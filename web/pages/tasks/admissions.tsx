/** Applications that were accepted and wait for a coordinator to admit or reject them: no task stands for that. */
import { useTranslation } from "react-i18next";
import { usePages } from "../../api/queries.ts";
import { dayInWords } from "../../language/format.ts";
import { Count } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { ShowMore } from "../../parts/show-more.tsx";

export function Admissions() {
  const { t } = useTranslation("inbox");
  const pages = usePages("listPilots", { query: { stage: "intake" } });
  const pilots = pages.data?.pages.flatMap((page) => page.pilots) ?? [];
  const waiting = pilots.filter(({ ball }) => ball?.kind === "admission");
  if (waiting.length === 0 && !pages.hasNextPage) return null;
  return (
    <section aria-labelledby="admissions">
      <h2 id="admissions">
        {t("admissions.title")} <Count of={waiting.length} />
      </h2>
      <p className="help">{t("admissions.help")}</p>
      <ul className="cards">
        {waiting.map(({ id, title, ball }) => (
          <li key={id}>
            <div className="task">
              <p className="what">{title}</p>
              {ball === undefined ? null : (
                <p className="quiet">{t("admissions.since", { day: dayInWords(ball.since) })}</p>
              )}
              <div className="buttons">
                <PageLink
                  to="/pilots/$pilotId"
                  params={{ pilotId: id }}
                  hash="admission"
                  isButton
                  aria-label={`${t("admissions.decide")}: ${title}`}
                >
                  {t("admissions.decide")}
                </PageLink>
              </div>
            </div>
          </li>
        ))}
      </ul>
      <ShowMore of={pages} />
    </section>
  );
}

/** The company's pilots under way, each with who has the ball: what a company looks for first. Without any: how to begin. */
import { useTranslation } from "react-i18next";
import { isEnded } from "../../../shared/domain/pilot/state.ts";
import { useOperation } from "../../api/queries.ts";
import { numberInWords } from "../../language/format.ts";
import { WhoHasTheBall } from "../../parts/ball.tsx";
import { Mark } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";

export function OwnPilots() {
  const { t } = useTranslation(["ball", "common"]);
  const { me } = usePortal();
  const { data } = useOperation("listPilots", { query: {} });
  const underWay = data?.pilots.filter((pilot) => !isEnded(pilot)) ?? [];
  if (data?.pilots.length === 0) {
    return (
      <section className="notice" aria-labelledby="own-pilots">
        <h2 id="own-pilots">{t("first.title")}</h2>
        <p>{t("first.what")}</p>
        <PageLink to="/pilots" isButton>
          {t("first.start")}
        </PageLink>
      </section>
    );
  }
  if (underWay.length === 0) return null;
  return (
    <section aria-labelledby="own-pilots">
      <h2 id="own-pilots">{t("own")}</h2>
      <ul className="cards">
        {underWay.map((pilot) => (
          <li key={pilot.id}>
            <p className="what">
              <PageLink to="/pilots/$pilotId" params={{ pilotId: pilot.id }}>
                {pilot.title}
              </PageLink>
              {pilot.atRisk ? <Mark>{t("common:atRisk")}</Mark> : null}
            </p>
            <WhoHasTheBall pilot={pilot} />
            {me.acting.role === "sme_admin" && toConfirm(pilot) > 0 ? (
              <p>
                <PageLink to="/pilots/$pilotId" params={{ pilotId: pilot.id }} hash="hours">
                  {t("hours", { hours: numberInWords(toConfirm(pilot)) })}
                </PageLink>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Disputed hours wait for a coordinator. */
const toConfirm = ({ openHours, disputedHours }: { readonly openHours: number; readonly disputedHours: number }) =>
  openHours - disputedHours;

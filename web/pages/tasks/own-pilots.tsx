/**
 * The company's pilots under way, each with who has the ball, and those that have ended with hours still to confirm: what a
 * company looks for first. Without any pilot: how to begin.
 */
import { useTranslation } from "react-i18next";
import { isEnded } from "../../../shared/domain/pilot/state.ts";
import { useOperation } from "../../api/queries.ts";
import { inOrder, numberInWords } from "../../language/format.ts";
import { WhoHasTheBall } from "../../parts/ball.tsx";
import { Mark, Status } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";
import { routeInWords } from "../../words.ts";
import { inOrderOfBall } from "../pilots/order-of-ball.ts";

export function OwnPilots() {
  const { t } = useTranslation(["ball", "common"]);
  const { me } = usePortal();
  const { data } = useOperation("listPilots", { query: {} });
  const confirms = me.acting.role === "sme_admin";
  const listed = data?.pilots.filter((pilot) => !isEnded(pilot) || (confirms && toConfirm(pilot) > 0)) ?? [];
  const shown = inOrderOfBall(listed, me, inOrder);
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
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="own-pilots">
      <h2 id="own-pilots">{t("own")}</h2>
      <ul className="cards">
        {shown.map((pilot) => (
          <li key={pilot.id}>
            <p className="what">
              <PageLink to="/pilots/$pilotId" params={{ pilotId: pilot.id }}>
                {pilot.title}
              </PageLink>
              {isEnded(pilot) ? <Status of={pilot.status} /> : null}
              {pilot.atRisk ? <Mark>{t("common:atRisk")}</Mark> : null}
            </p>
            <p className="quiet">{routeInWords(pilot)}</p>
            {isEnded(pilot) ? null : <WhoHasTheBall pilot={pilot} />}
            {confirms && toConfirm(pilot) > 0 ? (
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

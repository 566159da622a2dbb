/** Acting for somebody away: the choice in the person's menu, and the banner that says so on every page. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useOperation } from "../api/queries.ts";
import { dayInWords } from "../language/format.ts";
import { usePortal } from "../portal.ts";
import type { Seat } from "./seat.ts";

/** Whom one may act for today; nothing while there is nobody. */
export function StandingIn() {
  const { t } = useTranslation("seat");
  const { me, seat, takeSeat } = usePortal();
  const { data } = useOperation("listAbsences", {});
  if (seat !== undefined) {
    return (
      <Button variant="default" onClick={() => takeSeat(undefined)}>
        {t("back")}
      </Button>
    );
  }
  return data?.standingInFor
    .filter(({ current }) => current)
    .map(({ person, until }) => (
      <Button
        key={person.id}
        variant="default"
        onClick={() => takeSeat({ membershipId: me.acting.id, personId: person.id, name: person.name, until })}
      >
        {t("take", { name: person.name, day: dayInWords(until) })}
      </Button>
    ));
}

/** `lost`: the server has just refused to let the person act for them any longer. */
export function SeatBanner({ seat, lost }: { readonly seat: Seat | undefined; readonly lost: Seat | undefined }) {
  const { t } = useTranslation("seat");
  const { takeSeat } = usePortal();
  if (seat === undefined) {
    return (
      <div className="notice" role="status">
        {t("lost", { name: lost?.name ?? "" })}
      </div>
    );
  }
  return (
    <section className="seat" aria-label={t("title")}>
      <p>
        <strong>{t("actingFor", { name: seat.name, day: dayInWords(seat.until) })}</strong> {t("logged")}
      </p>
      <Button variant="default" size="compact-md" onClick={() => takeSeat(undefined)}>
        {t("back")}
      </Button>
    </section>
  );
}

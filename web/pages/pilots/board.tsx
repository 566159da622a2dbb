/** The pipeline as a board: a column for each stage, a card for each pilot. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DueDate, Mark, Status } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";
import { stageInWords } from "../../words.ts";
import { type PilotRow, places } from "./pilot-rows.ts";

/** Cards a column begins with; thousands at once would make the page slow. */
const CARDS = 40;

export function Board({ rows, withEnded }: { readonly rows: readonly PilotRow[]; readonly withEnded: boolean }) {
  const byPlace = Map.groupBy(rows, ({ place }) => place);
  // Stages of later process versions come after those known here.
  const later = [...byPlace.keys()].filter((place) => !places.includes(place));
  const shown = [...places.filter((place) => place !== "ended"), ...later, ...(withEnded ? ["ended"] : [])];
  return (
    <div className="board">
      {shown.map((place) => (
        <Column key={place} place={place} rows={byPlace.get(place) ?? []} />
      ))}
    </div>
  );
}

function Column({ place, rows }: { readonly place: string; readonly rows: readonly PilotRow[] }) {
  const { t } = useTranslation(["board", "common"]);
  const [limit, setLimit] = useState(CARDS);
  return (
    <section aria-labelledby={`place-${place}`}>
      <h2 id={`place-${place}`}>{t("place", { stage: stageInWords(place), number: rows.length })}</h2>
      {rows.length === 0 ? <p className="quiet">{t("emptyPlace")}</p> : null}
      <ul className="cards">
        {rows.slice(0, limit).map((row) => (
          <Card key={row.pilot.id} row={row} />
        ))}
      </ul>
      {rows.length > limit ? (
        <Button variant="default" onClick={() => setLimit(limit + CARDS)}>
          {t("common:showMore")}
        </Button>
      ) : null}
    </section>
  );
}

function Card({ row }: { readonly row: PilotRow }) {
  const { t } = useTranslation(["board", "common"]);
  const { now } = usePortal();
  const { pilot, place, days, isOverdue, cells } = row;
  const isSpecial = place === "ended" || pilot.status === "on_hold" || pilot.stageStatus === "at_gate";
  const state = pilot.status === "active" ? (pilot.stageStatus ?? pilot.status) : pilot.status;
  return (
    <li>
      <h3>
        <PageLink to="/pilots/$pilotId" params={{ pilotId: pilot.id }}>
          {pilot.title}
        </PageLink>
      </h3>
      <p className="quiet">{cells.route.text}</p>
      <p>{place === "ended" ? t("endedDays", { count: days }) : t("days", { count: days })}</p>
      {pilot.nextDueAt === undefined ? null : (
        <p>
          <DueDate at={pilot.nextDueAt} isOver={pilot.nextDueAt < now().toISOString()} />
        </p>
      )}
      {isSpecial || isOverdue || pilot.atRisk ? (
        <p className="buttons">
          {isSpecial ? <Status of={state} /> : null}
          {isOverdue ? <Mark>{t("overdueTasks", { count: pilot.overdueTasks })}</Mark> : null}
          {pilot.atRisk ? <Mark>{t("common:atRisk")}</Mark> : null}
        </p>
      ) : null}
      {place === "ended" ? null : (
        <p className="quiet">{cells.advisors.text === "" ? t("noAdvisor") : cells.advisors.text}</p>
      )}
    </li>
  );
}

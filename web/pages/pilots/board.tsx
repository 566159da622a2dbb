/** The pipeline as a board: a column for each stage, a card for each pilot. */
import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DueDate, Mark, Status } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";
import { stageInWords, stateOf } from "../../words.ts";
import { type PilotRow, places } from "./pilot-rows.ts";
import { Risk } from "./risk.tsx";
import { isLong, useVirtualList } from "./virtual.ts";

export function Board(props: {
  readonly rows: readonly PilotRow[];
  readonly withEnded: boolean;
  /** What is shown, as the address says it. */
  readonly shows: string;
}) {
  const { rows, withEnded, shows } = props;
  const byPlace = useMemo(() => Map.groupBy(rows, ({ place }) => place), [rows]);
  // Stages of later process versions come after those known here.
  const later = [...byPlace.keys()].filter((place) => !places.includes(place));
  const shown = [...places.filter((place) => place !== "ended"), ...later, ...(withEnded ? ["ended"] : [])];
  return (
    <div className="board">
      {shown.map((place) => (
        <Column
          key={place}
          place={place}
          rows={byPlace.get(place) ?? nobody}
          isTall={isLong(rows.length)}
          shows={shows}
        />
      ))}
    </div>
  );
}

const nobody: readonly PilotRow[] = [];

function Column(props: {
  readonly place: string;
  readonly rows: readonly PilotRow[];
  /** Whether each column scrolls by itself. */
  readonly isTall: boolean;
  readonly shows: string;
}) {
  const { t } = useTranslation(["board", "common"]);
  const { place, rows, isTall, shows } = props;
  const { drawn, rest, scroller, entry } = useVirtualList({
    keys: useMemo(() => rows.map(({ pilot }) => pilot.id), [rows]),
    isLong: isTall,
    estimate: () => 176,
    shows,
  });
  return (
    <section aria-labelledby={`place-${place}`}>
      <h2 id={`place-${place}`}>{t("place", { stage: stageInWords(place), number: rows.length })}</h2>
      {rows.length === 0 ? <p className="quiet">{t("emptyPlace")}</p> : null}
      <div {...scroller} className={isTall ? "tall" : undefined} data-scroll-restoration-id={`board-${place}`}>
        <ul className="pilot-cards" style={{ paddingBottom: rest }}>
          {drawn.map(({ index, gap }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <li
                key={row.pilot.id}
                {...entry(index)}
                {...(isTall ? { "aria-posinset": index + 1, "aria-setsize": rows.length } : {})}
                style={{ marginTop: gap }}
              >
                <Card row={row} />
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

/** Drawn anew only when its pilot changes, not whenever the column scrolls. */
const Card = memo(function Card({ row }: { readonly row: PilotRow }) {
  const { t } = useTranslation(["board", "common"]);
  const { now } = usePortal();
  const { pilot, place, days, isOverdue, cells } = row;
  const isSpecial = place === "ended" || pilot.status === "on_hold" || pilot.stageStatus === "at_gate";
  return (
    <article className={pilot.atRisk ? "pilot-card at-risk" : "pilot-card"} aria-labelledby={`pilot-${pilot.id}`}>
      <h3 id={`pilot-${pilot.id}`}>
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
          {isSpecial ? <Status of={stateOf(pilot)} /> : null}
          {pilot.atRisk ? <Risk /> : null}
          {isOverdue ? <Mark>{t("overdueTasks", { count: pilot.overdueTasks })}</Mark> : null}
        </p>
      ) : null}
      {place === "ended" ? null : (
        <p className="quiet">{cells.advisors.text === "" ? t("noAdvisor") : cells.advisors.text}</p>
      )}
    </article>
  );
});

/** How long stages take: each finished run a dot, and the lines that half and 85 % of them stay below. */
import { useNavigate } from "@tanstack/react-router";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { DashboardView } from "../../../shared/contracts/dashboard-operations.ts";
import { dayInWords } from "../../language/format.ts";
import { Empty } from "../../parts/states.tsx";
import { stageInWords } from "../../words.ts";
import { enoughRuns, percentOf, scaleTo, stacked } from "./figures.ts";
import { Numbers, NumberTable, Panel } from "./panel.tsx";
import { PilotLink } from "./pilot-link.tsx";
import { daysInWords } from "./words.ts";

type CycleTimes = DashboardView["cycleTimes"][number];

export function CycleTimesPanel({ view }: { readonly view: DashboardView }) {
  const { t } = useTranslation("dashboard");
  return (
    <Panel title={t("cycle.title")} help={t("cycle.help")} isWide>
      <ul className="legend" aria-hidden>
        <li>
          <svg aria-hidden width="14" height="14">
            <circle className="finished" cx="7" cy="7" r="5" />
          </svg>
          {t("cycle.finishedRun")}
        </li>
        <li>
          <svg aria-hidden width="14" height="14">
            <rect className="running" x="2.5" y="2.5" width="9" height="9" />
          </svg>
          {t("cycle.running")}
        </li>
        <li>
          <svg aria-hidden width="14" height="14">
            <line className="median" x1="7" x2="7" y1="0" y2="14" />
          </svg>
          {t("cycle.median")}
        </li>
        <li>
          <svg aria-hidden width="14" height="14">
            <line className="p85" x1="7" x2="7" y1="0" y2="14" />
          </svg>
          {t("cycle.p85")}
        </li>
        <li>
          <svg aria-hidden width="14" height="14">
            <path className="planned" d="M7 2 L13 12 L1 12 Z" />
          </svg>
          {t("cycle.planned")}
        </li>
      </ul>
      {view.cycleTimes.map((times) => (
        <Stage key={times.stage} times={times} pilots={view.pilots} />
      ))}
    </Panel>
  );
}

function Stage(props: { readonly times: CycleTimes; readonly pilots: DashboardView["pilots"] }) {
  const { t } = useTranslation(["dashboard", "common"]);
  const { times, pilots } = props;
  const { finished, running, medianDays, p85Days } = times;
  const stage = stageInWords(times.stage);
  const isEnough = finished.length >= enoughRuns && medianDays !== undefined && p85Days !== undefined;
  const says = isEnough
    ? t("cycle.says", { median: daysInWords(medianDays), p85: daysInWords(p85Days), runs: finished.length })
    : t("cycle.tooFew", { runs: finished.length, enough: enoughRuns });
  return (
    <section aria-label={stage} className="strip">
      <h3>{t("common:sentence", { first: stage, second: says })}</h3>
      {finished.length + running.length === 0 ? <Empty>{t("cycle.empty")}</Empty> : null}
      {finished.length + running.length === 0 ? null : (
        <>
          <Strip times={times} pilots={pilots} withLines={isEnough} />
          <Numbers>
            {() => (
              <NumberTable
                caption={t("cycle.caption", { stage })}
                columns={[t("pilot"), t("cycle.days"), t("cycle.ended")]}
              >
                {finished.map(({ pilotId, runId, days, endedAt }) => (
                  <tr key={`${pilotId} ${runId}`}>
                    <th scope="row">
                      <PilotLink id={pilotId} title={pilots[pilotId]?.title} />
                    </th>
                    <td className="figure">{daysInWords(days)}</td>
                    <td className="figure">{dayInWords(endedAt)}</td>
                  </tr>
                ))}
                {running.map(({ pilotId, runId, days, onHold }) => (
                  <tr key={`${pilotId} ${runId}`}>
                    <th scope="row">
                      <PilotLink id={pilotId} title={pilots[pilotId]?.title} />
                    </th>
                    <td className="figure">{daysInWords(days)}</td>
                    <td className="figure">{onHold ? t("cycle.onHold") : t("cycle.running")}</td>
                  </tr>
                ))}
              </NumberTable>
            )}
          </Numbers>
        </>
      )}
    </section>
  );
}

const step = 11;
/** Room for the names of two lines above, for the days below. */
const top = 32;

function Strip(props: {
  readonly times: CycleTimes;
  readonly pilots: DashboardView["pilots"];
  readonly withLines: boolean;
}) {
  const { t } = useTranslation("dashboard");
  const navigate = useNavigate();
  const { times, pilots, withLines } = props;
  const runs = [...times.finished, ...times.running];
  const { max, ticks } = scaleTo(Math.max(times.plannedDays, ...runs.map(({ days }) => days)));
  const finished = stacked(times.finished, max);
  const running = stacked(times.running, max);
  const levels = (dots: readonly { readonly level: number }[]) => Math.max(0, ...dots.map(({ level }) => level + 1));
  const line = top + Math.max(2, levels(finished)) * step + 6;
  const bottom = line + 6 + levels(running) * step + 8;
  const x = (days: number) => `${percentOf(days, max)}%`;
  const named = (pilotId: string, days: number) =>
    t("cycle.dot", { title: pilots[pilotId]?.title ?? pilotId, days: daysInWords(days) });
  /** A link for the mouse; the table has the same ones for the keyboard. A router's link for each dot would be slow to draw. */
  const link = (pilotId: string) => ({
    href: `/pilots/${encodeURIComponent(pilotId)}`,
    tabIndex: -1,
    onClick: (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void navigate({ to: "/pilots/$pilotId", params: { pilotId } });
    },
  });
  // No line goes through a name: the later line's stands above, the other's on its own line's left where there is room.
  const isFirstBefore = percentOf(times.medianDays ?? 0, max) >= 35;
  const lines =
    withLines && times.medianDays !== undefined && times.p85Days !== undefined
      ? ([
          { name: "median", days: times.medianDays, isBefore: isFirstBefore, y: 26, from: 16 },
          {
            name: "p85",
            days: times.p85Days,
            isBefore: percentOf(times.p85Days, max) >= 60,
            y: 12,
            from: isFirstBefore ? 2 : top,
          },
        ] as const)
      : [];
  return (
    <div className="chart" aria-hidden>
      <svg aria-hidden width="100%" height={bottom + 20}>
        {ticks.map((tick) => (
          <line key={tick} className="grid" x1={x(tick)} x2={x(tick)} y1={top} y2={bottom} />
        ))}
        <line className="axis" x1="0" x2="100%" y1={line} y2={line} />
        {lines.map(({ name, days, isBefore, y, from }) => (
          <g key={name}>
            <line className={name} x1={x(days)} x2={x(days)} y1={from} y2={bottom} />
            <text className="strong" x={x(days)} y={y} dx={isBefore ? -4 : 4} textAnchor={isBefore ? "end" : "start"}>
              {t(`cycle.${name}`)} {daysInWords(days)}
            </text>
          </g>
        ))}
        <svg aria-hidden x={x(times.plannedDays)} y={line} overflow="visible">
          <path className="planned" d="M0 -2 L6 9 L-6 9 Z" />
        </svg>
        {finished.map(({ run, percent, level }) => (
          <a key={`${run.pilotId} ${run.runId}`} {...link(run.pilotId)}>
            <circle className="finished" cx={`${percent}%`} cy={line - 7 - level * step} r="5">
              <title>{named(run.pilotId, run.days)}</title>
            </circle>
          </a>
        ))}
        {running.map(({ run, percent, level }) => (
          <a key={`${run.pilotId} ${run.runId}`} {...link(run.pilotId)}>
            <svg aria-hidden x={`${percent}%`} y={line + 6 + level * step} overflow="visible">
              <rect className="running" x="-4" y="0" width="8" height="8">
                <title>{named(run.pilotId, run.days)}</title>
              </rect>
            </svg>
          </a>
        ))}
        {ticks.map((tick, index) => (
          <text
            key={tick}
            x={x(tick)}
            y={bottom + 15}
            textAnchor={index === 0 ? "start" : index === ticks.length - 1 ? "end" : "middle"}
          >
            {index === 0 ? t("cycle.axis", { days: daysInWords(tick) }) : daysInWords(tick)}
          </text>
        ))}
      </svg>
    </div>
  );
}

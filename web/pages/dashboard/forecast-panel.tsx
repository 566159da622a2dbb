/** When the pilots in flight will close, what that rests on, and which are unlikely to make it in time. */
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { DashboardView, ForecastView } from "../../../shared/contracts/dashboard-operations.ts";
import { useOperation } from "../../api/queries.ts";
import { monthInWords, numberInWords, shareInWords } from "../../language/format.ts";
import { Empty, Waiting } from "../../parts/states.tsx";
import { stageInWords } from "../../words.ts";
import { unlikely } from "./figures.ts";
import { MonthColumns } from "./month-columns.tsx";
import { OpenedPilots, Opens } from "./opened-pilots.tsx";
import { Numbers, NumberTable, Panel, Unfold } from "./panel.tsx";
import { PilotLink } from "./pilot-link.tsx";
import { dateInWords, daysInWords } from "./words.ts";

export const forecastInput = { query: {} };

export const ForecastPanel = memo(function ForecastPanel({ isFiltered }: { readonly isFiltered: boolean }) {
  const { t } = useTranslation("dashboard");
  const { data, error, refetch } = useOperation("getForecast", forecastInput);
  const says =
    data === undefined || data.inFlight.length === 0
      ? undefined
      : t("forecast.says", {
          inFlight: numberInWords(data.inFlight.length),
          end: dateInWords(data.assumptions.programmeEndsOn),
          p50: numberInWords(data.closeBeforeEnd.p50),
          p85: numberInWords(data.closeBeforeEnd.p85),
        });
  return (
    <Panel title={t("forecast.title")} says={says} {...(isFiltered ? { help: t("forecast.unfiltered") } : {})} isWide>
      {data === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <OpenedPilots pilots={data.pilots}>
          {data.inFlight.length === 0 ? <Empty>{t("forecast.empty")}</Empty> : <Closings forecast={data} />}
          <Assumptions assumptions={data.assumptions} />
        </OpenedPilots>
      )}
    </Panel>
  );
});

function Closings({ forecast }: { readonly forecast: ForecastView }) {
  const { t } = useTranslation("dashboard");
  const { inFlight, byMonth, lastClosesOn, pilots } = forecast;
  const late = unlikely(inFlight);
  return (
    <>
      {lastClosesOn === undefined ? null : (
        <p>{t("forecast.last", { p50: dateInWords(lastClosesOn.p50On), p85: dateInWords(lastClosesOn.p85On) })}</p>
      )}
      <MonthColumns
        names={[t("forecast.p85"), t("forecast.p50")]}
        months={byMonth.map(({ month, p50, p85 }) => ({ month, first: p85, second: p50 }))}
      />
      <Numbers>
        {() => (
          <NumberTable caption={t("forecast.byMonth")} columns={[t("month"), t("forecast.p85"), t("forecast.p50")]}>
            {byMonth.map(({ month, p50, p85 }) => (
              <tr key={month}>
                <th scope="row">{monthInWords(month)}</th>
                <td className="figure">{numberInWords(p85)}</td>
                <td className="figure">{numberInWords(p50)}</td>
              </tr>
            ))}
          </NumberTable>
        )}
      </Numbers>
      <h3>{t("forecast.atRisk", { number: numberInWords(late.length) })}</h3>
      {late.length === 0 ? (
        <p>{t("forecast.noneAtRisk")}</p>
      ) : (
        <Flights caption={t("forecast.atRiskCaption")} flights={late} pilots={pilots} />
      )}
      <Unfold summary={t("forecast.all", { number: numberInWords(inFlight.length) })}>
        {() => <Flights caption={t("forecast.allCaption")} flights={inFlight} pilots={pilots} />}
      </Unfold>
    </>
  );
}

function Flights(props: {
  readonly caption: string;
  readonly flights: readonly ForecastView["inFlight"][number][];
  readonly pilots: DashboardView["pilots"];
}) {
  const { t } = useTranslation("dashboard");
  const { caption, flights, pilots } = props;
  // Two dates in a row: on a phone each may take two lines, so that the share is in sight.
  const on = (date: string | undefined) => (date === undefined ? "–" : dateInWords(date).replaceAll("\u00a0", " "));
  return (
    <NumberTable caption={caption} columns={[t("pilot"), t("forecast.half"), t("forecast.most"), t("forecast.inTime")]}>
      {flights.map(({ pilotId, p50On, p85On, closesBeforeEnd }) => (
        <tr key={pilotId}>
          <th scope="row">
            <PilotLink id={pilotId} title={pilots[pilotId]?.title} />
            <span className="quiet">{stageInWords(pilots[pilotId]?.stage ?? "")}</span>
          </th>
          <td className="figure">{on(p50On)}</td>
          <td className="figure">{on(p85On)}</td>
          <td className="figure">{shareInWords(closesBeforeEnd)}</td>
        </tr>
      ))}
    </NumberTable>
  );
}

function Assumptions({ assumptions }: { readonly assumptions: ForecastView["assumptions"] }) {
  const { t } = useTranslation("dashboard");
  const { trials, stages, plan, overrunFactor, overrunning, leftOut } = assumptions;
  return (
    <>
      <h3>{t("assumptions.title")}</h3>
      <ul>
        <li>{t("assumptions.trials", { trials: numberInWords(trials) })}</li>
        <li>{t("assumptions.completing")}</li>
        {stages.some(({ from }) => from === "plan") ? (
          <li>
            {t("assumptions.plan", {
              least: shareInWords(plan.leastFactor),
              likely: shareInWords(plan.likelyFactor),
              most: shareInWords(plan.mostFactor),
            })}
          </li>
        ) : null}
        {overrunning.length === 0 ? null : (
          <li>
            {t("assumptions.overrunning", { factor: numberInWords(overrunFactor) })}{" "}
            <Opens
              of={{ count: overrunning.length, pilotIds: overrunning }}
              title={t("assumptions.overrunningTitle")}
            />
          </li>
        )}
        {leftOut.length === 0 ? null : (
          <li>
            {t("assumptions.leftOut")}{" "}
            <Opens
              of={{ count: leftOut.length, pilotIds: leftOut.map(({ pilotId }) => pilotId) }}
              title={t("assumptions.leftOutTitle")}
            />
          </li>
        )}
        <li>{t("assumptions.noPromise")}</li>
      </ul>
      <Numbers>
        {() => (
          <NumberTable
            caption={t("assumptions.byStage")}
            columns={[
              t("forecast.stage"),
              t("assumptions.from"),
              t("assumptions.planned"),
              t("cycle.median"),
              t("cycle.p85"),
              t("assumptions.dropOut"),
            ]}
          >
            {stages.map(({ stage, from, finishedRuns, plannedDays, medianDays, p85Days, dropOut }) => (
              <tr key={stage}>
                <th scope="row">{stageInWords(stage)}</th>
                <td className="figure">
                  {from === "plan" ? t("assumptions.fromPlan") : t("assumptions.fromRuns", { runs: finishedRuns })}
                </td>
                <td className="figure">{daysInWords(plannedDays)}</td>
                <td className="figure">{daysInWords(medianDays)}</td>
                <td className="figure">{daysInWords(p85Days)}</td>
                <td className="figure">{shareInWords(dropOut.share)}</td>
              </tr>
            ))}
          </NumberTable>
        )}
      </Numbers>
    </>
  );
}

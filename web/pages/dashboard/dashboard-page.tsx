/** The programme in figures, and when its pilots will close. */
import "./dashboard.css";
import { Button, TextInput } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { memo, startTransition, useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DashboardView } from "../../../shared/contracts/dashboard-operations.ts";
import { useOperation } from "../../api/queries.ts";
import { countryName, minuteInWords } from "../../language/format.ts";
import { FilterChoice, type FilterOption, filterOptions } from "../../parts/filter-choice.tsx";
import { PageHeading } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { CycleTimesPanel } from "./cycle-times.tsx";
import { type DashboardSearch, dashboardQuery, filterNames } from "./dashboard-search.ts";
import { ForecastPanel, forecastInput } from "./forecast-panel.tsx";
import { OpenedPilots } from "./opened-pilots.tsx";
import { CountryPairsPanel, FunnelPanel, ThroughputPanel } from "./progress-panels.tsx";
import { dateInWords } from "./words.ts";
import { AgeingPanel, LoadPanel, OverduePanel, WaitingPanel } from "./work-panels.tsx";

export function DashboardPage() {
  const { t } = useTranslation("dashboard");
  const search = useSearch({ from: "/portal/dashboard" });
  const isFiltered = filterNames.some((name) => search[name] !== undefined);
  const { data, error, refetch } = useOperation("getDashboard", { query: dashboardQuery(search) });
  // Later answers in short pieces too: at once, all the figures would keep a phone busy for a quarter of a second.
  const view = useDeferredValue(data);
  // Asked at once and shown below the figures, so that nothing jumps when they come.
  useOperation("getForecast", forecastInput);
  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      <div className="wide dashboard">
        <Filters search={search} isFiltered={isFiltered} />
        {data === undefined || view === undefined ? (
          <Waiting error={error} reload={refetch} />
        ) : (
          <>
            <p className="quiet" role="status">
              {t("asOf", {
                time: minuteInWords(view.asOf),
                from: dateInWords(view.period.from),
                until: dateInWords(view.period.until),
              })}
            </p>
            <Figures view={view} isFiltered={isFiltered} />
          </>
        )}
      </div>
    </>
  );
}

/** In the order they are read; each is drawn once for a view. */
const panels = Object.entries({
  funnel: memo(FunnelPanel),
  throughput: memo(ThroughputPanel),
  cycle: memo(CycleTimesPanel),
  waiting: memo(WaitingPanel),
  overdue: memo(OverduePanel),
  ageing: memo(AgeingPanel),
  load: memo(LoadPanel),
  pairs: memo(CountryPairsPanel),
});

const Figures = memo(function Figures(props: { readonly view: DashboardView; readonly isFiltered: boolean }) {
  const { view, isFiltered } = props;
  const { t } = useTranslation("dashboard");
  const hasPilots = Object.keys(view.pilots).length > 0;
  const all = hasPilots ? panels.length + 1 : 1;
  const count = useInTurn(all);
  return (
    <div aria-busy={count < all}>
      {hasPilots ? (
        <OpenedPilots pilots={view.pilots}>
          <div className="panels">
            {panels.slice(0, count).map(([name, Shown]) => (
              <Shown key={name} view={view} />
            ))}
          </div>
        </OpenedPilots>
      ) : (
        <Empty>{isFiltered ? t("noMatch") : t("empty")}</Empty>
      )}
      {count < all ? null : <ForecastPanel isFiltered={isFiltered} />}
    </div>
  );
});

/** One more each time what is above is drawn: laid out all at once they would keep a phone from listening. */
function useInTurn(all: number): number {
  const [count, setCount] = useState(1);
  useEffect(() => {
    if (count < all) startTransition(() => setCount(count + 1));
  }, [count, all]);
  return count;
}

function Filters({ search, isFiltered }: { readonly search: DashboardSearch; readonly isFiltered: boolean }) {
  const { i18n } = useTranslation("dashboard");
  // What there is to choose from does not shrink with the choice.
  const { data: view } = useOperation("getDashboard", { query: {} });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language.
  const options = useMemo(() => optionsOf(view), [view, i18n.language]);
  return <FilterFields search={search} isFiltered={isFiltered} options={options} />;
}

type Changes = { readonly [Name in keyof DashboardSearch]: DashboardSearch[Name] | undefined };

/** Drawn again only when there is something else to choose from or something else is chosen. */
const FilterFields = memo(function FilterFields(props: {
  readonly search: DashboardSearch;
  readonly isFiltered: boolean;
  readonly options: Options;
}) {
  const { search, isFiltered, options } = props;
  const { t } = useTranslation("dashboard");
  const navigate = useNavigate({ from: "/dashboard" });
  const change = (changes: Changes) =>
    void navigate({
      search: (before: DashboardSearch) =>
        Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined)),
      replace: true,
      resetScroll: false,
    });
  return (
    <search className="filters" aria-label={t("filter.title")}>
      <FilterChoice
        label={t("filter.country")}
        value={search.country}
        options={options.country}
        choose={(country) => change({ country })}
      />
      <FilterChoice
        label={t("filter.market")}
        value={search.market}
        options={options.market}
        choose={(market) => change({ market })}
      />
      <FilterChoice
        label={t("load.advisor")}
        value={search.advisor}
        options={options.advisor}
        choose={(advisor) => change({ advisor })}
      />
      <Day label={t("filter.from")} value={search.from} choose={(from) => change({ from })} />
      <Day label={t("filter.until")} value={search.until} choose={(until) => change({ until })} />
      {isFiltered ? (
        <Button
          variant="default"
          onClick={() => change(Object.fromEntries(filterNames.map((name) => [name, undefined])))}
        >
          {t("filter.clear")}
        </Button>
      ) : null}
    </search>
  );
});

type Options = Readonly<Record<"country" | "market" | "advisor", FilterOption[]>>;

function optionsOf(view: DashboardView | undefined): Options {
  const pilots = Object.values(view?.pilots ?? {});
  const advisors = new Map(view?.load.map(({ advisor }) => [advisor.id, advisor.name]));
  return {
    country: filterOptions(
      pilots.map(({ country }) => country),
      countryName,
    ),
    market: filterOptions(
      pilots.flatMap(({ market }) => market ?? []),
      countryName,
    ),
    advisor: filterOptions([...advisors.keys()], (id) => advisors.get(id) ?? id),
  };
}

/** Taken over when the day is complete and the field is left or Enter is pressed: while it is typed it is many days. */
function Day(props: {
  readonly label: string;
  readonly value: string | undefined;
  choose(day: string | undefined): void;
}) {
  const { label, value, choose } = props;
  const take = (given: string) => {
    if (given !== (value ?? "")) choose(given === "" ? undefined : given);
  };
  return (
    <TextInput
      // Another value from outside (a link, "clear") takes the place of what is typed.
      key={value ?? ""}
      type="date"
      label={label}
      defaultValue={value ?? ""}
      onBlur={({ currentTarget }) => take(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => key === "Enter" && take(currentTarget.value)}
    />
  );
}

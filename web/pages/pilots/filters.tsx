/** Which pilots board and table show. */
import { Button, Checkbox, TextInput } from "@mantine/core";
import type { TFunction } from "i18next";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { countryName } from "../../language/format.ts";
import { FilterChoice, filterOptions } from "../../parts/filter-choice.tsx";
import { useShortcut } from "../../shell/shortcuts.ts";
import { stageInWords, statusInWords } from "../../words.ts";
import { type PilotRow, places } from "./pilot-rows.ts";
import { attentions, type PilotSearch } from "./pilot-search.ts";
import { isLong } from "./virtual.ts";

type Changes = { readonly [Name in keyof PilotSearch]: PilotSearch[Name] | undefined };

const filters = ["q", "stage", "status", "country", "market", "company", "advisor", "attention", "ended"] as const;

export function Filters(props: {
  readonly rows: readonly PilotRow[];
  readonly search: PilotSearch;
  change(changes: Changes): void;
}) {
  const { t, i18n } = useTranslation(["board", "common"]);
  const { rows, search, change } = props;
  // A new number empties the search field, which keeps what is typed by itself.
  const [cleared, setCleared] = useState(0);
  const set = filters.filter((name) => search[name] !== undefined).length;
  const found = useRef<HTMLInputElement>(null);
  useShortcut("f", t("filter.search"), () => found.current?.focus());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language.
  const options = useMemo(() => optionsIn(rows), [rows, i18n.language]);
  const { company } = search;
  const textOrNot = (value: string) => (value === "" ? undefined : value);
  const clear = () => {
    setCleared(cleared + 1);
    change(Object.fromEntries(filters.map((name) => [name, undefined])));
  };
  return (
    <search className="filters">
      <TextInput
        key={cleared}
        ref={found}
        label={t("filter.search")}
        description={
          isLong(rows.length) ? `${t("filter.searchHelp")} ${t("filter.searchAll")}` : t("filter.searchHelp")
        }
        type="search"
        maxLength={100}
        defaultValue={search.q ?? ""}
        onChange={(event) => change({ q: textOrNot(event.currentTarget.value.trim()) })}
      />
      <details open={set > (search.q === undefined ? 0 : 1) ? true : undefined}>
        <summary className="unfold">{set === 0 ? t("filter.title") : t("filter.titleSet", { number: set })}</summary>
        <div className="filter-fields">
          <FilterChoice
            label={t("column.stage")}
            value={search.stage}
            options={places.map((id) => [id, stageInWords(id)])}
            choose={(stage) => change({ stage })}
          />
          <FilterChoice
            label={t("column.status")}
            value={search.status}
            options={options.status}
            choose={(status) => change({ status })}
          />
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
          {company === undefined ? null : (
            <FilterChoice
              label={t("column.company")}
              value={company}
              options={[[company, companyName(rows, company)]]}
              choose={(chosen) => change({ company: chosen })}
            />
          )}
          <FilterChoice
            label={t("column.advisors")}
            value={search.advisor}
            options={options.advisor}
            choose={(advisor) => change({ advisor })}
          />
          <FilterChoice
            label={t("filter.attention")}
            value={search.attention}
            options={attentions.map((id) => [id, t(`attention.${id}`)])}
            choose={(given) => change({ attention: attentions.find((id) => id === given) })}
          />
          <Checkbox
            className="tick"
            label={t("filter.ended")}
            checked={search.ended === true}
            onChange={(event) => change({ ended: event.currentTarget.checked ? true : undefined })}
          />
        </div>
      </details>
      {set === 0 ? null : (
        <Button variant="default" onClick={clear}>
          {t("filter.clear")}
        </Button>
      )}
    </search>
  );
}

/** What the pilots of a list can be told apart by. */
function optionsIn(rows: readonly PilotRow[]) {
  const pilots = rows.map(({ pilot }) => pilot);
  const advisors = new Map(pilots.flatMap((pilot) => pilot.advisors.map(({ id, name }) => [id, name] as const)));
  return {
    status: filterOptions(
      pilots.flatMap(({ status, stageStatus }) => [status, stageStatus ?? status]),
      statusInWords,
    ),
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

const companyName = (rows: readonly PilotRow[], id: string): string =>
  rows.find(({ pilot }) => pilot.organisation.id === id)?.pilot.organisation.name ?? id;

/** What is set, as name and value: for whoever reads a list without its page. */
export function filtersInWords(
  search: PilotSearch,
  rows: readonly PilotRow[],
  t: TFunction<["board", "common"]>,
): readonly (readonly [name: string, value: string])[] {
  const { q, stage, status, country, market, company, advisor, attention, ended } = search;
  const advisorName = (id: string) => optionsIn(rows).advisor.find(([each]) => each === id)?.[1] ?? id;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t("filter.search"), q],
    [t("column.stage"), stage && stageInWords(stage)],
    [t("column.status"), status && statusInWords(status)],
    [t("filter.country"), country && countryName(country)],
    [t("filter.market"), market && countryName(market)],
    [t("column.company"), company && companyName(rows, company)],
    [t("column.advisors"), advisor && advisorName(advisor)],
    [t("filter.attention"), attention && t(`attention.${attention}`)],
    [t("filter.ended"), ended && "✓"],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

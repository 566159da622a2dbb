/** The embedded Step Functions: what has run and what runs. */
import { NativeSelect } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import { usePages } from "../../api/queries.ts";
import { minuteInWords, timeInWords } from "../../language/format.ts";
import { FactsInLine } from "../../parts/facts.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { SearchForm } from "../../parts/search-form.tsx";
import { ShowMore } from "../../parts/show-more.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { routeInWords } from "../../words.ts";
import { ExecutionStatus } from "./execution-status.tsx";
import { purposeInWords } from "./execution-words.ts";
import { executionStatuses, type StatesSearch, stateMachines, statesSearch } from "./states-search.ts";

type Execution = OutputOf<"listExecutions">["executions"][number];

export function StatesPage() {
  const { t } = useTranslation("states");
  const search = useSearch({ from: "/portal/states" });
  const { machine = "stage-run", status, pilot, q } = search;
  const pages = usePages("listExecutions", {
    params: { stateMachine: machine },
    query: {
      ...(status === undefined ? {} : { status }),
      ...(pilot === undefined ? {} : { pilotId: pilot }),
      ...(q === undefined ? {} : { q }),
    },
  });
  const { data, error, refetch, hasNextPage } = pages;
  const executions = data?.pages.flatMap((page) => page.executions) ?? [];
  const isFiltered = status !== undefined || pilot !== undefined || q !== undefined;
  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      <p>{t("what")}</p>
      <Filters search={search} />
      {pilot === undefined ? null : <OnlyOf pilot={executions[0]?.pilot} />}
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data !== undefined && executions.length === 0 ? (
        <Empty>{hasNextPage ? t("noneYet") : t(isFiltered ? "none" : "empty")}</Empty>
      ) : null}
      <ul className="cards">
        {executions.map((execution) => (
          <li key={execution.name}>
            <Line execution={execution} />
          </li>
        ))}
      </ul>
      {isFiltered ? <ShowMore of={pages}>{t("further")}</ShowMore> : <ShowMore of={pages} />}
    </>
  );
}

function Filters({ search }: { readonly search: StatesSearch }) {
  const { t } = useTranslation("states");
  const navigate = useNavigate({ from: "/states" });
  const { machine = "stage-run", status = "", q = "" } = search;
  const show = (changed: Record<string, string>) =>
    void navigate({ search: (before) => statesSearch({ ...before, ...changed }), replace: true });
  return (
    <SearchForm label={t("findLabel")} confirm={t("find")} q={q} find={(words) => show({ q: words })}>
      <NativeSelect
        label={t("machine")}
        value={machine}
        data={stateMachines.map((value) => ({ value, label: t(`machines.${value}`) }))}
        onChange={({ currentTarget }) => show({ machine: currentTarget.value })}
      />
      <NativeSelect
        label={t("status")}
        value={status}
        data={[
          { value: "", label: t("anyStatus") },
          ...executionStatuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
        ]}
        onChange={({ currentTarget }) => show({ status: currentTarget.value })}
      />
    </SearchForm>
  );
}

function OnlyOf({ pilot }: Pick<Execution, "pilot">) {
  const { t } = useTranslation("states");
  return (
    <p>
      {pilot === undefined ? t("onlyOne") : t("onlyOf", { pilot: pilot.title })}{" "}
      <PageLink to="/states" search={{}}>
        {t("all")}
      </PageLink>
    </p>
  );
}

function Line({ execution }: { readonly execution: Execution }) {
  const { t } = useTranslation("states");
  const { stateMachine, name, status, pilot, startedAt, endedAt, redriveCount } = execution;
  return (
    <>
      <p className="what">
        <PageLink to="/states/$stateMachine/$name" params={{ stateMachine, name }}>
          {purposeInWords(execution)}
        </PageLink>
        <ExecutionStatus of={status} />
      </p>
      <p className="quiet">
        <FactsInLine>
          {pilot === undefined ? null : routeInWords(pilot)}
          {endedAt === undefined
            ? t("since", { start: minuteInWords(startedAt) })
            : t("fromTo", { start: minuteInWords(startedAt), end: timeInWords(endedAt, new Date(startedAt)) })}
          {redriveCount > 0 ? t("redriven", { count: redriveCount }) : null}
        </FactsInLine>
      </p>
      <p className="quiet">
        <code className="address">{name}</code>
      </p>
    </>
  );
}

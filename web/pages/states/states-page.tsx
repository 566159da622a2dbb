/** The embedded Step Functions: what has run and what runs. */
import { NativeSelect } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePages } from "../../api/queries.ts";
import { minuteInWords } from "../../language/format.ts";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { ShowMore } from "../../parts/show-more.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { ExecutionStatus } from "./execution-status.tsx";
import { executionStatuses, stateMachines, statesSearch } from "./states-search.ts";

export function StatesPage() {
  const { t } = useTranslation("states");
  const { machine = "stage-run", status } = useSearch({ from: "/portal/states" });
  const navigate = useNavigate({ from: "/states" });
  const pages = usePages("listExecutions", {
    params: { stateMachine: machine },
    query: status === undefined ? {} : { status },
  });
  const { data, error, refetch, hasNextPage } = pages;
  const executions = data?.pages.flatMap((page) => page.executions) ?? [];
  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      <p>{t("what")}</p>
      <div className="filters">
        <NativeSelect
          label={t("machine")}
          value={machine}
          data={stateMachines.map((value) => ({ value, label: t(`machines.${value}`) }))}
          onChange={({ currentTarget }) =>
            void navigate({
              search: (before) => statesSearch({ ...before, machine: currentTarget.value }),
              replace: true,
            })
          }
        />
        <NativeSelect
          label={t("status")}
          value={status ?? ""}
          data={[
            { value: "", label: t("anyStatus") },
            ...executionStatuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
          ]}
          onChange={({ currentTarget }) =>
            void navigate({
              search: (before) => statesSearch({ ...before, status: currentTarget.value }),
              replace: true,
            })
          }
        />
      </div>
      {data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data !== undefined && executions.length === 0 && !hasNextPage ? <Empty>{t("empty")}</Empty> : null}
      <ul className="cards">
        {executions.map((execution) => (
          <li key={execution.name}>
            <p className="what">
              <PageLink
                to="/states/$stateMachine/$name"
                params={{ stateMachine: execution.stateMachine, name: execution.name }}
              >
                {execution.name}
              </PageLink>
              <ExecutionStatus of={execution.status} />
            </p>
            <p className="quiet">
              {execution.pilot === undefined ? null : <>{execution.pilot.title} · </>}
              {execution.endedAt === undefined
                ? t("since", { start: minuteInWords(execution.startedAt) })
                : t("fromTo", { start: minuteInWords(execution.startedAt), end: minuteInWords(execution.endedAt) })}
              {execution.redriveCount > 0 ? ` · ${t("redriven", { count: execution.redriveCount })}` : ""}
            </p>
          </li>
        ))}
      </ul>
      <ShowMore of={pages} />
    </>
  );
}

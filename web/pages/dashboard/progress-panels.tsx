/** How far pilots came, month by month, and between which countries. */
import { useTranslation } from "react-i18next";
import type { DashboardView } from "../../../shared/contracts/dashboard-operations.ts";
import { countryName, inOrder, monthInWords, numberInWords } from "../../language/format.ts";
import { Empty } from "../../parts/states.tsx";
import { stageInWords } from "../../words.ts";
import { together } from "./figures.ts";
import { MonthColumns } from "./month-columns.tsx";
import { Opens } from "./opened-pilots.tsx";
import { Bar, Numbers, NumberTable, Panel, Unfold } from "./panel.tsx";

export function FunnelPanel({ view }: { readonly view: DashboardView }) {
  const { t } = useTranslation("dashboard");
  const reached = (step: DashboardView["funnel"][number]["step"]) =>
    numberInWords(view.funnel.find((each) => each.step === step)?.reached.count ?? 0);
  const most = Math.max(1, ...view.funnel.map((each) => each.reached.count));
  return (
    <Panel
      title={t("funnel.title")}
      says={t("funnel.says", {
        applied: reached("applied"),
        admitted: reached("admitted"),
        completed: reached("completed"),
      })}
    >
      <NumberTable
        caption={t("funnel.title")}
        columns={[t("funnel.step"), t("funnel.reached"), t("funnel.here"), t("funnel.lost")]}
      >
        {view.funnel.map((each) => {
          const step = t(`step.${each.step}`);
          return (
            <tr key={each.step}>
              <th scope="row">
                <span className="row-name">{step}</span>
                <Bar value={each.reached.count} max={most} />
              </th>
              <td className="figure">
                <Opens of={each.reached} title={t("of", { what: t("funnel.reached"), whom: step })} />
              </td>
              <td className="figure">
                <Opens of={each.here} title={t("of", { what: t("funnel.here"), whom: step })} />
              </td>
              <td className="figure">
                <Opens of={each.lost} title={t("of", { what: t("funnel.lost"), whom: step })} />
              </td>
            </tr>
          );
        })}
      </NumberTable>
    </Panel>
  );
}

export function ThroughputPanel({ view }: { readonly view: DashboardView }) {
  const { t } = useTranslation("dashboard");
  const admitted = together(view.throughput.map((each) => each.admitted));
  const completed = together(view.throughput.map((each) => each.completed));
  const stages = view.throughput[0]?.stagesPassed.map(({ stage }) => stage) ?? [];
  return (
    <Panel
      title={t("throughput.title")}
      says={t("throughput.says", {
        admitted: numberInWords(admitted.count),
        completed: numberInWords(completed.count),
      })}
    >
      {view.throughput.length === 0 ? (
        <Empty>{t("throughput.empty")}</Empty>
      ) : (
        <>
          <MonthColumns
            names={[t("throughput.admitted"), t("throughput.completed")]}
            months={view.throughput.map((each) => ({
              month: each.month,
              first: each.admitted.count,
              second: each.completed.count,
            }))}
          />
          <Numbers>
            {() => (
              <NumberTable
                caption={t("throughput.title")}
                columns={[
                  t("month"),
                  t("throughput.admitted"),
                  ...stages.map((stage) => t("throughput.passed", { stage: stageInWords(stage) })),
                  t("throughput.completed"),
                ]}
              >
                {view.throughput.map((each) => {
                  const month = monthInWords(each.month);
                  const titled = (what: string) => t("of", { what, whom: month });
                  return (
                    <tr key={each.month}>
                      <th scope="row">{month}</th>
                      <td className="figure">
                        <Opens of={each.admitted} title={titled(t("throughput.admitted"))} />
                      </td>
                      {each.stagesPassed.map((passed) => (
                        <td key={passed.stage} className="figure">
                          <Opens
                            of={passed}
                            title={titled(t("throughput.passed", { stage: stageInWords(passed.stage) }))}
                          />
                        </td>
                      ))}
                      <td className="figure">
                        <Opens of={each.completed} title={titled(t("throughput.completed"))} />
                      </td>
                    </tr>
                  );
                })}
              </NumberTable>
            )}
          </Numbers>
        </>
      )}
    </Panel>
  );
}

/** Of many pairs the first are shown, the rest is unfolded. */
const pairsShown = 8;

export function CountryPairsPanel({ view }: { readonly view: DashboardView }) {
  const { t } = useTranslation(["dashboard", "common"]);
  const total = ({ inFlight, completed }: DashboardView["countryPairs"][number]) => inFlight.count + completed.count;
  const route = ({ from, to }: DashboardView["countryPairs"][number]) =>
    t("common:route", { from: countryName(from), to: countryName(to) });
  const pairs = view.countryPairs.toSorted(
    (one, other) => total(other) - total(one) || inOrder(route(one), route(other)),
  );
  const most = Math.max(1, ...pairs.map(total));
  const table = (some: typeof pairs) => (
    <NumberTable caption={t("pairs.title")} columns={[t("pairs.pair"), t("pairs.inFlight"), t("pairs.completed")]}>
      {some.map((pair) => {
        const name = route(pair);
        return (
          <tr key={`${pair.from} ${pair.to}`}>
            <th scope="row">
              {name}
              <Bar value={total(pair)} max={most} />
            </th>
            <td className="figure">
              <Opens of={pair.inFlight} title={t("of", { what: t("pairs.inFlight"), whom: name })} />
            </td>
            <td className="figure">
              <Opens of={pair.completed} title={t("of", { what: t("pairs.completed"), whom: name })} />
            </td>
          </tr>
        );
      })}
    </NumberTable>
  );
  const rest = pairs.slice(pairsShown);
  return (
    <Panel title={t("pairs.title")} says={t("pairs.says", { number: numberInWords(pairs.length) })}>
      {pairs.length === 0 ? <Empty>{t("pairs.empty")}</Empty> : table(pairs.slice(0, pairsShown))}
      {rest.length === 0 ? null : (
        <Unfold summary={t("pairs.rest", { number: numberInWords(rest.length) })}>{() => table(rest)}</Unfold>
      )}
    </Panel>
  );
}

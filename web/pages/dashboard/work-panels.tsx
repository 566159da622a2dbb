/** Where time goes, and the work that is open now: how old, how late, on whose desk. */
import { useTranslation } from "react-i18next";
import type { DashboardView } from "../../../shared/contracts/dashboard-operations.ts";
import { numberInWords, shareInWords } from "../../language/format.ts";
import { PageLink } from "../../parts/page.tsx";
import { Empty } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { seesWorkOfOthers } from "../../shell/navigation.ts";
import { stageInWords } from "../../words.ts";
import { holders, together, waitedBy } from "./figures.ts";
import { Opens } from "./opened-pilots.tsx";
import { Bar, NumberTable, Panel } from "./panel.tsx";
import { daysInWords } from "./words.ts";

export function WaitingPanel({ view }: { readonly view: DashboardView }) {
  const { t } = useTranslation("dashboard");
  const stages = view.waiting.filter(({ runs }) => runs > 0);
  const all = waitedBy(stages.flatMap(({ parts }) => parts));
  return (
    <Panel
      title={t("waiting.title")}
      help={t("waiting.help")}
      says={
        stages.length === 0
          ? undefined
          : t("waiting.says", {
              unclaimed: shareInWords(all.unclaimed.share),
              claimed: shareInWords(all.claimed.share),
              sme: shareInWords(all.sme.share),
            })
      }
    >
      {stages.length === 0 ? (
        <Empty>{t("waiting.empty")}</Empty>
      ) : (
        <>
          <ul className="legend" aria-hidden>
            {holders.map((holder) => (
              <li key={holder}>
                <span className={`swatch ${holder}`} />
                {t(`holder.${holder}`)}
              </li>
            ))}
          </ul>
          <NumberTable
            caption={t("waiting.title")}
            columns={[t("waiting.stage"), ...holders.map((holder) => t(`holder.${holder}`))]}
          >
            {stages.map(({ stage, runs, parts }) => {
              const by = waitedBy(parts);
              return (
                <tr key={stage}>
                  <th scope="row">
                    <span className="row-name">{stageInWords(stage)}</span>
                    <span className="split" aria-hidden>
                      {holders.map((holder) => (
                        <span key={holder} className={holder} style={{ width: `${by[holder].share * 100}%` }} />
                      ))}
                    </span>
                  </th>
                  {holders.map((holder) => {
                    const { share, days, pilotIds } = by[holder];
                    return (
                      <td key={holder} className="figure">
                        <Opens
                          of={{ count: pilotIds.length, pilotIds }}
                          title={t("of", { what: t(`holder.${holder}`), whom: stageInWords(stage) })}
                        >
                          {shareInWords(share)}
                        </Opens>
                        <span className="quiet"> {t("waiting.perRun", { days: daysInWords(days / runs) })}</span>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </NumberTable>
        </>
      )}
    </Panel>
  );
}

export function AgeingPanel({ view }: { readonly view: DashboardView }) {
  const { t } = useTranslation("dashboard");
  const rows = view.ageing.filter(({ buckets }) => buckets.some(({ count }) => count > 0));
  const [first] = view.ageing;
  const all = together(rows.flatMap(({ buckets }) => buckets));
  const oldest = together(rows.flatMap(({ buckets }) => buckets.slice(-1)));
  const from = first?.buckets.at(-1)?.fromDays ?? 0;
  const most = Math.max(1, ...rows.flatMap(({ buckets }) => buckets.map(({ count }) => count)));
  const bucketName = ({ fromDays, toDays }: { readonly fromDays: number; readonly toDays?: number | undefined }) =>
    toDays === undefined ? t("ageing.andMore", { from: fromDays }) : t("ageing.range", { from: fromDays, to: toDays });
  return (
    <Panel
      title={t("ageing.title")}
      says={t("ageing.says", { open: numberInWords(all.count), old: numberInWords(oldest.count), days: from })}
      isWide
    >
      {rows.length === 0 ? (
        <Empty>{t("ageing.empty")}</Empty>
      ) : (
        <NumberTable
          caption={t("ageing.title")}
          columns={[t("ageing.kind"), ...(first?.buckets ?? []).map(bucketName)]}
        >
          {rows.map(({ kind, buckets }) => (
            <tr key={kind}>
              <th scope="row">{t(`kind.${kind}`)}</th>
              {buckets.map((bucket) => (
                <td key={bucket.fromDays} className="figure">
                  <Opens of={bucket} title={t("of", { what: t(`kind.${kind}`), whom: bucketName(bucket) })} />
                  <Bar value={bucket.count} max={most} />
                </td>
              ))}
            </tr>
          ))}
        </NumberTable>
      )}
    </Panel>
  );
}

export function OverduePanel({ view }: { readonly view: DashboardView }) {
  const { t } = useTranslation(["dashboard", "common"]);
  const late = view.overdue.filter(({ count }) => count > 0);
  const most = Math.max(1, ...late.map(({ count }) => count));
  const roleName = (role: (typeof late)[number]["role"]) =>
    role === "sme" ? t("holder.sme") : t(`common:role.${role}`);
  return (
    <Panel title={t("overdue.title")} says={t("overdue.says", { number: numberInWords(together(late).count) })}>
      {late.length === 0 ? (
        <Empty>{t("overdue.empty")}</Empty>
      ) : (
        <NumberTable caption={t("overdue.title")} columns={[t("overdue.role"), t("overdue.tasks")]}>
          {late.map((each) => (
            <tr key={each.role}>
              <th scope="row">
                {roleName(each.role)}
                <Bar value={each.count} max={most} tone="late" />
              </th>
              <td className="figure">
                <Opens of={each} title={t("of", { what: t("overdue.title"), whom: roleName(each.role) })} />
              </td>
            </tr>
          ))}
        </NumberTable>
      )}
    </Panel>
  );
}

export function LoadPanel({ view }: { readonly view: DashboardView }) {
  const { t } = useTranslation("dashboard");
  const { me } = usePortal();
  const seesWork = seesWorkOfOthers(me.acting.role);
  const counts = view.load.map(({ pilots }) => pilots.count);
  const most = Math.max(1, ...view.load.map(({ openTasks }) => openTasks.count));
  return (
    <Panel
      title={t("load.title")}
      says={
        counts.length === 0
          ? undefined
          : t("load.says", {
              least: numberInWords(Math.min(...counts)),
              most: numberInWords(Math.max(...counts)),
            })
      }
    >
      {view.load.length === 0 ? (
        <Empty>{t("load.empty")}</Empty>
      ) : (
        <NumberTable
          caption={t("load.title")}
          columns={[t("load.advisor"), t("load.pilots"), t("load.openTasks"), t("load.overdueTasks"), t("load.hours")]}
        >
          {view.load.map(({ advisor, pilots, openTasks, overdueTasks, estimatedHours }) => (
            <tr key={advisor.id}>
              <th scope="row">
                {seesWork ? (
                  <PageLink to="/people/$personId/tasks" params={{ personId: advisor.id }}>
                    {advisor.name}
                  </PageLink>
                ) : (
                  advisor.name
                )}
                <Bar value={openTasks.count} max={most} />
              </th>
              <td className="figure">
                <Opens of={pilots} title={t("of", { what: t("load.pilots"), whom: advisor.name })} />
              </td>
              <td className="figure">
                <Opens of={openTasks} title={t("of", { what: t("load.openTasks"), whom: advisor.name })} />
              </td>
              <td className="figure">
                <Opens of={overdueTasks} title={t("of", { what: t("load.overdueTasks"), whom: advisor.name })} />
              </td>
              <td className="figure">{numberInWords(estimatedHours, { fractionDigits: 0 })}</td>
            </tr>
          ))}
        </NumberTable>
      )}
    </Panel>
  );
}

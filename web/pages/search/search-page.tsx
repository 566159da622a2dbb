/** What fits the words of the address, best first; each result leads to its page where the reader has one. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useOperation } from "../../api/queries.ts";
import { dayInWords, listInWords } from "../../language/format.ts";
import { FactsInLine } from "../../parts/facts.tsx";
import { Mark, Status } from "../../parts/labels.tsx";
import { useResultKeys } from "../../parts/list-keys.ts";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { SearchForm } from "../../parts/search-form.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";
import { usePortal } from "../../portal.ts";
import { besideTitle, deliverableStatus, routeInWords, stageInWords, stateOf } from "../../words.ts";
import { type Result, targetOf } from "./target.ts";

export function SearchPage() {
  const { t } = useTranslation("search");
  const onKeyDown = useResultKeys();
  const { q = "" } = useSearch({ from: "/portal/search" });
  const navigate = useNavigate();
  const { data, error, refetch } = useOperation("search", { query: { q } }, { enabled: q !== "" });
  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the field and the links in it go through here. */}
      <div onKeyDown={onKeyDown}>
        <SearchForm
          label={t("label")}
          help={t("help")}
          confirm={t("confirm")}
          rank="primary"
          q={q}
          find={(words) => void navigate({ to: "/search", search: words === "" ? {} : { q: words } })}
        />
        {q === "" ? <Empty>{t("start")}</Empty> : null}
        {q !== "" && data === undefined ? <Waiting error={error} reload={refetch} /> : null}
        {data === undefined ? null : (
          <>
            <p role="status" className={data.results.length === 0 ? "empty" : "quiet"}>
              {data.results.length === 0
                ? t("nothing", { words: q })
                : t(data.more ? "foundMost" : "found", { count: data.results.length, words: q })}
            </p>
            {data.results.length === 0 ? null : <p className="help only-wide">{t("keys")}</p>}
            <ul className="cards">
              {data.results.map((result) => (
                <Found key={`${result.kind} ${result.pilotId} ${result.id}`} result={result} />
              ))}
            </ul>
          </>
        )}
      </div>
    </>
  );
}

function Found({ result }: { readonly result: Result }) {
  const { t } = useTranslation(["search", "common"]);
  const { me } = usePortal();
  const {
    kind,
    title,
    within,
    roles = [],
    status,
    stageStatus,
    pilotStatus,
    country,
    market,
    stage,
    appliedAt,
  } = result;
  const target = targetOf(result, me.acting.role);
  const facts = [
    listInWords(roles.map((role) => t(`common:role.${role}`))),
    besideTitle(title, within) ?? "",
    country === undefined ? "" : routeInWords({ country, market }),
    kind !== "pilot" || stage === undefined || stage === "ended" ? "" : stageInWords(stage),
    appliedAt === undefined ? "" : t("common:applied", { day: dayInWords(appliedAt) }),
    target?.leads === undefined ? "" : t(`leads.${target.leads}`),
  ].filter((fact) => fact !== "");
  return (
    <li>
      <p className="what">
        {target === undefined ? <span>{title}</span> : <PageLink {...target.link}>{title}</PageLink>}
        <Mark tone="gray">{t(`kind.${kind}`)}</Mark>
        {status === undefined ? null : (
          <Status
            of={
              pilotStatus === undefined
                ? stateOf({ status, stageStatus })
                : deliverableStatus({ status: pilotStatus }, { status })
            }
          />
        )}
      </p>
      {facts.length === 0 ? null : (
        <p className="quiet">
          <FactsInLine>{facts}</FactsInLine>
        </p>
      )}
    </li>
  );
}

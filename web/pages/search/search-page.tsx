/** What fits the words of the address, best first; each result leads to its page where it has one. */
import { Button, TextInput } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import { useOperation } from "../../api/queries.ts";
import { Mark } from "../../parts/labels.tsx";
import { PageHeading, PageLink } from "../../parts/page.tsx";
import { Empty, Waiting } from "../../parts/states.tsx";

export function SearchPage() {
  const { t } = useTranslation("settings");
  const { q = "" } = useSearch({ from: "/portal/search" });
  const { data, error, refetch } = useOperation("search", { query: { q } }, { enabled: q !== "" });
  return (
    <>
      <PageHeading>{t("search.title")}</PageHeading>
      <SearchForm q={q} />
      {q === "" ? <Empty>{t("search.start")}</Empty> : null}
      {q !== "" && data === undefined ? <Waiting error={error} reload={refetch} /> : null}
      {data === undefined ? null : (
        <>
          <p role="status" className={data.results.length === 0 ? "empty" : "quiet"}>
            {data.results.length === 0
              ? t("search.nothing", { words: q })
              : t("search.found", { count: data.results.length, words: q })}
          </p>
          <ul className="cards">
            {data.results.map((result) => (
              <li key={`${result.kind} ${result.pilotId} ${result.id}`}>
                <p className="what">
                  <Found result={result} />
                  <Mark tone="gray">{t(`search.kind.${result.kind}`)}</Mark>
                </p>
                {result.within === "" ? null : <p className="quiet">{result.within}</p>}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function SearchForm({ q }: { readonly q: string }) {
  const { t } = useTranslation("settings");
  const navigate = useNavigate();
  const [words, setWords] = useState(q);
  useEffect(() => setWords(q), [q]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: "/search", search: words.trim() === "" ? {} : { q: words.trim() } });
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        className="field"
        type="search"
        maxLength={100}
        label={t("search.label")}
        description={t("search.help")}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Button type="submit">{t("search.title")}</Button>
    </form>
  );
}

function Found({ result }: { readonly result: OutputOf<"search">["results"][number] }) {
  const { kind, id, title, pilotId } = result;
  if (pilotId === undefined) return <span>{title}</span>;
  if (kind === "deliverable") {
    return (
      <PageLink to="/pilots/$pilotId/deliverables/$deliverableId" params={{ pilotId, deliverableId: id }}>
        {title}
      </PageLink>
    );
  }
  return (
    <PageLink to="/pilots/$pilotId" params={{ pilotId }}>
      {title}
    </PageLink>
  );
}

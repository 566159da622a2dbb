/** Search from every page; the words then stand in the address of the page of results. */
import { TextInput } from "@mantine/core";
import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "./shortcuts.ts";

export function SearchBox({ onSearched }: { onSearched?(): void }) {
  const { t } = useTranslation("common");
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const search = useSearch({ strict: false });
  // Other pages look for words of their own.
  const q = (pathname === "/search" ? search.q : undefined) ?? "";
  const [words, setWords] = useState(q);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setWords(q), [q]);
  useShortcut("/", t("shell.search"), () => input.current?.focus());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (words.trim() === "") return;
    void navigate({ to: "/search", search: { q: words.trim() } });
    onSearched?.();
  };
  return (
    <search className="search-box" aria-label={t("shell.search")}>
      <form onSubmit={submit}>
        <TextInput
          ref={input}
          type="search"
          size="sm"
          maxLength={100}
          aria-label={t("shell.search")}
          placeholder={t("shell.search")}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </form>
    </search>
  );
}

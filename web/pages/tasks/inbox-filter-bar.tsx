/** Filters of the inbox; what they are set to stands in the address. */
import { NativeSelect, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TaskView } from "../../../shared/contracts/views.ts";
import { countryName } from "../../language/format.ts";
import { PageLink } from "../../parts/page.tsx";
import { filtersIn, groupIds, type InboxFilters, taskKinds } from "./inbox.ts";
import { SavedViews } from "./saved-views.tsx";

const pauseMs = 250;

export function InboxFilterBar(props: {
  readonly tasks: readonly TaskView[];
  readonly filters: InboxFilters;
  readonly view: string | undefined;
  show(filters: InboxFilters): void;
}) {
  const { tasks, filters, show } = props;
  const { t } = useTranslation(["inbox", "tasks"]);
  const set = (name: keyof InboxFilters, value: string) => show(filtersIn({ ...filters, [name]: value }));
  const countries = [
    ...new Set([...tasks.flatMap(({ country, market }) => [country, market ?? ""]), filters.country ?? ""]),
  ]
    .filter((code) => code !== "")
    .map((value) => ({ value, label: countryName(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const any = { value: "", label: t("filter.any") };
  return (
    <search aria-label={t("tasks:filter.title")}>
      <div className="columns">
        <Words words={filters.words ?? ""} onPause={(words) => set("words", words)} />
        <NativeSelect
          label={t("filter.group")}
          value={filters.group ?? ""}
          onChange={(event) => set("group", event.currentTarget.value)}
          data={[any, ...groupIds.map((value) => ({ value, label: t(`tasks:group.${value}`) }))]}
        />
        <NativeSelect
          label={t("filter.kind")}
          value={filters.kind ?? ""}
          onChange={(event) => set("kind", event.currentTarget.value)}
          data={[any, ...taskKinds.map((value) => ({ value, label: t(`kind.${value}`) }))]}
        />
        <NativeSelect
          label={t("filter.whose")}
          value={filters.whose ?? ""}
          onChange={(event) => set("whose", event.currentTarget.value)}
          data={[any, { value: "mine", label: t("filter.mine") }, { value: "free", label: t("filter.free") }]}
        />
        <NativeSelect
          label={t("filter.country")}
          value={filters.country ?? ""}
          onChange={(event) => set("country", event.currentTarget.value)}
          data={[any, ...countries]}
        />
      </div>
      {Object.keys(filters).length > 0 ? (
        <p>
          <PageLink to="/" search={{}}>
            {t("filter.all")}
          </PageLink>
        </p>
      ) : null}
      <SavedViews tasks={tasks} filters={filters} current={props.view} />
    </search>
  );
}

/** The address follows when the typing pauses; an address from elsewhere is shown. */
function Words({ words, onPause }: { readonly words: string; onPause(words: string): void }) {
  const { t } = useTranslation(["inbox", "tasks"]);
  const [typed, setTyped] = useState(words);
  const told = useRef(words);
  useEffect(() => {
    if (words !== told.current) setTyped(words);
    told.current = words;
  }, [words]);
  useEffect(() => {
    if (typed.trim() === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed.trim();
      onPause(typed.trim());
    }, pauseMs);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      type="search"
      label={t("filter.words")}
      value={typed}
      maxLength={80}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}

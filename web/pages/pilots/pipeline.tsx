/** The programme's pilots, as a board of stages or as a table; both show what the address asks for. */
import { Button, Loader } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useOperation, usePages } from "../../api/queries.ts";
import { countryName, dayInWords, dueDayInWords, inOrder, listInWords, numberInWords } from "../../language/format.ts";
import { PageHeading } from "../../parts/page.tsx";
import { saveFile } from "../../parts/save-file.ts";
import { ShortcutKeys } from "../../parts/shortcut-keys.tsx";
import { Empty, Problem, Waiting } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import { useShortcut } from "../../shell/shortcuts.ts";
import { stageInWords, statusInWords } from "../../words.ts";
import { Board } from "./board.tsx";
import { csvOf, type Export, fileName, xlsxOf } from "./export.ts";
import { Filters, filtersInWords } from "./filters.tsx";
import { figuresOf, isWanted, type PilotFigures, type PilotRow, rowOf, sorted } from "./pilot-rows.ts";
import { columns, type PilotSearch } from "./pilot-search.ts";
import { PilotTable } from "./pilot-table.tsx";

export function Pipeline() {
  const { t, i18n } = useTranslation(["board", "common"]);
  const { me, now, day, announce } = usePortal();
  const exporting = useAction();
  const howMany = useRef<HTMLParagraphElement>(null);
  const search = useSearch({ from: "/portal/pilots" });
  const navigate = useNavigate({ from: "/pilots" });
  const { data, error, refetch, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = usePages(
    "listPilots",
    { query: {} },
  );
  // Counting and sorting need them all; page after page keeps each answer small.
  const isComing = hasNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (isComing && !isFetchingNextPage) void fetchNextPage();
  }, [isComing, isFetchingNextPage, fetchNextPage]);

  const { language } = i18n;
  const today = day();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language, the days with the day.
  const rows = useMemo(() => {
    const words = {
      stage: stageInWords,
      status: statusInWords,
      route: (from: string, to: string | undefined) =>
        to === undefined ? countryName(from) : t("common:route", { from: countryName(from), to: countryName(to) }),
      day: dueDayInWords,
      list: listInWords,
      atRisk: t("common:atRisk"),
      number: numberInWords,
      inOrder,
    };
    return (data?.pages ?? []).flatMap(({ pilots }) => pilots).map((pilot) => rowOf(pilot, now(), words));
  }, [data, language, today]);
  // The board shows first what is due first.
  const { sort = "due", descending = false } = search;
  const inTurn = useMemo(() => sorted(rows, sort, descending, inOrder), [rows, sort, descending]);
  // What is typed shows at once; thousands of pilots follow when there is time.
  const wanted = useDeferredValue(search);
  const shown = useMemo(() => inTurn.filter((row) => isWanted(row, wanted)), [inTurn, wanted]);
  const ended = useMemo(() => rows.filter(({ place }) => place === "ended").length, [rows]);
  const shows = JSON.stringify(wanted);

  const isTable = search.view === "table";
  const change = (changes: { readonly [Name in keyof PilotSearch]: PilotSearch[Name] | undefined }) =>
    void navigate({
      search: (before: PilotSearch) => defined({ ...before, ...changes }),
      replace: true,
      resetScroll: false,
    });
  const showEnded = () => {
    change({ ended: true });
    // The button goes.
    howMany.current?.focus();
  };
  const swap = () => change({ view: isTable ? undefined : "table" });
  useShortcut("v", isTable ? t("view.toBoard") : t("view.toTable"), swap);

  // Half a list would look like a whole one.
  const isWhole = data !== undefined && !hasNextPage;
  const mayExport = shown.length > 0 && isWhole;
  const { programmeName, role } = me.acting;
  const exported = (): Export => ({
    rows: shown,
    columns: columns.filter((column) => search.hidden?.includes(column) !== true),
    // A long word may part in a narrow column, not in a file.
    nameOf: (column) => t(`column.${column}`).replaceAll("\u00AD", ""),
  });
  const saved = (content: Blob, ending: "csv" | "xlsx") => {
    saveFile(fileName(programmeName, t("title"), today, ending), content);
    announce(t("exported", { count: shown.length }));
  };
  const saveCsv = async () => saved(new Blob([csvOf(exported())], { type: "text/csv;charset=utf-8" }), "csv");
  const saveXlsx = async () => {
    const facts = [
      [t("about.programme"), programmeName],
      [t("about.takenOn"), dayInWords(now().toISOString())],
      [t("title"), t("shown", { shown: numberInWords(shown.length), all: numberInWords(rows.length) })],
      ...filtersInWords(search, rows, t),
    ] as const;
    saved(await xlsxOf(exported(), { sheet: t("about.sheet"), facts }, t("title")), "xlsx");
  };

  return (
    <>
      <PageHeading>{t("title")}</PageHeading>
      {role !== "advisor" ? <FiguresOfProgramme rows={isWhole ? rows : undefined} /> : null}
      {role === "advisor" && isWhole ? <FiguresOf rows={rows} /> : null}
      {data === undefined ? (
        <Waiting error={error} reload={refetch} />
      ) : (
        <div className="wide">
          <Filters rows={rows} search={search} change={change} />
          <ShortcutKeys keys={["f", "v", "?"]} />
          <div className="pilots-bar">
            <p ref={howMany} tabIndex={-1} role="status" className={isComing ? "loading" : undefined}>
              {isComing ? <Loader size="xs" aria-hidden /> : null}
              {isComing
                ? t("loadingMore", { count: rows.length })
                : t("shown", { shown: numberInWords(shown.length), all: numberInWords(rows.length) })}
            </p>
            {ended > 0 && search.ended !== true && search.stage !== "ended" ? (
              <Button variant="subtle" size="compact-md" onClick={showEnded}>
                {t("showEnded", { number: numberInWords(ended) })}
              </Button>
            ) : null}
            <div className="buttons">
              <Button variant="default" onClick={swap}>
                {isTable ? t("view.toBoard") : t("view.toTable")}
              </Button>
              <Button
                variant="default"
                onClick={() => exporting.run(saveXlsx)}
                // Not `loading`, which switches it off: the focus would be lost.
                aria-disabled={exporting.isPending}
                leftSection={exporting.isPending ? <Loader size="xs" aria-hidden /> : undefined}
                disabled={!mayExport}
              >
                {t("exportXlsx")}
              </Button>
              <Button variant="default" onClick={() => exporting.run(saveCsv)} disabled={!mayExport}>
                {t("export")}
              </Button>
            </div>
          </div>
          <Problem error={exporting.error} />
          {isFetchNextPageError ? <Waiting error={error} reload={() => void fetchNextPage()} /> : null}
          {shown.length === 0 && !isComing ? <Empty>{rows.length === 0 ? t("empty") : t("noMatch")}</Empty> : null}
          {shown.length === 0 ? null : isTable ? (
            <PilotTable rows={shown} search={search} shows={shows} change={change} />
          ) : (
            <Board rows={shown} withEnded={search.ended === true || search.stage === "ended"} shows={shows} />
          )}
        </div>
      )}
    </>
  );
}

const defined = (search: { readonly [Name in keyof PilotSearch]: PilotSearch[Name] | undefined }): PilotSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));

/**
 * Kept up with every event, so that they are there before the list of thousands is. The event that a task's day has come is
 * hours before that day ends: what is overdue by now is counted from the list, as its rows say it, once it is whole.
 */
function FiguresOfProgramme({ rows }: { readonly rows: readonly PilotRow[] | undefined }) {
  const { t } = useTranslation("board");
  const { data } = useOperation("getPipeline", {});
  if (data === undefined) return null;
  const { overdueTasks } = rows === undefined ? data : figuresOf(rows);
  return <Figures title={t("figures.pilots")} of={{ ...data, overdueTasks }} />;
}

/** An advisor sees a part of the programme: figures of the whole would not be theirs to act on. */
function FiguresOf({ rows }: { readonly rows: readonly PilotRow[] }) {
  const { t } = useTranslation("board");
  return <Figures title={t("figures.seen")} of={figuresOf(rows)} />;
}

function Figures({ title, of }: { readonly title: string; readonly of: PilotFigures }) {
  const { t } = useTranslation(["board", "common"]);
  return (
    <section aria-label={t("figures.title")}>
      <dl className="figures">
        <Figure name={title} value={of.pilots} />
        <Figure name={t("common:atRisk")} value={of.atRisk} />
        <Figure name={t("figures.onHold")} value={of.onHold} />
        <Figure name={t("figures.openTasks")} value={of.openTasks} />
        <Figure name={t("figures.overdueTasks")} value={of.overdueTasks} />
      </dl>
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{numberInWords(value)}</dd>
    </div>
  );
}

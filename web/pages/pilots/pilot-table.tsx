/** The pipeline as a table: sorted by its headings, grouped, with the columns that are wanted. */
import { Checkbox, NativeSelect } from "@mantine/core";
import { Fragment, memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { inOrder } from "../../language/format.ts";
import { Status } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";
import { stateOf } from "../../words.ts";
import { grouped, type PilotRow } from "./pilot-rows.ts";
import { type Column, columns, groupings, type PilotSearch } from "./pilot-search.ts";
import { Risk } from "./risk.tsx";
import { type Drawn, isLong, useVirtualList } from "./virtual.ts";

type Changes = { readonly [Name in keyof PilotSearch]: PilotSearch[Name] | undefined };

/** A line of the table: a pilot, or what the pilots after it have in common. */
type Line =
  | { readonly key: string; readonly group: string; readonly row: PilotRow }
  | { readonly key: string; readonly group: string; readonly pilots: number };

export function PilotTable(props: {
  readonly rows: readonly PilotRow[];
  readonly search: PilotSearch;
  /** What is shown, as the address says it. */
  readonly shows: string;
  change(changes: Changes): void;
}) {
  const { t } = useTranslation(["board", "common"]);
  const { rows, search, shows, change } = props;
  const { group, sort = "due", hidden = none } = search;
  const shown = useMemo(() => columns.filter((column) => !hidden.includes(column)), [hidden]);
  const lines = useMemo(() => linesOf(rows, group), [rows, group]);
  const isTall = isLong(rows.length);
  const { drawn, rest, scroller, entry } = useVirtualList({
    keys: useMemo(() => lines.map(({ key }) => key), [lines]),
    isLong: isTall,
    estimate: () => 50,
    shows,
  });
  const sortBy = (column: Column) =>
    change({ sort: column, descending: column === sort && search.descending !== true ? true : undefined });
  const show = (column: Column, isShown: boolean) => {
    const left = columns.filter((each) => (each === column ? !isShown : hidden.includes(each)));
    change({ hidden: left.length === 0 ? undefined : left });
  };
  return (
    <>
      <div className="table-options">
        <NativeSelect
          label={t("group.label")}
          value={group ?? ""}
          onChange={(event) => change({ group: groupings.find((each) => each === event.currentTarget.value) })}
        >
          <option value="">{t("group.none")}</option>
          {groupings.map((each) => (
            <option key={each} value={each}>
              {t(`column.${each}`)}
            </option>
          ))}
        </NativeSelect>
        <details>
          <summary className="unfold">{t("columns")}</summary>
          <div className="choices">
            {columns
              .filter((column) => column !== "title")
              .map((column) => (
                <Checkbox
                  key={column}
                  className="tick"
                  label={t(`column.${column}`)}
                  checked={!hidden.includes(column)}
                  onChange={(event) => show(column, event.currentTarget.checked)}
                />
              ))}
          </div>
        </details>
      </div>
      <section
        {...scroller}
        className={isTall ? "table-scroll tall" : "table-scroll"}
        aria-label={t("title")}
        data-scroll-restoration-id="pilot-table"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        tabIndex={0}
      >
        <table className="table pilot-table" aria-rowcount={isTall ? lines.length + 1 : undefined}>
          <colgroup>
            {shown.map((column) => (
              <col key={column} className={`column-${column}`} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={isTall ? 1 : undefined}>
              {shown.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={figures.includes(column) ? "figure" : undefined}
                  aria-sort={column === sort ? (search.descending === true ? "descending" : "ascending") : undefined}
                >
                  <button type="button" onClick={() => sortBy(column)}>
                    {t(`column.${column}`)}
                    <span aria-hidden>{column === sort ? (search.descending === true ? " ▼" : " ▲") : ""}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          {bodiesOf(drawn, lines).map(({ name, part }) => (
            <tbody key={name} aria-label={group === undefined ? undefined : name || t("group.nothing")}>
              {part.map(({ index, gap }) => {
                const line = lines[index];
                if (line === undefined) return null;
                const { ref } = entry(index);
                const rowIndex = isTall ? index + 2 : undefined;
                return (
                  <Fragment key={line.key}>
                    <Gap height={gap} columns={shown.length} />
                    {"row" in line ? (
                      <PilotLine row={line.row} shown={shown} index={index} rowIndex={rowIndex} measure={ref} />
                    ) : (
                      <tr ref={ref} data-index={index} aria-rowindex={rowIndex} className="group">
                        <th colSpan={shown.length} scope="rowgroup">
                          {t("place", { stage: name === "" ? t("group.nothing") : name, number: line.pilots })}
                        </th>
                      </tr>
                    )}
                  </Fragment>
                );
              })}
            </tbody>
          ))}
          <tbody>
            <Gap height={rest} columns={shown.length} />
          </tbody>
        </table>
      </section>
    </>
  );
}

const none: readonly Column[] = [];
const figures: readonly Column[] = ["days", "overdue", "hours"];

/** Drawn anew only when its pilot changes, not whenever the table scrolls. */
const PilotLine = memo(function PilotLine(props: {
  readonly row: PilotRow;
  readonly shown: readonly Column[];
  readonly index: number;
  readonly rowIndex: number | undefined;
  readonly measure: ((element: HTMLElement | null) => void) | undefined;
}) {
  const { row, shown, index, rowIndex, measure } = props;
  return (
    <tr ref={measure} data-index={index} aria-rowindex={rowIndex}>
      {shown.map((column) => (
        <Cell key={column} row={row} column={column} />
      ))}
    </tr>
  );
});

function linesOf(rows: readonly PilotRow[], group: PilotSearch["group"]): readonly Line[] {
  const line = (row: PilotRow, name: string): Line => ({ key: row.pilot.id, group: name, row });
  if (group === undefined) return rows.map((row) => line(row, ""));
  return grouped(rows, group, inOrder).flatMap(({ name, rows: own }) => [
    { key: `group ${name}`, group: name, pilots: own.length },
    ...own.map((row) => line(row, name)),
  ]);
}

/** What is drawn, by group. */
function bodiesOf(drawn: readonly Drawn[], lines: readonly Line[]) {
  const bodies = Map.groupBy(drawn, ({ index }) => lines[index]?.group ?? "");
  return [...bodies].map(([name, part]) => ({ name, part }));
}

/** The room of lines that are not drawn. */
function Gap({ height, columns: span }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden className="gap">
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

function Cell({ row, column }: { readonly row: PilotRow; readonly column: Column }) {
  const { t } = useTranslation(["board", "common"]);
  const { now } = usePortal();
  const { pilot, cells } = row;
  const { text } = cells[column];
  switch (column) {
    case "title":
      return (
        <th scope="row">
          <PageLink to="/pilots/$pilotId" params={{ pilotId: pilot.id }}>
            {pilot.title}
          </PageLink>
        </th>
      );
    case "status":
      return (
        <td>
          <Status of={stateOf(pilot)} />
        </td>
      );
    case "risk":
      return <td>{pilot.atRisk ? <Risk /> : null}</td>;
    case "due":
      return (
        <td>
          {pilot.nextDueAt !== undefined && pilot.nextDueAt < now().toISOString() ? (
            <span className="overdue">
              {t("common:due.over")} {text}
            </span>
          ) : (
            text
          )}
        </td>
      );
    default:
      return <td className={figures.includes(column) ? "figure" : undefined}>{text}</td>;
  }
}

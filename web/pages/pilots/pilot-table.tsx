/** The pipeline as a table: sorted by its headings, grouped, with the columns that are wanted. */
import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inOrder } from "../../language/format.ts";
import { Mark, Status } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { usePortal } from "../../portal.ts";
import { grouped, type PilotRow } from "./pilot-rows.ts";
import { type Column, columns, groupings, type PilotSearch } from "./pilot-search.ts";

/** Rows it begins with; thousands at once would make the page slow. */
const ROWS = 100;

type Changes = { readonly [Name in keyof PilotSearch]: PilotSearch[Name] | undefined };

export function PilotTable(props: {
  readonly rows: readonly PilotRow[];
  readonly search: PilotSearch;
  change(changes: Changes): void;
}) {
  const { t } = useTranslation(["board", "common"]);
  const { rows, search, change } = props;
  const [limit, setLimit] = useState(ROWS);
  const { group, sort = "due", hidden = [] } = search;
  const shown = columns.filter((column) => !hidden.includes(column));
  const groups = group === undefined ? [{ name: "", rows }] : grouped(rows, group, inOrder);
  const sortBy = (column: Column) =>
    change({ sort: column, descending: column === sort && search.descending !== true ? true : undefined });
  const show = (column: Column, isShown: boolean) => {
    const left = columns.filter((each) => (each === column ? !isShown : hidden.includes(each)));
    change({ hidden: left.length === 0 ? undefined : left });
  };
  let left = limit;
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <section className="table-scroll" aria-label={t("title")} tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              {shown.map((column) => (
                <th
                  key={column}
                  scope="col"
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
          {groups.map(({ name, rows: all }) => {
            const some = all.slice(0, Math.max(0, left));
            left -= some.length;
            if (some.length === 0) return null;
            return (
              <tbody key={name}>
                {group === undefined ? null : (
                  <tr className="group">
                    <th colSpan={shown.length} scope="rowgroup">
                      {t("place", { stage: name === "" ? t("group.nothing") : name, number: all.length })}
                    </th>
                  </tr>
                )}
                {some.map((row) => (
                  <tr key={row.pilot.id}>
                    {shown.map((column) =>
                      column === "title" ? (
                        <th key={column} scope="row">
                          <PageLink to="/pilots/$pilotId" params={{ pilotId: row.pilot.id }}>
                            {row.pilot.title}
                          </PageLink>
                        </th>
                      ) : (
                        <td key={column} className={column === "days" || column === "overdue" ? "figure" : undefined}>
                          <Cell row={row} column={column} />
                        </td>
                      ),
                    )}
                  </tr>
                ))}
              </tbody>
            );
          })}
        </table>
      </section>
      {rows.length > limit ? (
        <Button variant="default" onClick={() => setLimit(limit + ROWS)}>
          {t("common:showMore")}
        </Button>
      ) : null}
    </>
  );
}

function Cell({ row, column }: { readonly row: PilotRow; readonly column: Column }) {
  const { t } = useTranslation(["board", "common"]);
  const { now } = usePortal();
  const { pilot, cells } = row;
  const { text } = cells[column];
  switch (column) {
    case "status":
      return <Status of={pilot.status === "active" ? (pilot.stageStatus ?? pilot.status) : pilot.status} />;
    case "risk":
      return text === "" ? null : <Mark>{text}</Mark>;
    case "due":
      return pilot.nextDueAt !== undefined && pilot.nextDueAt < now().toISOString() ? (
        <span className="overdue">
          {t("common:due.over")} {text}
        </span>
      ) : (
        text
      );
    default:
      return text;
  }
}

/** An answer to read. */
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { isRecord } from "../../shared/domain/forms/form-schema.ts";
import { amountInWords, countryName, dayInWords } from "../language/format.ts";
import { AttachedFiles, filesIn } from "./attached-files.tsx";
import type { Field } from "./form-model.ts";

export function FieldValue({ field, value }: { readonly field: Field; readonly value: unknown }) {
  useTranslation("form");
  if (field.kind === "table" && Array.isArray(value) && value.length > 0) {
    return (
      <ol className="table">
        {value.map((row: unknown, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id and are only read.
          <li key={index}>
            <dl className="facts">
              {field.columns.map((column) => (
                <div key={column.key}>
                  <dt>{column.label}</dt>
                  <dd>
                    <FieldValue field={column} value={isRecord(row) ? row[column.key] : undefined} />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    );
  }
  if (field.kind === "files" && filesIn(value).length > 0) return <AttachedFiles files={filesIn(value)} />;
  const words = valueInWords(field, value);
  return words === "" ? <span className="value quiet">–</span> : <span className="value">{words}</span>;
}

/** Empty where nothing was answered; a table as its number of rows. */
export function valueInWords(field: Field, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return i18next.t(value ? "field.yes" : "field.no", { ns: "form" });
  if (typeof value === "number") return field.isYear === true ? String(value) : amountInWords(value, field.unit);
  if (Array.isArray(value)) {
    if (field.kind === "table") return i18next.t("field.rows", { ns: "form", count: value.length });
    return value.map((entry: unknown) => entryInWords(field, isRecord(entry) ? entry.name : entry)).join(", ");
  }
  return entryInWords(field, value);
}

function entryInWords(field: Field, answer: unknown): string {
  const entry = String(answer ?? "");
  if (field.kind === "country" || field.kind === "countries") return countryName(entry);
  if (field.kind === "date" && /^\d{4}-\d{2}-\d{2}$/.test(entry)) return dayInWords(entry);
  return field.options.find(({ value }) => value === entry)?.label ?? entry;
}

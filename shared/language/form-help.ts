/**
 * Help beside the fields of a form. What a published process version says of a field stands in it, and its hash covers it;
 * help for all other fields lies here, by deliverable and field, so that a better explanation changes no version.
 */
import { isRecord, propertiesOf } from "../domain/forms/form-schema.ts";
import type { DeliverableDefinition, FormSchema } from "../domain/process.ts";
import english from "./help/en.json" with { type: "json" };
import estonian from "./help/et.json" with { type: "json" };
import finnish from "./help/fi.json" with { type: "json" };
import lithuanian from "./help/lt.json" with { type: "json" };
import latvian from "./help/lv.json" with { type: "json" };
import swedish from "./help/sv.json" with { type: "json" };

/** Id of a deliverable's definition → path of a field, a table's column as "table.column" → help. */
export type FormHelp = Readonly<Record<string, Readonly<Record<string, string>>>>;

const helpIn: Readonly<Record<string, FormHelp>> = {
  en: english,
  et: estonian,
  fi: finnish,
  lt: lithuanian,
  lv: latvian,
  sv: swedish,
};

/** The help in a person's language (BCP 47); English where there is none. */
export const formHelp = (language: string): FormHelp => helpIn[language.toLowerCase().split("-")[0] ?? ""] ?? english;

/** The form of a deliverable, given in this language, with help beside every field. */
export function formWithHelp(
  language: string,
  { id, formSchema }: Pick<DeliverableDefinition, "id" | "formSchema">,
): FormSchema {
  const help = formHelp(language)[id];
  return help === undefined ? formSchema : withHelp(formSchema, help, "");
}

function withHelp(schema: FormSchema, help: Readonly<Record<string, string>>, path: string): FormSchema {
  const { properties, items } = schema;
  const fields = Object.entries(propertiesOf(schema)).map(([name, field]) => [
    name,
    helped(field, help, path === "" ? name : `${path}.${name}`),
  ]);
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: Object.fromEntries(fields) }),
    ...(isRecord(items) ? { items: withHelp(items, help, path) } : {}),
  };
}

function helped(field: FormSchema, help: Readonly<Record<string, string>>, path: string): FormSchema {
  const description = field.description ?? help[path];
  return { ...withHelp(field, help, path), ...(description === undefined ? {} : { description }) };
}

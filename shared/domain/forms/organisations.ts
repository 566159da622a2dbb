/** Which organisations a form asks for and its answers name. */
import type { FormSchema } from "../process.ts";
import { type FormValues, isRecord, propertiesOf, uiOf } from "./form-schema.ts";

/** Whether the answer to a field is the id of an organisation. */
export function isOrganisation(field: FormSchema): boolean {
  const { optionsFrom } = uiOf(field);
  return typeof optionsFrom === "string" && optionsFrom.startsWith("organisations");
}

export const asksForOrganisation = (schema: FormSchema): boolean =>
  Object.values(propertiesOf(schema)).some(
    (field) => isOrganisation(field) || (isRecord(field.items) && asksForOrganisation(field.items)),
  );

/** Their ids, of the form's fields and of the columns of its tables; what a draft holds and is no id is left out. */
export function organisationsIn(schema: FormSchema, values: FormValues): readonly string[] {
  return Object.entries(propertiesOf(schema)).flatMap(([key, field]) => {
    const value = values[key];
    if (isOrganisation(field)) return typeof value === "string" && isId(value) ? [value] : [];
    const { items } = field;
    if (!isRecord(items) || !Array.isArray(value)) return [];
    return value.filter(isRecord).flatMap((row) => organisationsIn(items, row));
  });
}

const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);

/** Which organisations a form asks for and its answers name. */
import type { FormSchema } from "../process.ts";
import { type FormValues, isRecord, propertiesOf, uiOf } from "./form-schema.ts";

/** Which organisations may be the answer to a field, as the form says it: all, or those of a kind. */
const optionsFromOrganisations = /^organisations(?:\[kind=(?<kind>\w+)\])?$/;

/** Whether the answer to a field is the id of an organisation. */
export const isOrganisation = (field: FormSchema): boolean => askedIn(field) !== undefined;

/** Of a field that asks for an organisation. */
export function mayBeAnswer(field: FormSchema, { kind }: { readonly kind: string }): boolean {
  const { kind: asked = kind } = askedIn(field)?.groups ?? {};
  return asked === kind;
}

function askedIn(field: FormSchema): RegExpExecArray | undefined {
  const { optionsFrom } = uiOf(field);
  return (typeof optionsFrom === "string" && optionsFromOrganisations.exec(optionsFrom)) || undefined;
}

/** The fields that ask for one, and such columns of tables. */
export const askingForOrganisation = (schema: FormSchema): readonly FormSchema[] =>
  Object.values(propertiesOf(schema)).flatMap((field) => {
    if (isOrganisation(field)) return [field];
    return isRecord(field.items) ? askingForOrganisation(field.items) : [];
  });

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

/** Forms take an id of this shape only. */
export const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);

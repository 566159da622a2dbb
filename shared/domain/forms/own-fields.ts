/** Fields of a form that are for one role alone; all others are for whoever delivers it. */
import type { DeliverableDefinition, ProcessRole } from "../process.ts";
import type { FormValues } from "./form-schema.ts";

/** By definition: the advisor adjusts the score that the company gives itself, and says why. */
const ownFields: Readonly<Record<string, Readonly<Record<string, ProcessRole>>>> = {
  "NA-3": { advisorAdjustment: "advisor", advisorComment: "advisor" },
};

type Delivered = Pick<DeliverableDefinition, "id" | "deliveredBy">;
/** Whether somebody plays a role of the process. */
type Plays = (role: ProcessRole) => boolean;

export const hasOwnFields = ({ id }: Pick<Delivered, "id">): boolean => ownFields[id] !== undefined;

/** Who fills in a form, whole or in part. */
export const fillingIn = ({ id, deliveredBy }: Delivered): readonly ProcessRole[] => [
  ...new Set([...deliveredBy, ...Object.values(ownFields[id] ?? {})]),
];

/** Whether somebody fills in a root field. */
export function isFieldFor(plays: Plays, { id, deliveredBy }: Delivered, field: string): boolean {
  const owner = ownFields[id]?.[field];
  return owner === undefined ? deliveredBy.some(plays) : plays(owner);
}

/** What somebody answers, with the fields that are not theirs as they were before. */
export function withOthersFields(plays: Plays, form: Delivered, answered: FormValues, before: FormValues): FormValues {
  const theirs = (field: string) => isFieldFor(plays, form, field);
  return Object.fromEntries([
    ...Object.entries(answered).filter(([field]) => theirs(field)),
    ...Object.entries(before).filter(([field]) => !theirs(field)),
  ]);
}

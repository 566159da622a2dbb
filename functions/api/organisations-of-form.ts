/** The organisations a reader of a form needs the names of. */
import type { DeliverableView } from "../../shared/contracts/views.ts";
import type { FormValues } from "../../shared/domain/forms/form-schema.ts";
import { asksForOrganisation, organisationsIn } from "../../shared/domain/forms/organisations.ts";
import type { FormSchema } from "../../shared/domain/process.ts";
import type { Store } from "../../shared/ports/store.ts";
import { membersWithRole, readOrganisation } from "../../shared/records/people.ts";

/** Those that the answers name, and, to choose from, the living labs. Only ever of the programme. */
export async function organisationsOfForm(
  store: Store,
  programmeId: string,
  {
    schema,
    answers,
    toChoose,
  }: {
    readonly schema: FormSchema;
    readonly answers: readonly FormValues[];
    readonly toChoose: boolean;
  },
): Promise<DeliverableView["organisations"]> {
  if (!asksForOrganisation(schema)) return [];
  const labs = toChoose ? await membersWithRole(store, programmeId, "living_lab") : [];
  const ids = new Set([
    ...labs.map(({ organisationId }) => organisationId),
    ...answers.flatMap((values) => organisationsIn(schema, values)),
  ]);
  const found = await Promise.all([...ids].map((id) => readOrganisation(store, id)));
  return found.flatMap((organisation) =>
    organisation?.programmeId === programmeId ? [{ id: organisation.id, name: organisation.name }] : [],
  );
}

/** The organisations a reader of a form needs the names of. */
import type { Organisation } from "../../shared/contracts/items.ts";
import type { DeliverableView } from "../../shared/contracts/views.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import type { FormValues } from "../../shared/domain/forms/form-schema.ts";
import { askingForOrganisation, isId, mayBeAnswer, organisationsIn } from "../../shared/domain/forms/organisations.ts";
import { scopesOf } from "../../shared/domain/permissions.ts";
import type { Pilot, PilotState } from "../../shared/domain/pilot/state.ts";
import type { FormSchema } from "../../shared/domain/process.ts";
import type { Store } from "../../shared/ports/store.ts";
import { organisationsOf, readOrganisation } from "../../shared/records/people.ts";
import type { PilotRecords } from "../../shared/records/pilots.ts";
import { definitionOf } from "./present.ts";

/**
 * Those that the answers name, and, to choose from, those that a field asks for: never the pilot's own company, and
 * other companies only for whom the matrix lets read their profiles, or who was introduced to them. Only ever of the
 * programme.
 */
export async function organisationsOfForm(
  store: Store,
  { programmeId, organisationId }: Pick<Pilot, "programmeId" | "organisationId">,
  actor: Actor,
  {
    schema,
    answers,
    toChoose,
    introduced,
  }: {
    readonly schema: FormSchema;
    readonly answers: readonly FormValues[];
    readonly toChoose: boolean;
    /** Ids. */
    readonly introduced: readonly string[];
  },
): Promise<DeliverableView["organisations"]> {
  const asking = askingForOrganisation(schema);
  if (asking.length === 0) return [];
  const knowsCompanies = actor.role !== "system" && scopesOf(actor.role, "companyProfile", "R").includes("a");
  const isOffered = (organisation: Organisation) =>
    isId(organisation.id) &&
    organisation.id !== organisationId &&
    (organisation.kind !== "sme" || knowsCompanies) &&
    asking.some((field) => mayBeAnswer(field, organisation));
  const offered = toChoose ? (await organisationsOf(store, programmeId)).filter(isOffered) : [];
  const known = new Set(offered.map(({ id }) => id));
  const answered = answers.flatMap((values) => organisationsIn(schema, values));
  const named = new Set([...answered, ...(toChoose ? introduced : [])]).difference(known);
  const others = await Promise.all([...named].map((id) => readOrganisation(store, id)));
  return [...offered, ...others]
    .flatMap((organisation) => (organisation?.programmeId === programmeId ? [organisation] : []))
    .map(({ id, name, kind }) => ({ id, name, kind }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** Whom the company of a pilot was introduced to, by their ids. */
export async function introducedIn(
  pilots: Pick<PilotRecords, "acceptedValues">,
  state: PilotState,
): Promise<readonly string[]> {
  const introductions = state.deliverables["LC-7"];
  if (introductions === undefined) return [];
  const { "LC-7": values = {} } = await pilots.acceptedValues(state, ["LC-7"]);
  return organisationsIn(definitionOf(state, introductions).formSchema, values);
}

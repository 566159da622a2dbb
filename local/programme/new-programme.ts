/** How a programme begins: with its dates, its office, and one person there, who invites everybody else in the portal. */
import { invite } from "../../functions/api/invitation.ts";
import type { Organisation, Programme } from "../../shared/contracts/items.ts";
import { systemActor } from "../../shared/domain/actor.ts";
import { defaultParameters } from "../../shared/domain/pilot/context.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Store } from "../../shared/ports/store.ts";
import { changeProgramme, organisationItem, programmeItem, readProgramme } from "../../shared/records/people.ts";

interface NewProgramme extends Pick<Programme, "id" | "name" | "startsOn" | "endsOn"> {
  readonly office: Pick<Organisation, "name" | "country">;
  readonly coordinator: { readonly name: string; readonly email: string; readonly language: string };
}

export class ProgrammeExists extends Error {
  override name = "ProgrammeExists" as const;
}

/**
 * Programme and office in one change, then the coordinator, who is its administrator too and gets an invitation for each.
 * @throws ProgrammeExists when the id is taken; then nothing is changed
 */
export async function createProgramme(
  { store, clock, portalUrl }: { readonly store: Store; readonly clock: Clock; readonly portalUrl: string },
  { id, name, startsOn, endsOn, office, coordinator }: NewProgramme,
): Promise<void> {
  if ((await readProgramme(store, id)) !== undefined) throw new ProgrammeExists(`There is a programme ${id} already.`);
  const actor = systemActor(id);
  const programme: Programme = {
    id,
    name,
    startsOn,
    endsOn,
    sample: false,
    parameters: { ...defaultParameters, country: office.country },
  };
  const organisation: Organisation = { ...office, id: `${id}-office`, programmeId: id, kind: "programme_office" };
  await changeProgramme(store, id, async () => ({
    type: "ProgrammeCreated",
    at: clock.now().toISOString(),
    actor,
    data: { name },
    writes: [programmeItem(programme), organisationItem(organisation)].map((item) => ({
      kind: "put" as const,
      item,
      expectedVersion: 0,
    })),
  }));
  for (const role of ["coordinator", "administrator"] as const) {
    await invite({ store, clock, portalUrl }, actor, {
      ...coordinator,
      role,
      maySubmit: false,
      organisation,
      isNewOrganisation: false,
    });
  }
}

/** Operations on who holds which role in the programme. Its last coordinator stays, and nobody leaves work behind. */
import { randomUUID } from "node:crypto";
import type { Organisation } from "../../shared/contracts/items.ts";
import type { BodyOf, OutputOf } from "../../shared/contracts/operations.ts";
import { type Actor, organisationKindOf } from "../../shared/domain/actor.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import {
  changeProgramme,
  isCurrent,
  membershipsOf,
  membersOfProgramme,
  organisationsOf,
  readOrganisation,
} from "../../shared/records/people.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { endingOf, invite, presentMembers } from "./invitation.ts";
import { assertInNoTeam, assertRoleKept } from "./kept-roles.ts";

type Ids = "listMembers" | "listOrganisations" | "inviteToRole" | "endRole";

export function memberHandlers(dependencies: ApiDependencies): Handlers<Ids> {
  const { store, clock } = dependencies;

  const show = async (actor: Actor): Promise<OutputOf<"listMembers">> => ({
    members: await presentMembers(dependencies, await membersOfProgramme(store, actor.programmeId)),
  });

  async function organisationFor(
    { role, organisationId, newOrganisation }: BodyOf<"inviteToRole">,
    { programmeId }: Actor,
  ): Promise<Organisation> {
    const kind = organisationKindOf[role];
    if (newOrganisation !== undefined && organisationId === undefined) {
      return { ...newOrganisation, id: randomUUID(), programmeId, kind };
    }
    const known = organisationId === undefined ? undefined : await readOrganisation(store, organisationId);
    if (known?.programmeId !== programmeId || newOrganisation !== undefined) {
      throw new Refusal("RuleBroken", "choose_organisation", { pointer: "/organisationId" });
    }
    if (known.kind !== kind) {
      throw new Refusal("RuleBroken", { key: "role_not_there", role }, { pointer: "/organisationId" });
    }
    return known;
  }

  return {
    listMembers: ({ actor }) => show(actor),

    async listOrganisations({ actor }) {
      const organisations = await organisationsOf(store, actor.programmeId);
      return {
        organisations: organisations
          .map(({ id, name, country, kind }) => ({ id, name, country, kind }))
          .sort((a, b) => a.name.localeCompare(b.name, "en")),
      };
    },

    async inviteToRole({ actor, body }) {
      if (body.role === "administrator" && actor.role !== "administrator") {
        throw new Refusal("NotAllowed", "administrator_made_by");
      }
      const { email, name, language, role } = body;
      await invite(dependencies, actor, {
        email,
        name,
        language,
        role,
        maySubmit: false,
        organisation: await organisationFor(body, actor),
        isNewOrganisation: body.newOrganisation !== undefined,
      });
      return show(actor);
    },

    async endRole({ params, body, actor }) {
      const { personId } = params;
      const { role, organisationId, lastDay, reason } = body;
      const { programmeId } = actor;
      const heldNow = async () =>
        (await membershipsOf(store, personId)).find(
          (each) =>
            each.programmeId === programmeId &&
            each.role === role &&
            each.organisationId === organisationId &&
            isCurrent(each, clock.now()),
        );
      if ((await heldNow()) === undefined) throw new Refusal("NotFound", "role_not_theirs");
      if (role === "administrator" && actor.role !== "administrator") {
        throw new Refusal("NotAllowed", "administrator_ended_by");
      }
      await assertInNoTeam(dependencies, personId, (each) => each === role);
      await changeProgramme(store, programmeId, async () => {
        const membership = await heldNow();
        if (membership === undefined) throw new Refusal("NotFound", "role_not_theirs");
        await assertRoleKept(dependencies, personId, { role, organisationId, programmeId });
        return {
          type: "RoleEnded",
          at: clock.now().toISOString(),
          actor: { personId: actor.personId, role: actor.role },
          reason,
          data: { personId, role, organisationId, lastDay },
          writes: [await endingOf(store, membership, lastDay)],
        };
      });
      return show(actor);
    },
  };
}

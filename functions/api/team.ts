/** Operations on the people of one's own company. Its last admin stays. */

import type { Membership } from "../../shared/contracts/items.ts";
import { stored } from "../../shared/contracts/items.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { isOpenTask, type Pilot } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import {
  changeProgramme,
  isCurrent,
  membershipItem,
  membersOfOrganisation,
  readOrganisation,
} from "../../shared/records/people.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { endingsNow, invite, presentMembers } from "./invitation.ts";

type Ids = "listTeam" | "inviteMember" | "changeMember" | "removeMember";

export function teamHandlers(dependencies: ApiDependencies): Handlers<Ids> {
  const { store, clock, pilots } = dependencies;

  const currentTeam = async ({ organisationId = "", programmeId }: Actor): Promise<Membership[]> =>
    (await membersOfOrganisation(store, organisationId)).filter(
      (member) => member.programmeId === programmeId && isCurrent(member, clock.now()),
    );

  const show = async (actor: Actor): Promise<OutputOf<"listTeam">> => ({
    members: await presentMembers(dependencies, await currentTeam(actor)),
  });

  async function membershipsIn(actor: Actor, personId: string): Promise<Membership[]> {
    const held = (await currentTeam(actor)).filter((member) => member.personId === personId);
    if (held.length === 0) throw new Refusal("NotFound", "nobody_in_company");
    return held;
  }

  /** Their tasks wait for the company again; those of a pilot on hold are handed on when it is resumed. */
  async function releaseTasksOf(personId: string, actor: Actor): Promise<void> {
    const { items } = await store.query({ index: "gsi2", pk: `ORGANISATION#${actor.organisationId}#PILOTS` });
    for (const item of items) {
      const { id: pilotId } = stored<{ pilot: Pilot }>(item.data).pilot;
      const state = await pilots.load(pilotId);
      const theirs = Object.values(state?.tasks ?? {}).filter(
        (task) =>
          isOpenTask(task) &&
          task.candidateRole === "sme" &&
          (task.assigneeId === personId || task.ownerId === personId),
      );
      for (const { id: taskId } of theirs) {
        await pilots.change(pilotId, { type: "ForwardTask", taskId, toRole: "sme", reason: "Left the company" }, actor);
      }
    }
  }

  return {
    listTeam: ({ actor }) => show(actor),

    async inviteMember({ actor, acting, body }) {
      const organisation = await readOrganisation(store, acting.organisationId);
      if (organisation === undefined) throw new Refusal("NotFound", "company_gone");
      await invite(dependencies, actor, { ...body, organisation, isNewOrganisation: false });
      return show(actor);
    },

    async changeMember({ params, body, actor }) {
      await changeProgramme(store, actor.programmeId, async () => {
        const member = (await membershipsIn(actor, params.personId)).find(({ role }) => role === "sme_member");
        if (member === undefined) throw new Refusal("RuleBroken", "admin_always_submits");
        const item = membershipItem({ ...member, ...body });
        const before = await store.get(item);
        return {
          type: "MemberChanged",
          at: clock.now().toISOString(),
          actor: { personId: actor.personId, role: actor.role },
          data: { personId: params.personId, organisationId: actor.organisationId, ...body },
          writes: [{ kind: "put", item, expectedVersion: before?.version ?? 0 }],
        };
      });
      return show(actor);
    },

    async removeMember({ params, body, actor }) {
      const { personId } = params;
      await membershipsIn(actor, personId);
      await assertNotLastAdmin(personId);
      await releaseTasksOf(personId, actor);
      await changeProgramme(store, actor.programmeId, async () => {
        const held = await membershipsIn(actor, personId);
        // Asked again with every attempt: two admins removing each other leave one.
        await assertNotLastAdmin(personId);
        return {
          type: "MemberRemoved",
          at: clock.now().toISOString(),
          actor: { personId: actor.personId, role: actor.role },
          ...(body.reason === undefined ? {} : { reason: body.reason }),
          data: { personId, organisationId: actor.organisationId },
          writes: await endingsNow(store, held, clock.now()),
        };
      });
      return show(actor);

      async function assertNotLastAdmin(leaverId: string): Promise<void> {
        const others = (await currentTeam(actor)).filter(
          (member) => member.role === "sme_admin" && member.personId !== leaverId,
        );
        if (others.length > 0) return;
        throw new Refusal("RuleBroken", "admin_kept");
      }
    },
  };
}

/** The business case is for few, and the company can see who of them has read it. */
import type { Actor } from "../../shared/domain/actor.ts";
import { assertMay } from "../../shared/domain/permissions.ts";
import { isBusinessCase } from "../../shared/domain/pilot/deliverable-kinds.ts";
import type { Deliverable, PilotState } from "../../shared/domain/pilot/state.ts";
import { accessOf, logAccess } from "../../shared/records/access-log.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { readablePilot } from "./pilots.ts";

/** To be called before the answers of a form are given out; `revision` is absent for a draft. */
export async function noteRead(
  { store, clock }: ApiDependencies,
  actor: Actor,
  { pilot }: PilotState,
  deliverable: Deliverable,
  revision?: number,
): Promise<void> {
  const isOwn = actor.role === "sme_member" || actor.role === "sme_admin";
  if (isOwn || !isBusinessCase(deliverable)) return;
  await logAccess(store, pilot, actor, {
    deliverableId: deliverable.id,
    at: clock.now().toISOString(),
    ...(revision === undefined ? {} : { revision }),
  });
}

export function accessHandlers(dependencies: ApiDependencies): Handlers<"listAccess"> {
  return {
    async listAccess({ params, query, actor, names }) {
      const { pilot } = await readablePilot(dependencies, params.pilotId, actor);
      assertMay(actor, "access.read", pilot);
      const page = await accessOf(dependencies.store, params.pilotId, query.cursor);
      const entries = await Promise.all(
        page.items.map(async ({ at, personId, role, forPersonId, deliverableId, revision }) => ({
          at,
          by: {
            person: await names.person(personId),
            role,
            ...(forPersonId === undefined ? {} : { for: await names.person(forPersonId) }),
          },
          deliverableId,
          ...(revision === undefined ? {} : { revision }),
        })),
      );
      return { entries, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
    },
  };
}

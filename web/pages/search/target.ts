/** Where a result of the search leads whoever found it. */
import { linkOptions } from "@tanstack/react-router";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import type { Role } from "../../../shared/domain/actor.ts";

export type Result = OutputOf<"search">["results"][number];

/** Who sees the programme's pilots as a table; who takes part sees a short list of their own. */
const watching: readonly Role[] = ["coordinator", "auditor", "advisor"];
const seeingPeople: readonly Role[] = ["coordinator", "auditor", "administrator"];

/** Undefined where the reader has no page for it. `leads` says where, unless it is the result's own page. */
export function targetOf(result: Result, role: Role) {
  const { kind, id, title, pilotId, roles = [], organisationId } = result;
  switch (kind) {
    case "deliverable":
      if (pilotId === undefined) return undefined;
      return {
        link: linkOptions({
          to: "/pilots/$pilotId/deliverables/$deliverableId",
          params: { pilotId, deliverableId: id },
        }),
      };
    case "pilot":
      return pilotId === undefined ? undefined : { link: linkOptions({ to: "/pilots/$pilotId", params: { pilotId } }) };
    case "company":
      if (watching.includes(role)) return { link: pilotsWhere({ company: id }), leads: "company" as const };
      return role === "administrator" ? undefined : { link: linkOptions({ to: "/pilots" }), leads: "company" as const };
    case "person":
      if (watching.includes(role) && roles.includes("advisor")) {
        return { link: pilotsWhere({ advisor: id }), leads: "advisor" as const };
      }
      if (watching.includes(role) && organisationId !== undefined && roles.some((each) => each.startsWith("sme_"))) {
        return { link: pilotsWhere({ company: organisationId }), leads: "member" as const };
      }
      if (seeingPeople.includes(role))
        return { link: linkOptions({ to: "/people", search: { q: title } }), leads: "people" as const };
      return undefined;
  }
}

/** Ended ones too: what is looked for may be over. */
const pilotsWhere = (filter: { readonly company: string } | { readonly advisor: string }) =>
  linkOptions({ to: "/pilots", search: { view: "table", ended: true, ...filter } });

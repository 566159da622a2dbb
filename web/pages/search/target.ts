/** Where a result of the search leads whoever found it. */
import { linkOptions } from "@tanstack/react-router";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import type { Role } from "../../../shared/domain/actor.ts";

export type Result = OutputOf<"search">["results"][number];

/** Who sees the programme's pilots as a table; who takes part sees a short list of their own. */
const watching: readonly Role[] = ["coordinator", "auditor", "advisor"];

/** Undefined where the answer names nothing to open. `leads` says where, unless it is the result's own page. */
export function targetOf(result: Result, role: Role) {
  const { kind, id, title, pilotId, leadsTo, organisationId } = result;
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
      return {
        link: watching.includes(role) ? pilotsWhere({ company: id }) : linkOptions({ to: "/pilots" }),
        leads: "company" as const,
      };
    case "person":
      return leadsTo === undefined ? undefined : { link: linkOf(leadsTo), leads: leadsTo };
  }

  function linkOf(leads: NonNullable<typeof leadsTo>) {
    switch (leads) {
      case "advisor":
        return pilotsWhere({ advisor: id });
      case "member":
        return pilotsWhere({ company: organisationId ?? "" });
      case "team":
        return linkOptions({ to: "/team" });
      case "people":
        return linkOptions({ to: "/people", search: { q: title } });
      case "pilot":
        return linkOptions({ to: "/pilots/$pilotId", params: { pilotId: pilotId ?? "" }, hash: "people" });
    }
  }
}

/** Ended ones too: what is looked for may be over. */
const pilotsWhere = (filter: { readonly company: string } | { readonly advisor: string }) =>
  linkOptions({ to: "/pilots", search: { view: "table", ended: true, ...filter } });

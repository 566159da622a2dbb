/** The pages of the main navigation and who has them; the server decides again on each request. A new page is a row here. */
import { linkOptions } from "@tanstack/react-router";
import type { Role } from "../../shared/domain/actor.ts";

const withTasks = ["sme_member", "sme_admin", "advisor", "expert", "living_lab", "coordinator"] as const;
/** They look on: no task is theirs, nothing falls due for them, and no notice goes to them. */
const withoutTasks = ["auditor", "administrator"] as const;

const navigation = [
  { name: "tasks", link: linkOptions({ to: "/" }), keys: "g t", roles: withTasks },
  { name: "start", link: linkOptions({ to: "/" }), keys: "g t", roles: withoutTasks },
  { name: "pilots", link: linkOptions({ to: "/pilots" }), keys: "g p", roles: [...withTasks, "auditor"] },
  {
    name: "dashboard",
    link: linkOptions({ to: "/dashboard" }),
    keys: "g d",
    roles: ["advisor", "coordinator", "auditor"],
  },
  {
    name: "people",
    link: linkOptions({ to: "/people" }),
    keys: "g e",
    roles: ["coordinator", "auditor", "administrator"],
  },
  { name: "team", link: linkOptions({ to: "/team" }), keys: "g m", roles: ["sme_member", "sme_admin"] },
  {
    name: "programme",
    link: linkOptions({ to: "/programme" }),
    keys: "g r",
    roles: ["coordinator", "auditor", "administrator"],
  },
  { name: "states", link: linkOptions({ to: "/states" }), keys: "g x", roles: ["coordinator", "administrator"] },
  { name: "mails", link: linkOptions({ to: "/mails" }), keys: "g o", roles: ["coordinator", "administrator"] },
] as const satisfies readonly { name: string; link: object; keys: string; roles: readonly Role[] }[];

export const navigationFor = (role: Role) => navigation.filter(({ roles }) => roles.some((each) => each === role));

export const isGivenTasks = (role: Role): boolean => withTasks.some((each) => each === role);

/** Who may read the list of work of others: the roles of `listTasksOf`. */
export const seesWorkOfOthers = (role: Role): boolean => role === "coordinator" || role === "auditor";

/** Who may be away and stand in for others: the roles of `planAbsence`, which would bring its schemas along. */
export const mayStandIn = (role: Role): boolean => role === "advisor" || role === "expert" || role === "living_lab";

/** The people tasks can be given to beside the teams of their pilots, as far as the reader may know of them. */
import { useTranslation } from "react-i18next";
import type { TaskView } from "../../../shared/contracts/views.ts";
import { useOperation } from "../../api/queries.ts";
import { usePortal } from "../../portal.ts";
import type { Candidate, Colleagues } from "./handing-on.ts";

interface Known {
  /** Undefined until they are known. */
  readonly colleagues: Colleagues | undefined;
  readonly error: unknown;
  reload(): void;
}

export function useColleagues(tasks: readonly TaskView[]): Known {
  const { me } = usePortal();
  const { role } = me.acting;
  const seesPeople = role === "advisor" || role === "coordinator";
  const isSme = role === "sme_admin" || role === "sme_member";
  const isFor = (candidate: TaskView["candidateRole"]) =>
    tasks.some(({ candidateRole }) => candidateRole === candidate);
  const ask = (enabled: boolean) => ({ enabled });
  const coordinators = useOperation(
    "listPeople",
    { query: { role: "coordinator" } },
    ask(seesPeople && isFor("coordinator")),
  );
  const admins = useOperation("listPeople", { query: { role: "sme_admin" } }, ask(seesPeople && isFor("sme")));
  const members = useOperation("listPeople", { query: { role: "sme_member" } }, ask(seesPeople && isFor("sme")));
  const team = useOperation("listTeam", {}, ask(isSme && isFor("sme")));
  const asked = [coordinators, admins, members, team].filter((each) => each.isEnabled);
  const reload = () => {
    for (const each of asked) void each.refetch();
  };
  if (asked.some(({ data }) => data === undefined)) {
    return { colleagues: undefined, error: asked.find(({ error }) => error !== null)?.error, reload };
  }
  const colleagues = {
    coordinators: coordinators.data?.people ?? [],
    ofCompanies: [...(admins.data?.people ?? []), ...(members.data?.people ?? [])],
    ofOwnCompany: (team.data?.members ?? []).map(({ person }) => person),
  };
  return { colleagues, error: undefined, reload };
}

/** Says who it is with their load, where that is told. */
export function useCandidateInWords(): (candidate: Candidate) => string {
  const { t } = useTranslation("inbox");
  return ({ name, openTasks }) => (openTasks === undefined ? name : t("more.withLoad", { name, count: openTasks }));
}

/** The people a task can be given to: those of its role around its pilot, except who has it. */
import { useTranslation } from "react-i18next";
import type { PilotView, TaskView } from "../../../shared/contracts/views.ts";
import { useOperation } from "../../api/queries.ts";
import { usePortal } from "../../portal.ts";

interface Candidates {
  /** Undefined until they are known. */
  readonly options: readonly { readonly value: string; readonly label: string }[] | undefined;
  readonly error: unknown;
  reload(): void;
}

export function useCandidates(task: TaskView, pilot: PilotView): Candidates {
  const { t } = useTranslation("inbox");
  const { me } = usePortal();
  const { candidateRole } = task;
  const seesPeople = me.acting.role === "advisor" || me.acting.role === "coordinator";
  const isSme = me.acting.role === "sme_admin" || me.acting.role === "sme_member";
  const ask = (enabled: boolean) => ({ enabled });
  const coordinators = useOperation(
    "listPeople",
    { query: { role: "coordinator" } },
    ask(seesPeople && candidateRole === "coordinator"),
  );
  const admins = useOperation(
    "listPeople",
    { query: { role: "sme_admin" } },
    ask(seesPeople && candidateRole === "sme"),
  );
  const members = useOperation(
    "listPeople",
    { query: { role: "sme_member" } },
    ask(seesPeople && candidateRole === "sme"),
  );
  const team = useOperation("listTeam", {}, ask(isSme && candidateRole === "sme"));
  const asked = [coordinators, admins, members, team].filter((each) => each.isEnabled);
  const reload = () => {
    for (const each of asked) void each.refetch();
  };
  if (asked.some(({ data }) => data === undefined)) {
    return { options: undefined, error: asked.find(({ error }) => error !== null)?.error, reload };
  }
  const company = [...(admins.data?.people ?? []), ...(members.data?.people ?? [])].filter(
    ({ organisation }) => organisation.id === pilot.organisation.id,
  );
  const withLoad = [...(coordinators.data?.people ?? []), ...company].map(({ id, name, openTasks }) => ({
    value: id,
    label: t("more.withLoad", { name, count: openTasks }),
  }));
  const without = [
    ...pilot.team.filter(({ role }) => role === candidateRole).map(({ person }) => person),
    ...(team.data?.members ?? []).map(({ person }) => person),
  ].map(({ id, name }) => ({ value: id, label: name }));
  const byId = new Map([...without, ...withLoad].map((option) => [option.value, option]));
  if (task.assignee !== undefined) byId.delete(task.assignee.id);
  return { options: [...byId.values()], error: undefined, reload };
}

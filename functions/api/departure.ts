/** What an advisor who leaves would hand over, and to whom: read before `planDeparture` does it. */

import { inbox, type Membership } from "../../shared/contracts/items.ts";
import type { DepartureView } from "../../shared/contracts/people-operations.ts";
import { isEnded, isOpenTask, type PilotState } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { taskTitleIn } from "../../shared/language/task-title.ts";
import { readAbsence } from "../../shared/records/absences.ts";
import {
  isCurrent,
  membershipsOf,
  membersOfOrganisation,
  membersWithRole,
  readPerson,
} from "../../shared/records/people.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";

export function departureHandlers({ store, clock, pilots }: ApiDependencies): Handlers<"previewDeparture"> {
  /** Those that have not ended: nobody hands over the others, and they are no load. */
  async function pilotsOf(personId: string): Promise<readonly PilotState[]> {
    const { items } = await store.query({ index: "gsi1", pk: `PERSON#${personId}#PILOTS` });
    const links = items.filter(({ data }) => data.role === "advisor");
    const states = await Promise.all(links.map(({ data }) => pilots.load(String(data.pilotId))));
    return states.filter((state) => state !== undefined).filter((state) => !isEnded(state.pilot));
  }

  async function colleague(membership: Membership): Promise<DepartureView["colleagues"]> {
    const { personId, programmeId } = membership;
    const [person, work, advised, absence] = await Promise.all([
      readPerson(store, personId),
      store.query({ index: "gsi1", pk: inbox.person(personId) }),
      pilotsOf(personId),
      readAbsence(store, personId, programmeId),
    ]);
    if (person === undefined) return [];
    const { id, name, language, country } = person;
    const isOver = absence === undefined || absence.until < clock.now().toISOString().slice(0, 10);
    return [
      {
        person: { id, name },
        language,
        country,
        openTasks: work.items.length,
        pilots: advised.length,
        ...(isOver ? {} : { away: { from: absence.from, until: absence.until } }),
      },
    ];
  }

  async function languageOf(organisationId: string): Promise<string> {
    const admin = (await membersOfOrganisation(store, organisationId)).find(
      (member) => member.role === "sme_admin" && isCurrent(member, clock.now()),
    );
    return (admin && (await readPerson(store, admin.personId))?.language) ?? "en";
  }

  return {
    async previewDeparture({ actor, params, names }) {
      const { personId } = params;
      const isAdvisor = (await membershipsOf(store, personId)).some(
        ({ programmeId, role }) => programmeId === actor.programmeId && role === "advisor",
      );
      if (!isAdvisor) throw new Refusal("NotFound", "not_advisor_of_programme");
      const [states, advisors] = await Promise.all([
        pilotsOf(personId),
        membersWithRole(store, actor.programmeId, "advisor"),
      ]);
      const others = advisors.filter((each) => each.personId !== personId && isCurrent(each, clock.now()));
      const colleagues = (await Promise.all(others.map(colleague))).flat();
      const load = new Map(colleagues.map((each) => [each.person.id, each.openTasks]));
      const handedOver: DepartureView["pilots"] = [];
      for (const { pilot, tasks } of states) {
        const language = await languageOf(pilot.organisationId);
        const theirs = Object.values(tasks).filter(
          (task) =>
            (isOpenTask(task) || task.status === "suspended") &&
            (task.assigneeId === personId || task.ownerId === personId),
        );
        const suggested = successorFor(language, colleagues, load);
        if (suggested !== undefined) load.set(suggested, (load.get(suggested) ?? 0) + theirs.length);
        handedOver.push({
          id: pilot.id,
          title: pilot.title,
          country: pilot.country,
          language,
          tasks: theirs.map((task) => ({
            id: task.id,
            title: taskTitleIn(names.language, task),
            kind: task.kind,
            dueAt: task.dueAt,
            overdue: isOpenTask(task) && task.dueAt < clock.now().toISOString(),
            onHold: task.status === "suspended",
          })),
          ...(suggested === undefined ? {} : { suggestedSuccessorId: suggested }),
        });
      }
      return {
        person: await names.person(personId),
        openTasks: handedOver.reduce((sum, { tasks }) => sum + tasks.length, 0),
        pilots: handedOver,
        colleagues,
      };
    },
  };
}

/** Those who speak the company's language first, then those who are there, then those with least to do. */
function successorFor(
  language: string,
  colleagues: DepartureView["colleagues"],
  load: ReadonlyMap<string, number>,
): string | undefined {
  const rank = (each: DepartureView["colleagues"][number]): number =>
    (each.language === language ? 0 : 2_000_000) +
    (each.away === undefined ? 0 : 1_000_000) +
    (load.get(each.person.id) ?? 0);
  return [...colleagues].sort((a, b) => rank(a) - rank(b))[0]?.person.id;
}

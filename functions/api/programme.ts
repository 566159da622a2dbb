/** Operations around the pilots: who I am, the pipeline, people, mails, the clock. */
import { inbox, key, type Membership } from "../../shared/contracts/items.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { isEnded, isOpenTask, type PilotState, type Task } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { deliveryOf, outboxOf } from "../../shared/records/mails.ts";
import {
  changeProgramme,
  isCurrent,
  membershipId,
  membershipItem,
  membershipsOf,
  membersWithRole,
  readOrganisation,
  readPerson,
  readProgramme,
} from "../../shared/records/people.ts";
import { countersIn } from "../../shared/records/pipeline.ts";
import type { ApiDependencies, Call, Handlers } from "./handlers.ts";
import { welcome } from "./invitation.ts";
import { teamMember } from "./pilots.ts";
import { normalised, wordsIn } from "./words.ts";

/** Of one answer to a search in the outbox; what was not looked at follows with the cursor. */
const MAILS_WANTED = 20;
const MAILS_LOOKED_AT = 1000;

type Ids =
  | "getMe"
  | "acceptInvitation"
  | "getPipeline"
  | "listPeople"
  | "planDeparture"
  | "listMails"
  | "getClock"
  | "moveClock";

/** Every day on the way is lived through; a clock on its way to the year 9999 would answer nobody. */
const LONGEST_MOVE_MS = 3 * 366 * 24 * 60 * 60 * 1000;

export function programmeHandlers(dependencies: ApiDependencies): Handlers<Ids> {
  const { store, clock, pilots, clockControl } = dependencies;

  async function show(membership: Membership): Promise<OutputOf<"getMe">["acting"]> {
    const [programme, organisation] = await Promise.all([
      readProgramme(store, membership.programmeId),
      readOrganisation(store, membership.organisationId),
    ]);
    return {
      id: membershipId(membership),
      programmeId: membership.programmeId,
      programmeName: programme?.name ?? membership.programmeId,
      sample: programme?.sample ?? false,
      role: membership.role,
      organisation: {
        id: membership.organisationId,
        name: organisation?.name ?? membership.organisationId,
        country: organisation?.country ?? "",
      },
    };
  }

  /** Pilots the person advises; those that have ended keep their advisor on record, unless work is left in them. */
  async function pilotsToHandOver(personId: string): Promise<readonly PilotState[]> {
    const found: PilotState[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.query({
        index: "gsi1",
        pk: `PERSON#${personId}#PILOTS`,
        ...(cursor === undefined ? {} : { cursor }),
      });
      const advised = page.items.filter(({ data }) => data.role === "advisor");
      const states = await Promise.all(advised.map(({ data }) => pilots.load(String(data.pilotId))));
      for (const state of states) {
        if (state === undefined) continue;
        if (!isEnded(state.pilot) || openTasksOf(state, personId).length > 0) found.push(state);
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
    return found;
  }

  /** Programmes lead real lives unless all of a person's work is sample data; time moves only for the latter. */
  const movable = async (programmeId: string): Promise<boolean> =>
    clockControl !== undefined && ((await readProgramme(store, programmeId))?.sample ?? false);

  async function me({
    person: { id, name, email, language },
    acting,
    memberships,
  }: Pick<Call<"getMe">, "person" | "acting" | "memberships">): Promise<OutputOf<"getMe">> {
    return {
      person: { id, name, email, language },
      acting: await show(acting),
      memberships: await Promise.all(memberships.map(show)),
      invited: memberships.some(({ invitedAt }) => invitedAt !== undefined),
    };
  }

  return {
    getMe: me,

    async acceptInvitation(call) {
      await welcome(dependencies, call.memberships);
      return { ...(await me(call)), invited: false };
    },

    async getPipeline({ actor }) {
      const [programme, item] = await Promise.all([
        readProgramme(store, actor.programmeId),
        store.get(key.counters(actor.programmeId)),
      ]);
      const { places, ...totals } = countersIn(item);
      return {
        programmeId: actor.programmeId,
        programmeName: programme?.name ?? actor.programmeId,
        sample: programme?.sample ?? false,
        stages: Object.entries(places).map(([place, count]) => {
          const [stage = "", status = ""] = place.split("#");
          return { stage, status, pilots: count };
        }),
        ...totals,
      };
    },

    async listPeople({ actor, query, names }) {
      // They choose a substitute; whom else the programme has is not theirs to know.
      if ((actor.role === "expert" || actor.role === "living_lab") && query.role !== actor.role) {
        throw new Refusal("NotAllowed", "own_role_only");
      }
      const members = await membersWithRole(store, actor.programmeId, query.role);
      const people = await Promise.all(
        members
          .filter((membership) => isCurrent(membership, clock.now()))
          .map(async (membership) => {
            const [person, organisation, work] = await Promise.all([
              readPerson(store, membership.personId),
              names.organisation(membership.organisationId),
              store.query({ index: "gsi1", pk: inbox.person(membership.personId) }),
            ]);
            return person === undefined
              ? []
              : [
                  {
                    id: person.id,
                    name: person.name,
                    role: membership.role,
                    language: person.language,
                    country: person.country,
                    organisation,
                    openTasks: work.items.length,
                  },
                ];
          }),
      );
      return { people: people.flat() };
    },

    async planDeparture({ actor, params, body }) {
      const leaving = (await membershipsOf(store, params.personId)).filter(
        (membership) => membership.programmeId === actor.programmeId && membership.role === "advisor",
      );
      if (leaving.length === 0) throw new Refusal("NotFound", "not_advisor_of_programme");
      // Every successor is looked at first: either all can take over, or nothing is changed.
      const plan = await Promise.all(
        (await pilotsToHandOver(params.personId)).map(async (state) => {
          const { id: pilotId } = state.pilot;
          const successorId = body.pilots?.[pilotId] ?? body.successorId;
          if (successorId === params.personId) {
            throw new Refusal("RuleBroken", "leaver_takes_over");
          }
          const to = await teamMember(dependencies, successorId, "advisor", actor.programmeId);
          return { pilotId, to, tasks: openTasksOf(state, params.personId).length };
        }),
      );
      const handed: string[] = [];
      let tasks = 0;
      for (const { pilotId, to, tasks: count } of plan) {
        const { event } = await pilots.change(
          pilotId,
          { type: "HandOverAdvisor", fromPersonId: params.personId, to, reason: body.reason },
          actor,
        );
        if (event === undefined) continue;
        handed.push(pilotId);
        tasks += count;
      }
      await changeProgramme(store, actor.programmeId, async () => ({
        type: "DeparturePlanned",
        at: clock.now().toISOString(),
        actor: { personId: actor.personId, role: actor.role },
        reason: body.reason,
        data: { personId: params.personId, lastDay: body.lastDay, pilots: handed },
        writes: await Promise.all(
          leaving.map(async (membership) => {
            const item = membershipItem({ ...membership, until: body.lastDay });
            const current = await store.get(item);
            return { kind: "put" as const, item, expectedVersion: current?.version ?? 0 };
          }),
        ),
      }));
      return { pilots: handed, tasks };
    },

    async listMails({ actor, query, names }) {
      const words = wordsIn(query.q ?? "");
      const mails: OutputOf<"listMails">["mails"] = [];
      let { cursor } = query;
      let looked = 0;
      do {
        const page = await outboxOf(store, actor.programmeId, cursor);
        const shown = await Promise.all(
          page.items.map(async (mail) => {
            const { id, to, personId, subject, text, createdAt, sample } = mail;
            const { at: statusAt, ...come } = deliveryOf(mail);
            const person = await names.person(personId);
            return { id, to, person, subject, text, createdAt, sample, statusAt, ...come };
          }),
        );
        mails.push(
          ...shown.filter(({ person, to, subject }) => {
            const said = normalised(`${person.name} ${to} ${subject}`);
            return words.every((word) => said.includes(word));
          }),
        );
        looked += page.items.length;
        cursor = page.cursor;
      } while (cursor !== undefined && words.length > 0 && mails.length < MAILS_WANTED && looked < MAILS_LOOKED_AT);
      return { mails, ...(cursor === undefined ? {} : { cursor }) };
    },

    async getClock({ actor }) {
      return { now: clock.now().toISOString(), movable: await movable(actor.programmeId) };
    },

    async moveClock({ actor, body }) {
      if (clockControl === undefined || !(await movable(actor.programmeId))) {
        throw new Refusal("NotAllowed", "clock_of_sample_only");
      }
      const to = new Date(body.to);
      const latest = new Date(clock.now().getTime() + LONGEST_MOVE_MS);
      if (to > latest) {
        throw new Refusal("RuleBroken", "clock_too_far", { pointer: "/to" });
      }
      if (to <= clock.now()) throw new Refusal("RuleBroken", "clock_backwards", { pointer: "/to" });
      await clockControl.moveTo(to);
      return { now: clock.now().toISOString(), movable: true };
    },
  };
}

const openTasksOf = ({ tasks }: PilotState, personId: string): readonly Task[] =>
  Object.values(tasks).filter(
    (task) => isOpenTask(task) && (task.assigneeId === personId || task.ownerId === personId),
  );

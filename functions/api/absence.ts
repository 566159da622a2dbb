/** Absence and substitute: who stands in for whom, and acting in their seat. */
import type { AbsenceView } from "../../shared/contracts/absence-operations.ts";
import type { Membership } from "../../shared/contracts/items.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { type Actor, seatOf } from "../../shared/domain/actor.ts";
import { localDateOf } from "../../shared/domain/calendar.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { Write } from "../../shared/ports/store.ts";
import {
  type Absence,
  absenceItem,
  absenceKey,
  absencesStoodInFor,
  isAway,
  readAbsence,
} from "../../shared/records/absences.ts";
import { actorOf, changeProgramme, isCurrent, membershipsOf, readPerson } from "../../shared/records/people.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import type { Names } from "./names.ts";

type Ids = "listAbsences" | "planAbsence" | "endAbsence";

/** Longer than this somebody has left: their work is handed over. */
const MAX_DAYS = 366;

/**
 * The actor in the seat of somebody away, whom the caller names. Throws `Refusal` NotAllowed unless the other is away
 * today, has named the caller and both hold the role.
 */
export async function standingInFor(
  { store, clock }: Pick<ApiDependencies, "store" | "clock">,
  acting: Membership,
  personId: string,
): Promise<Actor> {
  const { programmeId, role } = acting;
  const [absence, memberships, person] = await Promise.all([
    readAbsence(store, personId, programmeId),
    membershipsOf(store, personId),
    readPerson(store, personId),
  ]);
  const seat = memberships.find(
    (each) => each.programmeId === programmeId && each.role === role && isCurrent(each, clock.now()),
  );
  const today = localDateOf(clock.now().toISOString(), person?.country ?? "");
  const isNamed = absence !== undefined && absence.substituteId === acting.personId && absence.role === role;
  if (!isNamed || seat === undefined || !isAway(absence, today)) {
    throw new Refusal("NotAllowed", "not_standing_in", { seatLost: true });
  }
  return { ...actorOf(acting, clock.now().toISOString()), organisationId: seat.organisationId, forPersonId: personId };
}

export function absenceHandlers({ store, clock }: ApiDependencies): Handlers<Ids> {
  async function show(actor: Actor, country: string, names: Names): Promise<OutputOf<"listAbsences">> {
    const today = localDateOf(clock.now().toISOString(), country);
    const present = async (absence: Absence): Promise<AbsenceView> => ({
      person: await names.person(absence.personId),
      substitute: await names.person(absence.substituteId),
      from: absence.from,
      until: absence.until,
      ...(absence.note === undefined ? {} : { note: absence.note }),
      current: isAway(absence, today),
    });
    const [mine, others] = await Promise.all([
      readAbsence(store, actor.personId, actor.programmeId),
      absencesStoodInFor(store, actor.personId, actor.programmeId, today),
    ]);
    return {
      ...(mine === undefined || mine.until < today ? {} : { mine: await present(mine) }),
      standingInFor: await Promise.all(others.map(present)),
    };
  }

  async function change(actor: Actor, type: string, data: object, write: (version: number) => Write[]): Promise<void> {
    await changeProgramme(store, actor.programmeId, async () => ({
      type,
      at: clock.now().toISOString(),
      actor: { personId: actor.personId, role: actor.role },
      data: { ...data },
      writes: write((await store.get(absenceKey(actor.personId, actor.programmeId)))?.version ?? 0),
    }));
  }

  return {
    listAbsences: ({ actor, person, names }) => show(actor, person.country, names),

    async planAbsence({ actor, acting, person, body, names }) {
      assertOwnSeat(actor);
      const today = localDateOf(clock.now().toISOString(), person.country);
      if (body.until < body.from || body.until < today) {
        throw new Refusal("RuleBroken", "absence_days", { pointer: "/until" });
      }
      if (Date.parse(body.until) - Date.parse(body.from) > MAX_DAYS * 86_400_000) {
        throw new Refusal("RuleBroken", "absence_too_long", { pointer: "/until" });
      }
      await assertCanStandIn(acting, body);
      const absence: Absence = {
        ...body,
        personId: actor.personId,
        programmeId: actor.programmeId,
        role: acting.role,
      };
      await change(actor, "AbsencePlanned", absence, (version) => [
        { kind: "put", item: absenceItem(absence), expectedVersion: version },
      ]);
      return show(actor, person.country, names);
    },

    async endAbsence({ actor, person, names }) {
      assertOwnSeat(actor);
      const { personId, programmeId } = actor;
      if ((await readAbsence(store, personId, programmeId)) !== undefined) {
        await change(actor, "AbsenceEnded", { personId }, (version) => [
          { kind: "delete", key: absenceKey(personId, programmeId), expectedVersion: version },
        ]);
      }
      return show(actor, person.country, names);
    },
  };

  /** Somebody else in the same role, who is not away then. Throws `Refusal`. */
  async function assertCanStandIn(
    { personId, programmeId, role }: Membership,
    { substituteId, from, until }: Pick<Absence, "substituteId" | "from" | "until">,
  ): Promise<void> {
    const [memberships, absence] = await Promise.all([
      membershipsOf(store, substituteId),
      readAbsence(store, substituteId, programmeId),
    ]);
    const holds = memberships.some(
      (each) =>
        each.programmeId === programmeId && each.role === role && (each.until === undefined || each.until >= until),
    );
    if (substituteId === personId || !holds) {
      throw new Refusal("RuleBroken", { key: "choose_substitute", role }, { pointer: "/substituteId" });
    }
    if (absence !== undefined && absence.from <= until && from <= absence.until) {
      throw new Refusal("RuleBroken", "substitute_away", { pointer: "/substituteId" });
    }
  }
}

function assertOwnSeat(actor: Actor): void {
  if (seatOf(actor) === actor.personId) return;
  throw new Refusal("NotAllowed", "own_absence_only");
}

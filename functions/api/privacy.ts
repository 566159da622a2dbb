/**
 * A copy of one's own data, and being forgotten: the person asks, a coordinator decides, an administrator carries it out.
 * Both are about the programme acted in, whose office answers for them, and about the account.
 */
import { inbox } from "../../shared/contracts/items.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import type { ErasureView } from "../../shared/contracts/privacy-operations.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { StoredEvent } from "../../shared/ports/store.ts";
import { readAbsence } from "../../shared/records/absences.ts";
import {
  type Erasure,
  erasureItem,
  erasuresOf,
  pseudonymWrites,
  readErasure,
  removeTraces,
} from "../../shared/records/erasures.ts";
import { outboxOf } from "../../shared/records/mails.ts";
import { changeProgramme, isCurrent, membershipsOf, readProgramme } from "../../shared/records/people.ts";
import { readSettings } from "../../shared/records/settings.ts";
import { viewsOf } from "../../shared/records/views.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { endingOf } from "./invitation.ts";
import { assertInNoTeam, assertRoleKept } from "./kept-roles.ts";
import { known } from "./known.ts";
import type { Names } from "./names.ts";

type Ids = "exportMyData" | "askErasure" | "listErasures" | "decideErasure" | "executeErasure";

export function privacyHandlers(dependencies: ApiDependencies): Handlers<Ids> {
  const { store, clock } = dependencies;

  const show = async ({ programmeId }: Actor, names: Names): Promise<{ erasures: ErasureView[] }> => ({
    erasures: await Promise.all((await erasuresOf(store, programmeId)).map((each) => present(each, names))),
  });

  /** The wish as it is now. Throws `Refusal` when it is not the one that is expected. */
  async function erasureIn(personId: string, programmeId: string, status: Erasure["status"]) {
    const found = await readErasure(store, personId, programmeId);
    if (found === undefined) throw new Refusal("NotFound", "This person has not asked to be forgotten.");
    if (found.erasure.status !== status) {
      throw new Refusal(
        "NotInThisState",
        "Somebody has dealt with this wish already, or it waits for the coordinator.",
        {
          status: found.erasure.status,
        },
      );
    }
    return found;
  }

  /** Of one programme: what else a person does is not its office's to know. */
  async function membershipsIn(personId: string, programmeId: string) {
    return (await membershipsOf(store, personId)).filter((membership) => membership.programmeId === programmeId);
  }

  async function assertCanBeForgotten(personId: string, programmeId: string): Promise<void> {
    const all = await membershipsOf(store, personId);
    const current = all.filter((membership) => isCurrent(membership, clock.now()));
    for (const membership of current) {
      if (membership.programmeId === programmeId) await assertRoleKept(dependencies, personId, membership);
    }
    if (current.some((membership) => membership.programmeId !== programmeId)) {
      throw new Refusal("RuleBroken", "The account is still used elsewhere. It can be erased when that has ended.");
    }
    await assertInNoTeam(dependencies, personId, () => true);
    const { items } = await store.query({ index: "gsi1", pk: inbox.person(personId), limit: 1 });
    if (items.length > 0) {
      throw new Refusal("RuleBroken", "This person still has tasks. Give them to somebody else first.");
    }
  }

  return {
    async exportMyData({ actor, person, names }) {
      const { personId, programmeId } = actor;
      const [programme, memberships, { version: _, ...settings }, views, absence, erasure, notices] = await Promise.all(
        [
          readProgramme(store, programmeId),
          membershipsIn(personId, programmeId),
          readSettings(store, personId),
          viewsOf(store, personId, programmeId),
          readAbsence(store, personId, programmeId),
          readErasure(store, personId, programmeId),
          all((cursor) =>
            store.query({ pk: `NOTICES#${personId}`, prefix: `event#${programmeId}#`, ...known({ cursor }) }),
          ),
        ],
      );
      const mails = await all((cursor) => outboxOf(store, programmeId, cursor));
      const events = await all((cursor) => store.eventsOfProgramme(programmeId, known({ cursor })));
      const { id, name, email, language, country } = person;
      return {
        format: "fairway-personal-data",
        formatVersion: 1,
        generatedAt: clock.now().toISOString(),
        programme: { id: programmeId, name: programme?.name ?? programmeId },
        person: { id, name, email, language, country },
        memberships: await Promise.all(
          memberships.map(async ({ role, organisationId, maySubmit, until, invitedAt }) => ({
            role,
            organisation: await names.organisation(organisationId),
            maySubmit,
            ...known({ until, invitedAt }),
          })),
        ),
        settings: { ...settings },
        views: views.map(({ view }) => ({ ...view })),
        ...(absence === undefined ? {} : { absence: { ...absence } }),
        notices: notices.map(({ data }) => ({ ...data })),
        mails: mails
          .filter((mail) => mail.personId === personId)
          .map(({ createdAt, to, subject, text }) => ({ at: createdAt, to, subject, text })),
        actions: events
          .filter(isDoneBy(personId))
          .map(({ at, type, stream, actor: by }) => ({ at, type, about: stream, role: by.role })),
        ...(erasure === undefined ? {} : { erasure: await present(erasure.erasure, names) }),
      };
    },

    async askErasure({ actor, body, names }) {
      const { personId, programmeId, role } = actor;
      if (actor.forPersonId !== undefined) throw new Refusal("NotAllowed", "People ask this for themselves only.");
      const before = await readErasure(store, personId, programmeId);
      if (before?.erasure.status === "asked" || before?.erasure.status === "granted") {
        return present(before.erasure, names);
      }
      const askedAt = clock.now().toISOString();
      const erasure: Erasure = { personId, programmeId, status: "asked", askedAt, ...body };
      await changeProgramme(store, programmeId, async () => ({
        type: "ErasureAsked",
        at: askedAt,
        actor: { personId, role },
        data: { personId },
        writes: [{ kind: "put", item: erasureItem(erasure), expectedVersion: before?.version ?? 0 }],
      }));
      return present(erasure, names);
    },

    listErasures: ({ actor, names }) => show(actor, names),

    async decideErasure({ params: { personId }, body, actor, names }) {
      await changeProgramme(store, actor.programmeId, async () => {
        const { erasure, version } = await erasureIn(personId, actor.programmeId, "asked");
        const at = clock.now().toISOString();
        const decided: Erasure = {
          ...erasure,
          status: body.approve ? "granted" : "refused",
          decided: { by: actor.personId, at, reason: body.reason },
        };
        return {
          type: body.approve ? "ErasureGranted" : "ErasureRefused",
          at,
          actor: { personId: actor.personId, role: actor.role },
          data: { personId },
          writes: [{ kind: "put", item: erasureItem(decided), expectedVersion: version }],
        };
      });
      return show(actor, names);
    },

    async executeErasure({ params: { personId }, actor, names }) {
      const { programmeId } = actor;
      await erasureIn(personId, programmeId, "granted");
      await assertCanBeForgotten(personId, programmeId);
      await removeTraces(store, personId, programmeId);
      await changeProgramme(store, programmeId, async () => {
        const { erasure, version } = await erasureIn(personId, programmeId, "granted");
        // Asked again with every attempt: two admins who are erased at once leave one.
        await assertCanBeForgotten(personId, programmeId);
        const { reason: _, ...rest } = erasure;
        const at = clock.now().toISOString();
        const held = (await membershipsIn(personId, programmeId)).filter((each) => isCurrent(each, clock.now()));
        return {
          type: "PersonErased",
          at,
          actor: { personId: actor.personId, role: actor.role },
          data: { personId },
          writes: [
            ...(await pseudonymWrites(store, personId)),
            ...(await Promise.all(held.map((membership) => endingOf(store, membership, yesterday(clock.now()))))),
            { kind: "put", item: erasureItem({ ...rest, status: "done", doneAt: at }), expectedVersion: version },
          ],
        };
      });
      return show(actor, names);
    },
  };
}

const isDoneBy =
  (personId: string) =>
  ({ actor }: StoredEvent): boolean =>
    actor.personId === personId;

/** The last day of a membership that ends at once. */
const yesterday = (now: Date): string => new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);

/** Every item of all pages. */
async function all<T>(
  pageAt: (cursor: string | undefined) => Promise<{ readonly items: readonly T[]; readonly cursor?: string }>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageAt(cursor);
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return items;
}

async function present(
  { personId, status, askedAt, reason, decided, doneAt }: Erasure,
  names: Names,
): Promise<OutputOf<"askErasure">> {
  return {
    person: await names.person(personId),
    status,
    askedAt,
    ...known({ reason, doneAt }),
    ...(decided === undefined ? {} : { decided: { ...decided, by: await names.person(decided.by) } }),
  };
}

/**
 * A copy of one's own data, and being forgotten: the person asks, a coordinator decides, an administrator carries it out.
 * Both are about the programme acted in, whose office answers for them, and about the account. Letters about it name the
 * person to nobody else: they would outlast the name.
 */
import { type InboxEntry, inbox, stored } from "../../shared/contracts/items.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { type ErasuresView, type ErasureView, erasureObstacles } from "../../shared/contracts/privacy-operations.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import type { Task } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { ErasureLetter } from "../../shared/language/catalogue.ts";
import { datesFor } from "../../shared/language/dates.ts";
import { catalogueFor } from "../../shared/language/languages.ts";
import type { StoredEvent, Write } from "../../shared/ports/store.ts";
import { readAbsence } from "../../shared/records/absences.ts";
import { readsOf } from "../../shared/records/access-log.ts";
import {
  answerBy,
  type Erasure,
  erasureItem,
  erasuresOf,
  pseudonymWrites,
  readErasure,
  removeTraces,
} from "../../shared/records/erasures.ts";
import { mailItem, outboxOf } from "../../shared/records/mails.ts";
import {
  changeProgramme,
  isCurrent,
  membershipsOf,
  membersWithRole,
  readPerson,
  readProgramme,
  wholeOf,
} from "../../shared/records/people.ts";
import { readSettings } from "../../shared/records/settings.ts";
import { viewsOf } from "../../shared/records/views.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { endingsNow } from "./invitation.ts";
import { assertInNoTeam, assertRoleKept, isRoleKept, pilotsInTeam } from "./kept-roles.ts";
import { known } from "./known.ts";
import type { Names } from "./names.ts";

type Ids =
  | "exportMyData"
  | "getMyErasure"
  | "askErasure"
  | "withdrawErasure"
  | "listErasures"
  | "decideErasure"
  | "executeErasure";
type Obstacle = (typeof erasureObstacles)[number];

export function privacyHandlers(dependencies: ApiDependencies): Handlers<Ids> {
  const { store, clock } = dependencies;

  const show = async ({ programmeId }: Actor, names: Names): Promise<ErasuresView> => ({
    erasures: await Promise.all(
      (await erasuresOf(store, programmeId)).map(async (erasure) => ({
        ...(await present(erasure, names)),
        ...(isOpen(erasure) ? { touches: await touchedBy(erasure, names) } : {}),
      })),
    ),
  });

  async function showMine({ personId, programmeId }: Actor, names: Names): Promise<OutputOf<"getMyErasure">> {
    const found = await readErasure(store, personId, programmeId);
    return {
      ...known({ erasure: found && (await present(found.erasure, names)) }),
      obstacles: await obstaclesTo(personId, programmeId),
    };
  }

  /** The wish as it is now. Throws `Refusal` when it is not the one that is expected. */
  async function erasureIn(personId: string, programmeId: string, status: Erasure["status"]) {
    const found = await readErasure(store, personId, programmeId);
    if (found === undefined) throw new Refusal("NotFound", "no_erasure_asked");
    if (found.erasure.status !== status) {
      throw new Refusal("NotInThisState", "erasure_dealt_with", { status: found.erasure.status });
    }
    return found;
  }

  /** Of one programme: what else a person does is not its office's to know. */
  async function membershipsIn(personId: string, programmeId: string) {
    return (await membershipsOf(store, personId)).filter((membership) => membership.programmeId === programmeId);
  }

  const currentMemberships = async (personId: string) =>
    (await membershipsOf(store, personId)).filter((membership) => isCurrent(membership, clock.now()));

  /** What the person has or answers for; what others of the role may take as well needs nobody in their place. */
  async function openTasksOf(personId: string): Promise<readonly Task[]> {
    const entries = await wholeOf(store, { index: "gsi1", pk: inbox.person(personId) });
    return entries
      .map(({ data }) => stored<InboxEntry>(data).task)
      .filter(({ assigneeId, ownerId }) => assigneeId === personId || ownerId === personId);
  }

  /** What stands in the way, in the order in which it is refused. */
  async function obstaclesTo(personId: string, programmeId: string): Promise<Obstacle[]> {
    const current = await currentMemberships(personId);
    const [here, elsewhere] = [true, false].map((isHere) =>
      current.filter((membership) => (membership.programmeId === programmeId) === isHere),
    );
    const kept = await Promise.all((here ?? []).map((each) => isRoleKept(dependencies, personId, each)));
    const stands: Readonly<Record<Obstacle, boolean>> = {
      last_of_role: kept.includes(false),
      other_programme: (elsewhere ?? []).length > 0,
      in_team: (await pilotsInTeam(dependencies, personId, () => true)).length > 0,
      has_tasks: (await openTasksOf(personId)).length > 0,
    };
    return erasureObstacles.filter((obstacle) => stands[obstacle]);
  }

  async function touchedBy({ personId, programmeId }: Erasure, names: Names) {
    const [current, pilots, tasks, notices, obstacles] = await Promise.all([
      currentMemberships(personId),
      pilotsInTeam(dependencies, personId, () => true),
      openTasksOf(personId),
      wholeOf(store, { pk: `NOTICES#${personId}`, prefix: `event#${programmeId}#` }),
      obstaclesTo(personId, programmeId),
    ]);
    return {
      roles: await Promise.all(
        current
          .filter((membership) => membership.programmeId === programmeId)
          .map(async ({ role, organisationId }) => ({ role, organisation: await names.organisation(organisationId) })),
      ),
      pilots: pilots.length,
      openTasks: tasks.length,
      notices: notices.length,
      obstacles,
    };
  }

  async function assertCanBeForgotten(personId: string, programmeId: string): Promise<void> {
    const current = await currentMemberships(personId);
    for (const membership of current) {
      if (membership.programmeId === programmeId) await assertRoleKept(dependencies, personId, membership);
    }
    if (current.some((membership) => membership.programmeId !== programmeId)) {
      throw new Refusal("RuleBroken", "account_used_elsewhere");
    }
    await assertInNoTeam(dependencies, personId, () => true);
    if ((await openTasksOf(personId)).length > 0) {
      throw new Refusal("RuleBroken", "tasks_left");
    }
  }

  /** Letters about a wish as it was at this version, to those who have to do something about it or have asked for it. */
  async function letters(
    erasure: Erasure,
    kind: ErasureLetter["kind"],
    { at, version }: { readonly at: string; readonly version: number },
  ): Promise<readonly Write[]> {
    const { personId, programmeId } = erasure;
    const { portalUrl = "" } = dependencies;
    const programme = await readProgramme(store, programmeId);
    const about = {
      programme: programme?.name ?? programmeId,
      sample: programme?.sample ?? false,
      link: `${portalUrl}/${kind === "asked" || kind === "granted_to_do" ? "people/erasures" : "settings#forget"}`,
    };
    const readers = await Promise.all(
      (await readersOf(kind, personId, programmeId)).map((readerId) => readPerson(store, readerId)),
    );
    return readers.flatMap((reader): Write[] => {
      if (reader === undefined) return [];
      const { mail, locale } = catalogueFor(reader.language);
      const { dateOf } = datesFor(locale, reader.country);
      const words = mail.erasure(reader.name, {
        ...about,
        kind,
        reason: erasure.decided?.reason ?? "",
        answerBy: dateOf(`${answerBy(erasure)}T12:00:00.000Z`),
      });
      const item = mailItem(
        {
          id: `ERASURE#${personId}#${reader.id}#${kind}#${version}`,
          programmeId,
          to: reader.email,
          personId: reader.id,
          ...words,
          createdAt: at,
          eventIds: [],
          language: reader.language,
          sample: about.sample,
        },
        reader,
      );
      return [{ kind: "put", item, expectedVersion: 0 }];
    });
  }

  async function readersOf(
    kind: ErasureLetter["kind"],
    personId: string,
    programmeId: string,
  ): Promise<readonly string[]> {
    if (kind === "granted" || kind === "refused") return [personId];
    const role = kind === "asked" ? "coordinator" : "administrator";
    const held = await membersWithRole(store, programmeId, role);
    return held.filter((membership) => isCurrent(membership, clock.now())).map((membership) => membership.personId);
  }

  return {
    async exportMyData({ actor, person, names }) {
      const { personId, programmeId } = actor;
      const [programme, memberships, { version: _, ...settings }, views, absence, erasure, notices, reads] =
        await Promise.all([
          readProgramme(store, programmeId),
          membershipsIn(personId, programmeId),
          readSettings(store, personId),
          viewsOf(store, personId, programmeId),
          readAbsence(store, personId, programmeId),
          readErasure(store, personId, programmeId),
          wholeOf(store, { pk: `NOTICES#${personId}`, prefix: `event#${programmeId}#` }),
          readsOf(store, programmeId, personId),
        ]);
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
        reads: reads.map(({ at, pilotId, deliverableId, revision }) => ({
          at,
          pilotId,
          deliverableId,
          ...known({ revision }),
        })),
        ...(erasure === undefined ? {} : { erasure: await present(erasure.erasure, names) }),
      };
    },

    getMyErasure: ({ actor, names }) => showMine(actor, names),

    async askErasure({ actor, body, names }) {
      const { personId, programmeId, role } = actor;
      if (actor.forPersonId !== undefined) throw new Refusal("NotAllowed", "own_erasure_only");
      const before = await readErasure(store, personId, programmeId);
      if (before !== undefined && isOpen(before.erasure)) return showMine(actor, names);
      const askedAt = clock.now().toISOString();
      const erasure: Erasure = { personId, programmeId, status: "asked", askedAt, ...body };
      const version = before?.version ?? 0;
      await changeProgramme(store, programmeId, async () => ({
        type: "ErasureAsked",
        at: askedAt,
        actor: { personId, role },
        data: { personId },
        writes: [
          { kind: "put", item: erasureItem(erasure), expectedVersion: version },
          ...(await letters(erasure, "asked", { at: askedAt, version })),
        ],
      }));
      return showMine(actor, names);
    },

    async withdrawErasure({ actor, names }) {
      const { personId, programmeId, role } = actor;
      if (actor.forPersonId !== undefined) throw new Refusal("NotAllowed", "own_erasure_taken_back");
      await changeProgramme(store, programmeId, async () => {
        const { erasure, version } = await erasureIn(personId, programmeId, "asked");
        const { reason: _, ...rest } = erasure;
        return {
          type: "ErasureWithdrawn",
          at: clock.now().toISOString(),
          actor: { personId, role },
          data: { personId },
          writes: [{ kind: "put", item: erasureItem({ ...rest, status: "withdrawn" }), expectedVersion: version }],
        };
      });
      return showMine(actor, names);
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
          writes: [
            { kind: "put", item: erasureItem(decided), expectedVersion: version },
            ...(await letters(decided, body.approve ? "granted" : "refused", { at, version })),
            ...(body.approve ? await letters(decided, "granted_to_do", { at, version }) : []),
          ],
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
            ...(await endingsNow(store, held, clock.now())),
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

/** Something is still to be done about it. */
const isOpen = ({ status }: Erasure): boolean => status === "asked" || status === "granted";

async function present(erasure: Erasure, names: Names): Promise<ErasureView> {
  const { personId, status, askedAt, reason, decided, doneAt } = erasure;
  return {
    person: await names.person(personId),
    status,
    askedAt,
    answerBy: answerBy(erasure),
    ...known({ reason, doneAt }),
    ...(decided === undefined ? {} : { decided: { ...decided, by: await names.person(decided.by) } }),
  };
}

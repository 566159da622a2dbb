/**
 * Search over what a person may see. There is no index yet: the pilots within the person's reach are read as a list of
 * pilots reads them, so nothing can be found that could not be opened, and what one search costs is bounded.
 */

import { operations } from "../../shared/contracts/operations.ts";
import type { SearchResult } from "../../shared/contracts/personal-operations.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import type { Actor, Role } from "../../shared/domain/actor.ts";
import { scopesOf } from "../../shared/domain/permissions.ts";
import { mayReadForm } from "../../shared/domain/pilot/business-case.ts";
import type { DeliverableDefinition, ProcessDefinition } from "../../shared/domain/process.ts";
import { processIn } from "../../shared/language/process-words.ts";
import {
  isCurrent,
  membersOfOrganisation,
  membersOfProgramme,
  organisationsOf,
  readPerson,
} from "../../shared/records/people.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { known } from "./known.ts";
import type { Names } from "./names.ts";
import { visiblePilots } from "./pilots.ts";
import { definitionOf, type ListedPilot } from "./present.ts";
import { normalised, wordsIn } from "./words.ts";

/** Pilots looked through; a programme has a few hundred, all programmes of a region a few thousand. */
const MAX_PILOTS = 10_000;
/** Pilots whose deliverables are looked at. */
const MAX_PILOTS_OPENED = 20;
const MAX_RESULTS = 30;

export function searchHandlers(dependencies: ApiDependencies): Handlers<"search"> {
  const { store, clock, pilots } = dependencies;

  return {
    async search({ actor, query, names }) {
      const words = wordsIn(query.q);
      if (words.length === 0) return { results: [], more: false };
      const visible = actor.role === "administrator" ? [] : await listed(actor, names);
      const found = [
        ...visible.flatMap(({ pilot, company, text }) =>
          rated(words, text, {
            kind: "pilot",
            id: pilot.pilot.id,
            pilotId: pilot.pilot.id,
            title: pilot.pilot.title,
            within: company,
            status: pilot.pilot.status,
            ...known({ stageStatus: pilot.progress.stageStatus }),
            ...standing(pilot),
          }),
        ),
        ...(await companies(words, actor, visible)),
        ...(await deliverables(words, actor, visible, names.language)),
        ...(await people(words, actor, visible, names)),
      ];
      return {
        results: found
          .sort((a, b) => b.rating - a.rating || a.result.title.localeCompare(b.result.title, "en"))
          .slice(0, MAX_RESULTS)
          .map(({ result }) => result),
        more: found.length > MAX_RESULTS,
      };
    },
  };

  async function listed(actor: Actor, names: Names): Promise<readonly Visible[]> {
    const heads = await visiblePilots(dependencies, actor, MAX_PILOTS);
    // Of many, the names come in a few answers of the store.
    const companies = heads.length < 100 ? [] : await organisationsOf(store, actor.programmeId);
    const nameOf = new Map(companies.map(({ id, name }) => [id, name]));
    return Promise.all(
      heads.map(async (pilot) => {
        const { organisationId } = pilot.pilot;
        const company = nameOf.get(organisationId) ?? (await names.organisation(organisationId)).name;
        const { id, title, country, primaryMarket = "" } = pilot.pilot;
        return { pilot, company, text: normalised(`${title} ${company} ${id} ${country} ${primaryMarket}`) };
      }),
    );
  }

  /** Those of visible pilots, to which a company leads; all of the programme for whom the matrix lets read every pilot. */
  async function companies(words: readonly string[], actor: Actor, visible: readonly Visible[]): Promise<Rated[]> {
    const known = new Map(visible.map(({ pilot, company }) => [pilot.pilot.organisationId, company]));
    if (actor.role !== "system" && scopesOf(actor.role, "pilotRecord", "R").includes("a")) {
      for (const { id, name, kind } of await organisationsOf(store, actor.programmeId)) {
        if (kind === "sme") known.set(id, name);
      }
    }
    return [...known].flatMap(([id, name]) =>
      rated(words, normalised(name), { kind: "company", id, title: name, within: "" }),
    );
  }

  /** Words may name the deliverable, its pilot or both: "readiness aurora". */
  async function deliverables(
    words: readonly string[],
    actor: Actor,
    visible: readonly Visible[],
    language: string,
  ): Promise<Rated[]> {
    const named = namesIn(language).filter(({ text }) => words.some((word) => text.includes(word)));
    const candidates = visible
      .filter((each) =>
        named.some(({ text }) => words.every((word) => text.includes(word) || each.text.includes(word))),
      )
      .slice(0, MAX_PILOTS_OPENED);
    const opened = await Promise.all(
      candidates.map(async ({ pilot, text }) => ({ pilot, text, state: await pilots.load(pilot.pilot.id) })),
    );
    return opened.flatMap(({ pilot, text, state }) => {
      if (state === undefined) return [];
      return Object.values(state.deliverables).flatMap((deliverable) => {
        if (!mayReadForm(actor, deliverable, state)) return [];
        const { name } = definitionOf(state, deliverable, language);
        const own = normalised(`${name} ${definitionOf(state, deliverable).name} ${deliverable.id}`);
        if (!words.some((word) => own.includes(word))) return [];
        const { id: pilotId, title: within } = state.pilot;
        return rated(words, `${own} ${text}`, {
          kind: "deliverable",
          id: deliverable.id,
          pilotId,
          title: name,
          within,
          status: deliverable.status,
          pilotStatus: state.pilot.status,
          ...standing(pilot),
        });
      });
    });
  }

  /**
   * Colleagues, the teams of visible pilots; everybody of the programme for whom account rights reach that far. Whoever
   * leads to nothing that the actor may open is left out.
   */
  async function people(
    words: readonly string[],
    actor: Actor,
    visible: readonly Visible[],
    names: Names,
  ): Promise<Rated[]> {
    const seesAll = ["advisor", "coordinator", "auditor", "administrator"].includes(actor.role);
    const members = seesAll
      ? await membersOfProgramme(store, actor.programmeId)
      : await membersOfOrganisation(store, actor.organisationId ?? "");
    const known = new Map<string, { readonly organisationId?: string; readonly roles: Set<Role> }>();
    for (const member of members) {
      const { personId, organisationId, programmeId, role } = member;
      if (programmeId !== actor.programmeId || !isCurrent(member, clock.now())) continue;
      const before = known.get(personId);
      if (before === undefined) known.set(personId, { organisationId, roles: new Set([role]) });
      else before.roles.add(role);
    }
    for (const { pilot } of visible) {
      for (const { personId, role } of pilot.pilot.team) {
        const before = known.get(personId);
        if (before === undefined) known.set(personId, { roles: new Set([role]) });
        else before.roles.add(role);
      }
    }
    const leadOf = leads(actor, visible);
    const found = await Promise.all(
      [...known].map(async ([id, { organisationId, roles }]) => {
        const lead = leadOf(id, organisationId);
        const person = lead && (await readPerson(store, id));
        if (person === undefined) return [];
        const place = organisationId === undefined ? undefined : await names.organisation(organisationId);
        return rated(words, normalised(person.name), {
          kind: "person",
          id,
          title: person.name,
          within: place?.name ?? "",
          roles: [...roles],
          ...(place === undefined ? {} : { organisationId: place.id }),
          ...lead,
        });
      }),
    );
    return found.flat();
  }
}

interface Visible {
  readonly pilot: ListedPilot;
  readonly company: string;
  /** Normalised. */
  readonly text: string;
}

type Lead = Pick<SearchResult, "leadsTo" | "pilotId">;

/** Who sees the programme's pilots as a table, which shows those of one company or advisor. */
const watching: readonly Actor["role"][] = ["coordinator", "auditor", "advisor"];

/** Where a person leads somebody who looks for them; undefined where to nothing. */
function leads(
  { role, organisationId: own }: Actor,
  visible: readonly Visible[],
): (personId: string, organisationId: string | undefined) => Lead | undefined {
  const calls = (operation: "listTeam" | "listMembers") => operations[operation].roles.some((each) => each === role);
  const watches = watching.includes(role);
  const companies = new Set(visible.map(({ pilot }) => pilot.pilot.organisationId));
  const advisors = new Set<string>();
  // The newest pilot of each.
  const pilotOf = new Map<string, string>();
  for (const { pilot } of visible.toSorted((a, b) => (a.pilot.pilot.appliedAt < b.pilot.pilot.appliedAt ? -1 : 1))) {
    for (const member of pilot.pilot.team) {
      pilotOf.set(member.personId, pilot.pilot.id);
      if (member.role === "advisor") advisors.add(member.personId);
    }
  }
  return (personId, organisationId) => {
    if (watches && advisors.has(personId)) return { leadsTo: "advisor" };
    if (watches && organisationId !== undefined && companies.has(organisationId)) return { leadsTo: "member" };
    if (calls("listTeam") && organisationId !== undefined && organisationId === own) return { leadsTo: "team" };
    if (calls("listMembers")) return { leadsTo: "people" };
    const pilotId = pilotOf.get(personId);
    return pilotId === undefined ? undefined : { leadsTo: "pilot", pilotId };
  };
}

/** What tells pilots of one title apart. */
const standing = ({ pilot: { country, primaryMarket, appliedAt }, stage }: ListedPilot) => ({
  country,
  ...(primaryMarket === undefined ? {} : { market: primaryMarket }),
  stage,
  appliedAt,
});

interface Rated {
  readonly result: SearchResult;
  readonly rating: number;
}

const definitionsIn = ({ intake, stages, followUp }: ProcessDefinition): readonly DeliverableDefinition[] => [
  intake,
  ...stages.flatMap(({ deliverables }) => deliverables),
  followUp,
];

/** Normalised. A deliverable is found by its name in the reader's language and by its English one. */
function namesIn(language: string): readonly { readonly text: string }[] {
  const said = definitionsIn(processIn(language, latestProcess));
  return definitionsIn(latestProcess).map(({ id, name }, at) => ({
    text: normalised(`${said[at]?.name ?? name} ${name} ${id}`),
  }));
}

/** Nothing unless every word occurs. A whole word counts most, then the beginning of one, then any part; the title twice. */
function rated(words: readonly string[], text: string, result: SearchResult): Rated[] {
  if (!words.every((word) => text.includes(word))) return [];
  const title = normalised(result.title);
  const rating = words.reduce((sum, word) => sum + closeness(word, text) + closeness(word, title), 0);
  return [{ result, rating }];
}

function closeness(word: string, text: string): number {
  const parts = text.split(/[^\p{L}\p{N}-]+/u);
  if (parts.includes(word)) return 3;
  if (parts.some((part) => part.startsWith(word))) return 2;
  return text.includes(word) ? 1 : 0;
}

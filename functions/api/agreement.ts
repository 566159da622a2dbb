/**
 * The pilot agreement: made of the admission and of the application as it was accepted, never of what changed since. So
 * one pilot has one agreement, with the same content and checksum whenever it is asked for.
 */
import type { Agreement } from "../../shared/contracts/agreement-operations.ts";
import { type RevisionRecord, stored } from "../../shared/contracts/items.ts";
import { processOfVersion } from "../../shared/contracts/transfer-process.ts";
import { localDateOf } from "../../shared/domain/calendar.ts";
import { checksumOf } from "../../shared/domain/checksum.ts";
import { rowsIn } from "../../shared/domain/forms/derived.ts";
import type { FormValues } from "../../shared/domain/forms/form-schema.ts";
import { assertMay } from "../../shared/domain/permissions.ts";
import { eligibilityOf } from "../../shared/domain/pilot/application.ts";
import type { EventOf } from "../../shared/domain/pilot/events.ts";
import type { PilotState } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { StoredEvent } from "../../shared/ports/store.ts";
import { eventsForwards } from "../../shared/records/events-of-pilot.ts";
import { membershipsOf, readOrganisation, readProgramme } from "../../shared/records/people.ts";
import { agreementClauses, agreementTemplate } from "./agreement-clauses.ts";
import { wordsFor } from "./gate-dossier.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { known } from "./known.ts";
import { readablePilot } from "./pilots.ts";

export function agreementHandlers(dependencies: ApiDependencies): Handlers<"getAgreement"> {
  const { store, pilots } = dependencies;

  async function admissionOf(pilotId: string): Promise<StoredEvent | undefined> {
    for await (const event of eventsForwards(store, pilotId)) if (event.type === "PilotAdmitted") return event;
    return undefined;
  }

  /** The application as it stood at the admission, which may have been handed in more than once. */
  async function applicationOf(state: PilotState, admittedAt: string): Promise<RevisionRecord | undefined> {
    const accepted = state.deliverables["IN-1"]?.reviews.findLast(
      ({ outcome, at }) => outcome === "accepted" && at <= admittedAt,
    );
    return accepted && pilots.revision(state.pilot.id, "IN-1", accepted.revision);
  }

  /** The organisation for which a coordinator admitted the pilot; a role that has ended still tells it. */
  async function officeOf(personId: string, programmeId: string) {
    const held = (await membershipsOf(store, personId)).find(
      (membership) => membership.programmeId === programmeId && membership.role === "coordinator",
    );
    return held && readOrganisation(store, held.organisationId);
  }

  return {
    async getAgreement({ params: { pilotId }, actor, names }) {
      const state = await readablePilot(dependencies, pilotId, actor);
      const { pilot } = state;
      assertMay(actor, "application.read", pilot);
      const admission = pilot.admittedAt === undefined ? undefined : await admissionOf(pilotId);
      const application = admission && (await applicationOf(state, admission.at));
      if (admission === undefined || application === undefined)
        throw new Refusal("NotInThisState", "agreement_after_admission");
      const [programme, company, office] = await Promise.all([
        readProgramme(store, pilot.programmeId),
        readOrganisation(store, pilot.organisationId),
        officeOf(admission.actor.personId, pilot.programmeId),
      ]);
      if (programme === undefined) throw new Refusal("NotFound", "no_such_programme");
      const { team, waiverReason, terms, processVersion, title } = stored<EventOf<"PilotAdmitted">["data"]>(
        admission.data,
      );
      const { values } = application;
      const { parameters } = programme;
      const { headcount, sizeClass, aidReceivedEur } = eligibilityOf(
        values,
        [],
        parameters,
        localDateOf(admission.at, parameters.country),
      );
      const process = processOfVersion(processVersion);
      const agreement: Agreement = {
        format: "fairway-pilot-agreement",
        formatVersion: 1,
        template: { ...agreementTemplate },
        sample: programme.sample,
        pilot: { id: pilot.id, title },
        programme: { id: programme.id, name: programme.name, startsOn: programme.startsOn, endsOn: programme.endsOn },
        office: {
          name: office?.name ?? programme.name,
          country: office?.country ?? parameters.country,
          signatory: await names.person(admission.actor.personId),
        },
        company: {
          name: textIn(values, "legalName") ?? company?.name ?? pilot.organisationId,
          ...known({ registrationNumber: textIn(values, "registrationNumber") }),
          country: pilot.country,
          ...known({ contactName: textIn(values, "contactName"), headcount, sizeClass }),
        },
        service: {
          name: textIn(values, "serviceName") ?? title,
          ...known({ summary: textIn(values, "serviceSummary") }),
        },
        markets: Array.isArray(values.desiredMarkets) ? values.desiredMarkets.map(String) : [],
        ...known({ motivation: textIn(values, "motivation") }),
        team: await Promise.all(
          team.map(async ({ personId, role, country }) => ({ person: await names.person(personId), role, country })),
        ),
        aid: {
          plannedEur: terms?.plannedAidEur ?? parameters.plannedAidEur,
          receivedEur: terms?.aidReceivedEur ?? aidReceivedEur,
          ceilingEur: terms?.deMinimisCeilingEur ?? parameters.deMinimisCeilingEur,
          hourlyRateEur: (terms?.hourlyRateCents ?? parameters.hourlyRateCents) / 100,
          received: rowsIn(values, "deMinimisReceived").map((row) => ({
            grantor: textIn(row, "grantor") ?? "",
            measure: textIn(row, "measure") ?? "",
            grantedOn: textIn(row, "grantedOn") ?? "",
            amountEur: typeof row.amountEur === "number" ? row.amountEur : 0,
          })),
        },
        ...known({ waiverReason }),
        process: {
          version: process.version,
          name: process.name,
          stages: process.stages
            .toSorted((a, b) => a.order - b.order)
            .map(({ id, name, durationDays }) => ({ id, name, days: durationDays })),
        },
        clauses: agreementClauses.map((clause) => ({ ...clause })),
        appliedAt: pilot.appliedAt,
        admittedAt: admission.at,
        application: { revision: application.revision, checksum: application.checksum },
      };
      return {
        agreement,
        checksum: await checksumOf(agreement),
        words: wordsFor(names.language, [process.name, ...agreement.process.stages.map(({ name }) => name)]),
      };
    },
  };
}

function textIn(values: FormValues, field: string): string | undefined {
  const value = values[field];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The programme in figures and its forecast: from what the projection keeps of each pilot, never from the pilots. */
import type { Programme } from "../../shared/contracts/items.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { OVERRUN_FACTOR, planSpread } from "../../shared/domain/analytics/durations.ts";
import {
  countryPairsOf,
  cycleTimesOf,
  type Month,
  type Period,
  throughputOf,
  waitingOf,
} from "../../shared/domain/analytics/flow.ts";
import { forecastOf } from "../../shared/domain/analytics/forecast.ts";
import { funnelOf } from "../../shared/domain/analytics/funnel.ts";
import { dayMs } from "../../shared/domain/analytics/net-time.ts";
import { ageingOf, isAdvisedBy, loadOf, overdueOf } from "../../shared/domain/analytics/open-work.ts";
import { isInFlight, type PilotFacts } from "../../shared/domain/analytics/pilot-facts.ts";
import { seedOf } from "../../shared/domain/analytics/random.ts";
import { localDateOf, startOfDay } from "../../shared/domain/calendar.ts";
import { may } from "../../shared/domain/permissions.ts";
import { inProgramme } from "../../shared/domain/programme-timing.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { isCurrent, membersWithRole, readProgramme } from "../../shared/records/people.ts";
import { readFacts } from "../../shared/records/pilot-facts.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import { known } from "./known.ts";

type NamedPilots = OutputOf<"getDashboard">["pilots"];

const kinds = ["produce", "review", "gate_score", "gate_decision", "condition", "objection", "question"] as const;
const processRoles = ["sme", "advisor", "expert", "living_lab", "coordinator"] as const;

const USUAL_TRIALS = 2000;
/** Trials times pilots: about half a second of one processor. */
const MOST_WALKS = 2_000_000;
const FEWEST_TRIALS = 100;
/** A forecast beyond says nothing. */
const LONGEST_MONTHS = 60;

export function dashboardHandlers(dependencies: ApiDependencies): Handlers<"getDashboard" | "getForecast"> {
  const { store, clock } = dependencies;

  async function look(actor: Actor) {
    const [programme, all] = await Promise.all([
      readProgramme(store, actor.programmeId),
      readFacts(dependencies, actor.programmeId),
    ]);
    if (programme === undefined) throw new Refusal("NotFound", "no_such_programme");
    const stages = inProgramme(latestProcess, programme.parameters)
      .stages.toSorted((a, b) => a.order - b.order)
      .map(({ id: stage, durationDays: plannedDays }) => ({ stage, plannedDays }));
    return { programme, pilots: all.filter((pilot) => mayKnow(actor, pilot)), stages };
  }

  return {
    async getDashboard({ actor, query, names }) {
      const { programme, pilots: all, stages } = await look(actor);
      const now = clock.now();
      const nowMs = now.getTime();
      const { country, market, advisorId } = query;
      const pilots = all.filter(
        (pilot) =>
          (country === undefined || pilot.country === country) &&
          (market === undefined || pilot.market === market) &&
          (advisorId === undefined || isAdvisedBy(pilot, advisorId)),
      );
      const days = periodOf(query, pilots, programme, now);
      const period = instantsOf(days, programme);
      const advisors = await advisorsOf(actor, all, now);
      const load = loadOf(
        pilots,
        advisors.filter((id) => advisorId === undefined || id === advisorId),
        nowMs,
      );
      return {
        asOf: now.toISOString(),
        programme: {
          id: programme.id,
          name: programme.name,
          startsOn: programme.startsOn,
          endsOn: programme.endsOn,
          sample: programme.sample,
        },
        period: days,
        // Every pilot is in the first figure of the funnel.
        pilots: named(pilots),
        funnel: funnelOf(pilots),
        cycleTimes: stages.map(({ stage, plannedDays }) => ({
          ...cycleTimesOf(pilots, stage, period, nowMs),
          plannedDays,
        })),
        ageing: ageingOf(pilots, kinds, nowMs),
        waiting: stages.map(({ stage }) => waitingOf(pilots, stage, period, nowMs)),
        overdue: overdueOf(pilots, processRoles, nowMs),
        load: await Promise.all(
          load.map(async ({ advisorId: id, ...figures }) => ({ advisor: await names.person(id), ...figures })),
        ),
        throughput: throughputOf(
          pilots,
          stages.map(({ stage }) => stage),
          monthsOf(days, period, programme),
        ),
        countryPairs: countryPairsOf(pilots),
      };
    },

    async getForecast({ actor, query }) {
      const { programme, pilots, stages } = await look(actor);
      const { country } = programme.parameters;
      const today = localDateOf(clock.now().toISOString(), country);
      const asOfMs = Date.parse(startOfDay(today, country));
      const inDays = (date: string) => (Date.parse(startOfDay(date, country)) - asOfMs) / dayMs;
      const inFlight = pilots.filter(isInFlight);
      const { trials: wanted = USUAL_TRIALS, seed = seedOf(programme.id, today) } = query;
      const most = Math.floor(MOST_WALKS / Math.max(1, inFlight.length));
      const trials = Math.min(wanted, Math.max(FEWEST_TRIALS, most));
      const months = Array.from({ length: LONGEST_MONTHS }, (_, index) => monthAfter(today.slice(0, 7), index));
      const forecast = forecastOf({
        pilots,
        stages,
        asOfMs,
        endInDays: inDays(addDays(programme.endsOn, 1)),
        monthsInDays: months.map((month) => inDays(`${monthAfter(month, 1)}-01`)),
        trials,
        seed,
      });
      // A day that has begun when the pilot closes is the day on which it closes; hundredths of a second are nothing.
      const dayIn = (days: number) => addDays(today, Math.floor(days + 1e-6));
      const { lastClosesDays } = forecast;
      const lastOn = lastClosesDays && { p50On: dayIn(lastClosesDays.p50), p85On: dayIn(lastClosesDays.p85) };
      const lastMonth = [programme.endsOn, lastOn?.p85On ?? today].sort()[1]?.slice(0, 7) ?? "";
      const applied = pilots.filter(({ status }) => status === "applied");
      return {
        asOf: today,
        pilots: named([...inFlight, ...applied]),
        inFlight: forecast.pilots
          .toSorted((a, b) => (a.p50Days ?? Number.POSITIVE_INFINITY) - (b.p50Days ?? Number.POSITIVE_INFINITY))
          .map(({ pilotId, p50Days, p85Days, closesBeforeEnd }) => ({
            pilotId,
            ...(p50Days === undefined ? {} : { p50On: dayIn(p50Days) }),
            ...(p85Days === undefined ? {} : { p85On: dayIn(p85Days) }),
            closesBeforeEnd: rounded(closesBeforeEnd),
          })),
        closeBeforeEnd: forecast.closeBeforeEnd,
        ...(lastOn === undefined ? {} : { lastClosesOn: lastOn }),
        byMonth: months
          .map((month, index) => ({ month, ...(forecast.byMonth[index] ?? { p50: 0, p85: 0 }) }))
          .filter(({ month }) => month <= lastMonth),
        assumptions: {
          programmeEndsOn: programme.endsOn,
          trials,
          seed,
          stages: forecast.stages.map(({ stage, plannedDays, finishedRuns, durations, dropOut }) => ({
            stage,
            finishedRuns,
            from: durations.from,
            plannedDays,
            medianDays: rounded(durations.medianDays),
            p85Days: rounded(durations.p85Days),
            dropOut: { ...dropOut, share: rounded(dropOut.share) },
          })),
          plan: { ...planSpread },
          overrunFactor: OVERRUN_FACTOR,
          overrunning: forecast.pilots.filter(({ isOverrunning }) => isOverrunning).map(({ pilotId }) => pilotId),
          leftOut: applied.map(({ id }) => ({ pilotId: id, why: "not_admitted" as const })),
        },
      };
    },
  };

  /** All who hold the role today, and those who have pilots in flight. */
  async function advisorsOf({ programmeId }: Actor, pilots: readonly PilotFacts[], now: Date): Promise<string[]> {
    const members = await membersWithRole(store, programmeId, "advisor");
    const busy = pilots.filter(isInFlight).flatMap(({ team }) => team.filter(({ role }) => role === "advisor"));
    return [...new Set([...members.filter((each) => isCurrent(each, now)), ...busy].map(({ personId }) => personId))];
  }
}

const mayKnow = (actor: Actor, pilot: PilotFacts): boolean =>
  may(actor, pilot.status === "applied" || pilot.status === "rejected" ? "application.read" : "pilot.read", {
    ...pilot,
    programmeId: actor.programmeId,
  });

const named = (pilots: readonly PilotFacts[]): NamedPilots =>
  Object.fromEntries(
    pilots.map(({ id, title, country, market, stage, status }) => [
      id,
      { title, country, stage, status, ...known({ market }) },
    ]),
  );

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

interface Days {
  readonly from: string;
  readonly until: string;
}

/** As asked for, but nothing before the first application or after today, where nothing happened. Throws `Refusal`. */
function periodOf(
  query: Partial<Days>,
  pilots: readonly PilotFacts[],
  { parameters: { country } }: Programme,
  now: Date,
): Days {
  const today = localDateOf(now.toISOString(), country);
  const { from = "", until = today } = query;
  if (until < from) throw new Refusal("RuleBroken", "last_day_first", { pointer: "/until" });
  const [first] = pilots.map(({ appliedAt }) => appliedAt).sort();
  const earliest = first === undefined ? today : localDateOf(first, country);
  const begins = [earliest, from].sort()[1] ?? today;
  return { from: begins, until: [[today, until].sort()[0] ?? today, begins].sort()[1] ?? today };
}

const instantsOf = ({ from, until }: Days, { parameters: { country } }: Programme): Period => ({
  from: startOfDay(from, country),
  until: startOfDay(addDays(until, 1), country),
});

function monthsOf({ from, until }: Days, period: Period, { parameters: { country } }: Programme): Month[] {
  const months: Month[] = [];
  for (let month = from.slice(0, 7); month <= until.slice(0, 7); month = monthAfter(month, 1)) {
    const begins = startOfDay(`${month}-01`, country);
    const ends = startOfDay(`${monthAfter(month, 1)}-01`, country);
    months.push({
      month,
      period: {
        from: begins < period.from ? period.from : begins,
        until: ends > period.until ? period.until : ends,
      },
    });
  }
  return months;
}

/** YYYY-MM, so many months on. */
function monthAfter(month: string, months: number): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 7);
}

const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

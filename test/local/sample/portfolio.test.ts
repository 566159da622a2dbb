import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { portfolioCompanies, sampleCompanies } from "../../../local/sample/companies.ts";
import { seedPeople } from "../../../local/sample/people.ts";
import { samplePilots, seedPilots } from "../../../local/sample/pilots.ts";
import { portfolio } from "../../../local/sample/portfolio.ts";
import { openSqliteStore, type SqliteStore } from "../../../local/store/sqlite-store.ts";
import { countries } from "../../../shared/domain/countries.ts";
import { nextActionAt } from "../../../shared/domain/pilot/deadlines.ts";
import { isEnded, isOpenTask, type PilotState } from "../../../shared/domain/pilot/state.ts";
import { organisationsOf, readProgramme } from "../../../shared/records/people.ts";
import { createPilotRecords } from "../../../shared/records/pilots.ts";

const now = "2026-11-22T09:30:00.000Z";
const clock = { now: () => new Date(now) };
const daysSince = (at: string): number => (Date.parse(now) - Date.parse(at)) / 86_400_000;

describe("the portfolio", () => {
  // Read only: each test looks at the same seeded store.
  let store: SqliteStore;
  const states: PilotState[] = [];
  const told: string[] = [];

  beforeAll(async () => {
    store = openSqliteStore(":memory:");
    await seedPeople({ store, clock, companies: [...sampleCompanies, ...portfolioCompanies] });
    await seedPilots({ store, clock, progress: (message) => told.push(message), walks: portfolio });
    const pilots = createPilotRecords({ store, clock });
    for (const { pilotId } of portfolio) {
      const state = await pilots.load(pilotId);
      if (state !== undefined) states.push(state);
    }
  }, 120_000);
  afterAll(() => store.close());

  const runs = () => states.flatMap((state) => Object.values(state.runs));

  test("has 60 pilots, marked as samples, among them those that people want to see one by one", () => {
    expect(states).toHaveLength(60);
    expect(new Set(states.map(({ pilot }) => pilot.id)).size).toBe(60);
    for (const { pilotId } of samplePilots) expect(states.map(({ pilot }) => pilot.id)).toContain(pilotId);
    for (const { pilot } of states) {
      expect(pilot.sample).toBe(true);
      expect(pilot.title).toMatch(/^Sample .+: Sample /);
    }
  });

  test("says while it is walked how many have arrived", () => {
    expect(told).toEqual([
      "Walking 60 sample pilots through their stages",
      "20 of 60 have arrived",
      "40 of 60 have arrived",
    ]);
  });

  test("has at least ten finished runs of each stage, ended over more than half a year, of many lengths", () => {
    for (const stageId of ["needs", "feasibility", "adaptation", "guidance"]) {
      const finished = runs().filter((run) => run.stageId === stageId && run.status.startsWith("passed"));
      const ends = finished.map(({ endedAt }) => daysSince(endedAt ?? now));
      expect(finished.length).toBeGreaterThanOrEqual(10);
      expect(Math.max(...ends) - Math.min(...ends)).toBeGreaterThan(180);
      const lengths = finished.map(({ startedAt, endedAt }) => daysSince(startedAt ?? now) - daysSince(endedAt ?? now));
      expect(new Set(lengths.map(Math.round)).size).toBeGreaterThanOrEqual(8);
    }
  });

  test("began over a year and a half, never before its programme, which ends within a year", async () => {
    const programme = await readProgramme(store, "sample");
    const began = states.map(({ pilot }) => pilot.appliedAt).sort();
    expect(daysSince(began[0] ?? now)).toBeGreaterThan(500);
    expect(daysSince(began[0] ?? now)).toBeLessThan(580);
    expect(began[0]?.slice(0, 10)).toSatisfy((day: string) => day > (programme?.startsOn ?? day));
    expect(daysSince(programme?.endsOn ?? now)).toBeLessThan(-200);
    expect(daysSince(programme?.endsOn ?? now)).toBeGreaterThan(-365);
  });

  test("has pilots that ended in every way, on hold, in every stage, late, and waiting for a review", () => {
    const statuses = new Set(states.map(({ pilot }) => pilot.status));
    expect(statuses).toEqual(
      new Set(["applied", "active", "on_hold", "completed", "withdrawn", "stopped", "rejected"]),
    );
    const inFlight = states.filter(({ pilot }) => !isEnded(pilot) && pilot.currentRunId !== undefined);
    const stages = inFlight.map((state) => state.runs[state.pilot.currentRunId ?? ""]?.stageId);
    expect(new Set(stages)).toEqual(new Set(["needs", "feasibility", "adaptation", "guidance"]));
    const open = states.flatMap(({ tasks }) => Object.values(tasks).filter(isOpenTask));
    expect(open.some(({ overdueSince }) => overdueSince !== undefined)).toBe(true);
    const reviews = open.filter(({ kind }) => kind === "review");
    expect(reviews.some(({ assigneeId }) => assigneeId !== undefined)).toBe(true);
    expect(reviews.some(({ assigneeId }) => assigneeId === undefined)).toBe(true);
  });

  test("is led by all advisors, from nearly every country of the programme area, to markets elsewhere in it", async () => {
    const leads = states.flatMap(({ pilot }) => pilot.team.filter(({ role }) => role === "advisor").slice(0, 1));
    expect(new Set(leads.map(({ personId }) => personId))).toEqual(new Set(["advisor-1", "advisor-2", "advisor-3"]));
    const area = [...countries.values()].filter(({ timeZone }) => timeZone !== undefined).map(({ code }) => code);
    const homes = new Set((await organisationsOf(store, "sample")).map(({ country }) => country));
    expect(area.filter((code) => !homes.has(code))).toEqual([]);
    for (const { pilot } of states) {
      expect(pilot.primaryMarket).not.toBe(pilot.country);
      expect(pilot.secondaryMarkets).not.toContain(pilot.primaryMarket);
      expect(area).toContain(pilot.primaryMarket ?? "EE");
    }
  });

  test("has nothing left that the clock should have done", () => {
    for (const state of states) expect(nextActionAt(state) ?? "9999").toSatisfy((at: string) => at > now);
  });
});

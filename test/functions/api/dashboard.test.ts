import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DashboardView, ForecastView } from "../../../shared/contracts/dashboard-operations.ts";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import { FOREIGN_PERSON_ID, FOREIGN_PILOT_ID, FOREIGN_WORDS, openSampleApi, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

const coordinator = "coordinator-1";

async function dashboard(query: Readonly<Record<string, string>> = {}, personId = coordinator): Promise<DashboardView> {
  const { status, body } = await sample.call(personId, "getDashboard", { query });
  expect(status, body).toBe(200);
  return JSON.parse(body);
}

async function forecast(query: Readonly<Record<string, string>> = {}): Promise<ForecastView> {
  const { status, body } = await sample.call(coordinator, "getForecast", { query });
  expect(status, body).toBe(200);
  return JSON.parse(body);
}

async function pilots(): Promise<OutputOf<"listPilots">["pilots"]> {
  return JSON.parse((await sample.call(coordinator, "listPilots")).body).pilots;
}

/** Every list of pilot ids anywhere in an answer. */
function idsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (name === "pilotIds" && Array.isArray(member)) return member.map(String);
    if (name === "pilotId") return [String(member)];
    return idsIn(member);
  });
}

describe("the dashboard", () => {
  test("says of every pilot behind a figure what it is", async () => {
    const view = await dashboard();
    const named = Object.keys(view.pilots);
    expect(named.toSorted()).toEqual((await pilots()).map(({ id }) => id).toSorted());
    expect(new Set(idsIn(view)).difference(new Set(named))).toEqual(new Set());
    expect(view.pilots["sample-needs"]).toMatchObject({
      country: expect.any(String),
      stage: "needs",
      status: "active",
    });
  });

  test("agrees with the list of pilots on what is open and overdue", async () => {
    const view = await dashboard();
    const listed = await pilots();
    const open = view.ageing.flatMap(({ buckets }) => buckets.map(({ count }) => count));
    expect(sum(open)).toBe(sum(listed.map(({ openTasks }) => openTasks)));
    expect(sum(view.overdue.map(({ count }) => count))).toBe(sum(listed.map(({ overdueTasks }) => overdueTasks)));
  });

  test("shows each pilot once in the funnel's steps: here, lost or completed", async () => {
    const { funnel, pilots: named } = await dashboard();
    const places = funnel.flatMap(({ here, lost }) => [...here.pilotIds, ...lost.pilotIds]);
    const completed = funnel.at(-1)?.reached.pilotIds ?? [];
    expect([...places, ...completed].toSorted()).toEqual(Object.keys(named).toSorted());
    expect(completed).toContain("sample-completed");
    expect(funnel.find(({ step }) => step === "needs")?.lost.pilotIds).toContain("sample-withdrawn");
  });

  test("gives the finished runs of each stage with their days, and the median that follows", async () => {
    const { cycleTimes } = await dashboard();
    expect(cycleTimes.map(({ stage }) => stage)).toEqual(["needs", "feasibility", "adaptation", "guidance"]);
    const needs = cycleTimes[0];
    expect(needs?.finished.length).toBeGreaterThan(5);
    for (const { days } of needs?.finished ?? []) expect(days).toBeGreaterThan(0);
    expect(needs?.medianDays).toBeLessThanOrEqual(needs?.p85Days ?? 0);
    expect(
      cycleTimes.flatMap(({ running }) => running).find(({ pilotId }) => pilotId === "sample-on-hold"),
    ).toMatchObject({ onHold: true });
  });

  test("splits the days of the stages by who had the ball", async () => {
    const { waiting } = await dashboard();
    const needs = waiting[0];
    const days = Object.fromEntries(needs?.parts.map((part) => [part.holder, part.days]) ?? []);
    expect(days.sme).toBeGreaterThan(0);
    expect(days.advisor).toBeGreaterThan(0);
    expect(days.unclaimed).toBeGreaterThanOrEqual(0);
  });

  test("names every advisor with the work that is theirs", async () => {
    const { load } = await dashboard();
    const lead = load.find(({ advisor }) => advisor.id === "advisor-1");
    expect(lead?.advisor.name).not.toBe("advisor-1");
    expect(lead?.pilots.pilotIds).toContain("sample-needs");
    expect(lead?.openTasks.count).toBeGreaterThan(0);
    expect(lead?.estimatedHours).toBeGreaterThan(0);
  });

  test("shows the months from the first application to today, also those in which nothing happened", async () => {
    const { throughput, period } = await dashboard();
    expect(throughput[0]?.month).toBe(period.from.slice(0, 7));
    expect(throughput.at(-1)?.month).toBe("2027-03");
    const months = throughput.map(({ month }) => month);
    expect(months).toEqual([...new Set(months)].toSorted());
    const admitted = throughput.flatMap((month) => month.admitted.pilotIds);
    const { funnel } = await dashboard();
    expect(admitted.toSorted()).toEqual(funnel.find(({ step }) => step === "admitted")?.reached.pilotIds.toSorted());
  });

  test("is of one country, market or advisor when asked so", async () => {
    const all = await dashboard();
    const { country, market } = all.pilots["sample-completed"] ?? {};
    const ofCountry = await dashboard({ country: country ?? "" });
    expect(Object.values(ofCountry.pilots).every((each) => each.country === country)).toBe(true);
    const ofMarket = await dashboard({ market: market ?? "" });
    expect(Object.values(ofMarket.pilots).map((each) => each.market)).toContain(market);
    expect(new Set(Object.values(ofMarket.pilots).map((each) => each.market)).size).toBe(1);
    const ofAdvisor = await dashboard({ advisorId: "advisor-2" });
    expect(ofAdvisor.load.map(({ advisor }) => advisor.id)).toEqual(["advisor-2"]);
    expect(Object.keys(ofAdvisor.pilots).length).toBeLessThan(Object.keys(all.pilots).length);
  });

  test("of a period counts what was finished in it; the funnel stays", async () => {
    const all = await dashboard();
    const [first] = all.cycleTimes[0]?.finished ?? [];
    const day = first?.endedAt.slice(0, 10) ?? "";
    const one = await dashboard({ from: day, until: day });
    expect(one.period).toEqual({ from: day, until: day });
    expect(one.cycleTimes[0]?.finished.map(({ pilotId }) => pilotId)).toContain(first?.pilotId);
    expect(one.cycleTimes[0]?.finished.length).toBeLessThan(all.cycleTimes[0]?.finished.length ?? 0);
    expect(one.throughput).toHaveLength(1);
    expect(one.funnel).toEqual(all.funnel);
  });

  test("does not count days before the first application or after today, however far the period goes", async () => {
    const { throughput, period } = await dashboard({ from: "0001-01-01", until: "9999-12-31" });
    expect(period.until).toBe("2027-03-10");
    expect(throughput.length).toBeLessThan(60);
  });

  test("refuses a period that ends before it begins", async () => {
    const { status } = await sample.call(coordinator, "getDashboard", {
      query: { from: "2027-03-10", until: "2027-03-09" },
    });
    expect(status).toBe(422);
  });

  test("is empty, and whole, where nothing fits", async () => {
    const none = await dashboard({ country: "MT" });
    expect(none.pilots).toEqual({});
    expect(none.funnel.map(({ reached }) => reached.count)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(none.cycleTimes.every(({ medianDays }) => medianDays === undefined)).toBe(true);
  });

  test("knows nothing of another programme, whoever is asked about", async () => {
    const answers = await Promise.all([dashboard(), dashboard({ advisorId: FOREIGN_PERSON_ID }), forecast()]);
    const text = JSON.stringify(answers);
    for (const words of [...FOREIGN_WORDS, FOREIGN_PILOT_ID]) expect(text).not.toContain(words);
  });

  test("is the same for a coordinator and an auditor", async () => {
    expect(await dashboard({}, "auditor-1")).toEqual(await dashboard());
  });
});

describe("the forecast", () => {
  test("has a likely and a safe day for each pilot in flight, and says what it rests on", async () => {
    const view = await forecast();
    const inFlight = (await pilots()).filter(({ status }) => status === "active" || status === "on_hold");
    expect(view.inFlight.map(({ pilotId }) => pilotId).toSorted()).toEqual(inFlight.map(({ id }) => id).toSorted());
    for (const { p50On = "", p85On = "" } of view.inFlight) {
      expect(p50On >= view.asOf).toBe(true);
      expect(p50On <= p85On).toBe(true);
    }
    expect(view.closeBeforeEnd.p85).toBeLessThanOrEqual(view.closeBeforeEnd.p50);
    expect(view.closeBeforeEnd.p50).toBeLessThanOrEqual(inFlight.length);
    expect(view.assumptions).toMatchObject({ trials: 2000, overrunFactor: 1.25 });
    expect(view.assumptions.stages.map(({ stage, from }) => [stage, from])).toEqual([
      ["needs", "finished_runs"],
      ["feasibility", "plan"],
      ["adaptation", "plan"],
      ["guidance", "plan"],
    ]);
    expect(view.assumptions.leftOut.map(({ pilotId }) => pilotId)).toContain("sample-applied-drift");
  });

  test("lists the pilots by their likely day, and the months until the last has closed", async () => {
    const { inFlight, byMonth, lastClosesOn, assumptions } = await forecast();
    const days = inFlight.map(({ p50On = "9999" }) => p50On);
    expect(days).toEqual(days.toSorted());
    const last = [assumptions.programmeEndsOn, lastClosesOn?.p85On ?? ""].toSorted().at(-1);
    expect(byMonth.at(-1)?.month).toBe(last?.slice(0, 7));
    const counts = byMonth.map(({ p50 }) => p50);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  test("stays the same all day, and for the same seed", async () => {
    expect(await forecast()).toEqual(await forecast());
    const seeded = await forecast({ seed: "42", trials: "500" });
    expect(seeded.assumptions).toMatchObject({ seed: 42, trials: 500 });
    expect(await forecast({ seed: "42", trials: "500" })).toEqual(seeded);
    expect((await forecast({ seed: "43", trials: "500" })).inFlight).not.toEqual(seeded.inFlight);
  });

  test("lets a held pilot close after its hold", async () => {
    const { inFlight } = await forecast();
    const state = await sample.pilots.load("sample-on-hold");
    const held = inFlight.find(({ pilotId }) => pilotId === "sample-on-hold");
    expect((held?.p50On ?? "") > (state?.pilot.hold?.resumeOn ?? "9999")).toBe(true);
  });

  test("takes between 100 and 10,000 trials", async () => {
    for (const trials of ["99", "10001", "many"]) {
      const { status } = await sample.call(coordinator, "getForecast", { query: { trials } });
      expect(status).toBe(400);
    }
  });
});

describe("who has the ball", () => {
  test("is said in the list and on the pilot, in the reader's words", async () => {
    const listed = (await pilots()).find(({ id }) => id === "sample-needs");
    const pilot = JSON.parse(
      (await sample.call(coordinator, "getPilot", { params: { pilotId: "sample-needs" } })).body,
    );
    expect(listed?.ball).toMatchObject({ kind: "task", title: expect.any(String), since: expect.any(String) });
    expect(pilot.ball).toEqual(listed?.ball);
    const task = pilot.tasks.find(({ id }: { id: string }) => id === listed?.ball?.taskId);
    expect(listed?.ball).toMatchObject({ title: task.title, dueAt: task.dueAt, role: task.candidateRole });
  });

  test("comes with the days the step usually takes, and the likely day, never before today", async () => {
    const balls = (await pilots()).flatMap(({ ball }) => (ball?.usualDays === undefined ? [] : [ball]));
    expect(balls.length).toBeGreaterThan(0);
    for (const { usualDays = -1, likelyOn = "" } of balls) {
      expect(usualDays).toBeGreaterThanOrEqual(0);
      expect(likelyOn >= "2027-03-10").toBe(true);
    }
  });

  test("rests while a pilot is on hold, and when it has ended", async () => {
    const listed = await pilots();
    expect(listed.find(({ id }) => id === "sample-on-hold")?.ball).toMatchObject({
      kind: "hold",
      likelyOn: expect.any(String),
    });
    expect(listed.find(({ id }) => id === "sample-completed")).not.toHaveProperty("ball");
  });

  test("follows the day somebody has promised", async () => {
    const { ball } = (await pilots()).find(({ id }) => id === "sample-needs") ?? {};
    const params = { pilotId: "sample-needs", taskId: ball?.taskId };
    const person = ball?.role === "sme" ? "sme-birch-admin" : (ball?.person?.id ?? "advisor-1");
    const { status, body } = await sample.call(person, "giveForecast", {
      params,
      body: { on: "2027-03-30", note: "Waiting for the accountant" },
    });
    expect(status, body).toBe(200);
    const after = JSON.parse(body);
    expect(after.ball).toMatchObject({ taskId: ball?.taskId, likelyOn: "2027-03-30" });
    expect(after.tasks.find(({ id }: { id: string }) => id === ball?.taskId).forecast).toEqual({
      on: "2027-03-30",
      note: "Waiting for the accountant",
      at: "2027-03-10T09:00:00.000Z",
    });
  });
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

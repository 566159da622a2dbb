import { expect, test } from "vitest";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { startFairway } from "../support/fairway.ts";
import { wordingIn } from "../support/mail-wording.ts";
import { as } from "../support/people.ts";
import { Journey, team } from "./main-job.ts";
import { allMails, DAY_MS, isOpen, refusalOf, timelineOf } from "./steps.ts";

const needs = latestProcess.stages.find(({ id }) => id === "needs");
const withSecondAdvisor = [...team, { personId: "advisor-2", role: "advisor" as const }];

type Task = OutputOf<"getPilot">["tasks"][number];

const findTask = (pilot: OutputOf<"getPilot">, taskId: string): Task | undefined =>
  pilot.tasks.find(({ id }) => id === taskId);

test("an advisor leaves: every pilot and task has somebody else, each company is told once, the account ends with the last day", async () => {
  await using fairway = await startFairway();
  const first = await Journey.begin({ url: fairway.url, pilotId: "aurora" });
  const open = async (company: string, members = team): Promise<Journey> => {
    const journey = await first.withPilot(company, `sme-${company}-admin`);
    await journey.apply(members);
    if (needs !== undefined) await journey.awaitStage(needs);
    return journey;
  };
  const [aurora, birch, cloudberry, drift] = [
    await open("aurora"),
    await open("birch"),
    await open("cloudberry"),
    await open("drift"),
  ];
  const shared = [
    await open("elder", withSecondAdvisor),
    await open("fern", withSecondAdvisor),
    await open("granite", withSecondAdvisor),
  ] as const;
  const [elder, fern, granite] = shared;
  const pilots = [aurora, birch, cloudberry, drift, ...shared];
  const heron = await open("heron");
  await heron.as("sme")("withdrawPilot", { params: { pilotId: "heron" }, body: { reason: "No time for it." } });

  const coordinator = first.as("coordinator");
  const leaver = first.as("advisor");
  const [riga, sofia] = [await as(fairway.url, "advisor-2"), await as(fairway.url, "advisor-3")];

  // Twelve open tasks: two of each of four pilots, one claimed, one delegated by a colleague, two claimed reviews.
  for (const each of [aurora, birch]) {
    await each.handIn("NA-1");
    await leaver("claimTask", { params: { pilotId: each.pilotId, taskId: "NA-1.review.1" }, body: {} });
  }
  await cloudberry.accept("NA-1");
  const barriers = (journey: Journey) => ({ pilotId: journey.pilotId, taskId: "NA-4.produce.1" });
  await leaver("claimTask", { params: barriers(elder), body: {} });
  await riga("claimTask", { params: barriers(fern), body: {} });
  await riga("delegateTask", { params: barriers(fern), body: { toPersonId: "advisor-1" } });
  const note = "The owner decides alone; call on Mondays.";
  await leaver("addComment", { params: { pilotId: "aurora" }, body: { text: note, internal: true } });

  const choice = async () => (await coordinator("listPeople", { query: { role: "advisor" } })).people;
  expect((await choice()).map(({ id, language }) => [id, language])).toEqual([
    ["advisor-1", "et"],
    ["advisor-2", "lv"],
    ["advisor-3", "en"],
  ]);
  expect((await choice()).find(({ id }) => id === "advisor-1")?.openTasks).toBeGreaterThanOrEqual(12);

  const { now } = await coordinator("getClock", {});
  const friday = new Date(Date.parse(now) + ((12 - new Date(now).getUTCDay()) % 7) * DAY_MS);
  const lastDay = friday.toISOString().slice(0, 10);
  const departure = {
    params: { personId: "advisor-1" },
    body: {
      successorId: "advisor-3",
      pilots: { aurora: "advisor-2", granite: "advisor-2" },
      lastDay,
      reason: "A new post elsewhere.",
    },
  };
  const toThemselves = { ...departure, body: { ...departure.body, successorId: "advisor-1" } };
  expect(await refusalOf(coordinator("planDeparture", toThemselves))).toMatchObject({ kind: "RuleBroken" });
  const toAnExpert = { ...departure, body: { ...departure.body, successorId: "expert-1" } };
  expect(await refusalOf(coordinator("planDeparture", toAnExpert))).toMatchObject({ kind: "RuleBroken" });
  expect((await drift.pilot()).team[0]?.person.id).toBe("advisor-1");

  const planned = await coordinator("planDeparture", departure);
  expect([...planned.pilots].sort()).toEqual(["aurora", "birch", "cloudberry", "drift", "elder", "fern", "granite"]);
  expect(planned.tasks).toBe(12);

  // Pilots and tasks go to the named colleagues.
  const advisorsOf = (pilot: OutputOf<"getPilot">) =>
    pilot.team.filter(({ role }) => role === "advisor").map(({ person }) => person.id);
  const successors = { aurora: "advisor-2", birch: "advisor-3", cloudberry: "advisor-3", drift: "advisor-3" };
  for (const journey of pilots) {
    const pilot = await journey.pilot();
    const advisors = advisorsOf(pilot);
    expect(advisors).not.toContain("advisor-1");
    expect(advisors.length).toBeGreaterThanOrEqual(1);
    for (const task of pilot.tasks.filter(isOpen).filter(({ candidateRole }) => candidateRole === "advisor")) {
      for (const holder of [task.assignee, task.owner]) if (holder) expect(advisors, task.id).toContain(holder.id);
    }
  }
  for (const [pilotId, successor] of Object.entries(successors)) {
    const pilot = await coordinator("getPilot", { params: { pilotId } });
    expect(advisorsOf(pilot)).toEqual([successor]);
    expect(findTask(pilot, "NA-6.produce.1")).toMatchObject({ status: "reserved", assignee: { id: successor } });
  }
  // Claimed reviews are anybody's again, what a colleague had delegated is the colleague's.
  for (const each of [aurora, birch]) {
    const review = findTask(await each.pilot(), "NA-1.review.1");
    expect(review?.status).toBe("ready");
    expect(review?.assignee).toBeUndefined();
  }
  expect(findTask(await elder.pilot(), "NA-4.produce.1")).toMatchObject({ assignee: { id: "advisor-3" } });
  expect(findTask(await fern.pilot(), "NA-4.produce.1")).toMatchObject({
    status: "reserved",
    assignee: { id: "advisor-2" },
    owner: { id: "advisor-2" },
  });
  expect(advisorsOf(await granite.pilot())).toEqual(["advisor-2"]);
  await riga("claimTask", { params: { pilotId: "aurora", taskId: "NA-1.review.1" }, body: {} });

  // Each company is told once, and the successors know what is theirs.
  await fairway.settled();
  const told = (await allMails(first)).filter((mail) => wordingIn(mail, "new_advisor") !== undefined);
  expect(told.map(({ person }) => person.id).sort()).toEqual([
    "sme-aurora-admin",
    "sme-aurora-member",
    "sme-birch-admin",
    "sme-cloudberry-admin",
    "sme-cloudberry-member",
    "sme-drift-admin",
    "sme-elder-admin",
    "sme-elder-member",
    "sme-fern-admin",
    "sme-granite-admin",
    "sme-granite-member",
  ]);
  expect(told.find(({ person }) => person.id === "sme-aurora-admin")?.subject).toContain("Sample advisor, Riga");
  expect(told.find(({ person }) => person.id === "sme-birch-admin")?.subject).toContain("Sample advisor, Sofia");

  // Notes are the successor's to read, and nobody's of the company; past work keeps the leaver's name.
  const sentences = async (reader = riga) => (await timelineOf(aurora, reader)).map(({ sentence }) => sentence);
  expect((await sentences()).some((sentence) => sentence.includes(note))).toBe(true);
  expect((await sentences(aurora.as("sme"))).some((sentence) => sentence.includes(note))).toBe(false);
  const { reviews } = await sofia("getDeliverable", { params: { pilotId: "cloudberry", deliverableId: "NA-1" } });
  expect(reviews.map(({ reviewer }) => reviewer.name)).toEqual(["Sample advisor, Tartu"]);
  expect(advisorsOf(await heron.pilot())).toEqual(["advisor-1"]);

  // To the end of the last day the account works, then it is blocked and offered nowhere.
  expect((await leaver("getMe", {})).person.id).toBe("advisor-1");
  await first.moveTo(new Date(Date.parse(`${lastDay}T12:00:00.000Z`) + DAY_MS).toISOString());
  expect(await refusalOf(leaver("getMe", {}))).toMatchObject({ kind: "NotAllowed", status: 403 });
  expect(await refusalOf(leaver("listTasks", { query: {} }))).toMatchObject({ status: 403 });
  expect((await choice()).map(({ id }) => id)).toEqual(["advisor-2", "advisor-3"]);
  expect(
    await refusalOf(coordinator("changeTeam", { params: { pilotId: "drift" }, body: { team: [...team] } })),
  ).toMatchObject({
    kind: "RuleBroken",
    message: "Sample advisor, Tartu does not work as an advisor in the programme.",
  });
}, 60_000);

/**
 * What one pilot costs on AWS, and what a system costs that nobody uses: `npm run cost`
 *
 * Walks the main job on the cloud-shaped system and counts what AWS charges for; then lets the schedules run with nothing to
 * do. Requests, units, transitions, mails and bytes are counted. How long functions take on AWS is worked out:
 *
 * 1. Their processor time here, made longer by the share of a processor that their memory buys, and a wait for each call of AWS.
 * 2. Every fourth event meets a function that must be loaded first; those of schedules always do.
 * 3. Everything is counted before any free tier. A month has 730 hours.
 */
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { runMainJob } from "../../journeys/main-job.ts";
import { type Cloud, startCloud } from "../cloud.ts";
import type { UsageCounts } from "../usage.ts";
import { type Bill, billOf, type Item, type Region, SAVINGS } from "./bill.ts";

const REGIONS: readonly Region[] = ["eu-north-1", "eu-west-1"];
const TARGET_EUR = { journey: 0.05, month: 5 } as const;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const MIB_OF_A_PROCESSOR = 1769;
const CALL_MS = 6;
const COLD_SHARE = 0.25;
const HOURS_A_MONTH = 730;
const MONTHS_KEPT = 12;
const GB = 1024 ** 3;
const IDLE_ROUNDS = 5;
/** Of a function that was loaded before the count began: what others of its size take. */
const LOAD_CPU_MS = 230;

const startedAt = performance.now();
console.log("Starting the cloud-shaped system …");
await using cloud = await startCloud();

const tableBefore = await bytesIn(cloud);
cloud.usage.reset();
console.log("Walking one pilot from application to closure …");
await runMainJob({ url: cloud.url, pilotId: "priced", detours: true, signIn: cloud.as, moveTo: cloud.moveTo });
await cloud.settled();
const ofJourney = cloud.usage.counts;
const stageRuns = await cloud.workflowUsage("StageRun");
const tableGb = ((await bytesIn(cloud)) - tableBefore) / GB;

const journey: Partial<Record<Item, number>> = {
  ...ofUsage(ofJourney, COLD_SHARE),
  stateTransition: stageRuns.transitions,
  trace: stageRuns.executions,
  tableGbMonth: tableGb * MONTHS_KEPT,
  backupGbMonth: tableGb * MONTHS_KEPT,
};

console.log("Letting the schedules run with nothing to do …");
const before = await cloud.workflowUsage("Deadlines");
cloud.usage.reset();
for (let round = 0; round < IDLE_ROUNDS; round += 1) {
  await cloud.runSchedule("DeadlinesHourly");
  await cloud.settled();
}
const hourly = times(ofUsage(cloud.usage.counts, 1), HOURS_A_MONTH / IDLE_ROUNDS);
const after = await cloud.workflowUsage("Deadlines");
cloud.usage.reset();
for (let round = 0; round < IDLE_ROUNDS; round += 1) await cloud.runSchedule("DeliverDueOften");
const everyFiveMinutes = times(ofUsage(cloud.usage.counts, 1), (HOURS_A_MONTH * 12) / IDLE_ROUNDS);

const month: Partial<Record<Item, number>> = {
  ...sum(hourly, everyFiveMinutes),
  stateTransition: ((after.transitions - before.transitions) / IDLE_ROUNDS) * HOURS_A_MONTH,
  trace: HOURS_A_MONTH,
  alarmMonth: cloud.deployment.all("AWS::CloudWatch::Alarm").length,
  metricMonth: 1,
};

for (const region of REGIONS) {
  print(`One pilot, from application to closure, in ${region}`, billOf(journey, region), TARGET_EUR.journey);
  print(`A month in which nobody does anything, in ${region}`, billOf(month, region), TARGET_EUR.month);
}
console.log(
  `\n(${((performance.now() - startedAt) / 1000).toFixed(0)} s. Not in it: CloudFront and the portal's bucket, mail`,
);
console.log("of Cognito, people beyond Cognito's 10,000 free ones, traffic to the internet, tax.)");

/** What AWS charges for what was used. */
function ofUsage(counts: UsageCounts, coldShare: number): Partial<Record<Item, number>> {
  const functions = Object.values(counts.functions);
  return {
    httpRequest: counts.httpRequests,
    readUnit: counts.readUnits,
    writeUnit: counts.writeUnits,
    mail: counts.mails,
    filePut: counts.filePuts,
    fileGet: counts.fileGets,
    fileGbMonth: (counts.fileBytes / GB) * MONTHS_KEPT,
    logGb: counts.logBytes / GB,
    scheduledStart: counts.scheduledStarts,
    lambdaRequest: functions.reduce((total, { invocations }) => total + invocations, 0),
    lambdaGbSecond: functions.reduce((total, used) => {
      const { memoryMiB, invocations, cpuMs, coldStarts, initCpuMs, roleArn } = used;
      const slower = Math.max(1, MIB_OF_A_PROCESSOR / memoryMiB);
      const loadMs = coldStarts === 0 ? LOAD_CPU_MS : initCpuMs / coldStarts;
      const ms = (cpuMs + invocations * coldShare * loadMs) * slower + (counts.calls[roleArn] ?? 0) * CALL_MS;
      return total + (ms / 1000) * (memoryMiB / 1024);
    }, 0),
  };
}

function times(quantities: Partial<Record<Item, number>>, factor: number): Partial<Record<Item, number>> {
  return Object.fromEntries(Object.entries(quantities).map(([item, quantity]) => [item, quantity * factor]));
}

function sum(a: Partial<Record<Item, number>>, b: Partial<Record<Item, number>>): Partial<Record<Item, number>> {
  const items = new Set([...Object.keys(a), ...Object.keys(b)] as Item[]);
  return Object.fromEntries([...items].map((item) => [item, (a[item] ?? 0) + (b[item] ?? 0)]));
}

/** The size of all items, as DynamoDB counts it: names and values. */
async function bytesIn({ table }: Cloud): Promise<number> {
  let bytes = 0;
  let from: Record<string, never> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new ScanCommand({ TableName: table.name, ExclusiveStartKey: from }),
    );
    for (const item of Items) {
      for (const [name, value] of Object.entries(item)) bytes += name.length + (value.S ?? value.N ?? "").length;
    }
    from = LastEvaluatedKey as typeof from;
  } while (from !== undefined);
  return bytes;
}

const REMARKS = { own: "", "stand-in": "price of eu-west-1", unchecked: "price not checked" } as const;

function print(title: string, { lines, usd, eur }: Bill, targetEur: number): void {
  console.log(`\n### ${title}\n`);
  console.log("| Item | Quantity | USD | |\n| --- | ---: | ---: | --- |");
  for (const { item, quantity, unit, usd: amount, rests } of lines) {
    const shown = quantity >= 10 ? Math.round(quantity).toLocaleString("en") : quantity.toPrecision(2);
    console.log(`| ${item}, by ${unit} | ${shown} | ${amount.toFixed(5)} | ${REMARKS[rests]} |`);
  }
  const verdict = eur <= targetEur ? "below" : "ABOVE";
  console.log(`\n**USD ${usd.toFixed(4)}, some EUR ${eur.toFixed(4)}**: ${verdict} the target of EUR ${targetEur}.`);
  console.log("The three largest, and what would lower them:");
  for (const { item } of lines.slice(0, 3)) console.log(`- ${item}: ${SAVINGS[item]}`);
}

/** By the commands that people type: half a journey in one data folder, by way of a table, the other half in another. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startSystem } from "../../local/system.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { startDynamoDb } from "../support/dynamodb.ts";
import { temporaryFolder } from "../support/houses.ts";
import { as } from "../support/people.ts";
import { inOrder, Journey } from "./main-job.ts";

const run = promisify(execFile);
const main = join(import.meta.dirname, "../../local/moving/main.ts");
const env = { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
const command = async (...args: readonly string[]): Promise<string> =>
  (await run(process.execPath, [main, ...args], { env })).stdout;

test("a pilot that is moved half-way, by a table and back, with its files, goes on to closure; nobody is told twice", async () => {
  await using dynamoDb = await startDynamoDb();
  await using folder = await temporaryFolder();
  const { tableName } = await dynamoDb.createTable();
  const at = (name: string): string => join(folder.path, name);
  const table = `dynamodb://${tableName}?region=eu-north-1&endpoint=${dynamoDb.endpoint}&files=${at("bucket")}`;
  const open = (dataFolder: string, sample: "people" | "none") =>
    startSystem({ dataFolder, port: 0, sample, portal: false, progress: () => {} });
  const [first, ...others] = latestProcess.stages;
  assert.ok(first);
  const [moved, ...rest] = inOrder(first);
  assert.ok(moved);

  {
    await using system = await open(at("a"), "people");
    const journey = await Journey.begin({ url: system.url, pilotId: "pilot" });
    await journey.apply();
    await journey.awaitStage(first);
    await journey.handIn(moved.id);
    await system.settled();
  }
  expect(await command("export", "--from", at("a"), "--to", at("x"))).toContain("holds the whole of sample");
  expect(await command("import", "--from", at("x"), "--to", table, "--check")).toContain("All of it fits.");
  expect(await command("import", "--from", at("x"), "--to", table)).toContain("1 pilots go on");
  expect(await command("import", "--from", at("x"), "--to", table)).toContain("was imported here before");
  await command("export", "--from", table, "--to", at("y"));
  expect(await command("import", "--from", at("y"), "--to", at("b"))).toContain("1 pilots go on");
  await expect(command("import", "--from", at("y"))).rejects.toMatchObject({ code: 2 });

  await using system = await open(at("b"), "none");
  await system.settled();
  const coordinator = await as(system.url, "coordinator-1");
  const { mails } = await coordinator("listMails", { query: {} });
  expect(new Set(mails.map(({ person, subject, text }) => `${person.id} ${subject} ${text}`)).size).toBe(mails.length);
  const journey = await Journey.begin({ url: system.url, pilotId: "pilot" });
  expect((await journey.deliverable(moved.id)).revision).toBe(1);
  await journey.review(moved.id);
  await journey.accept(...rest.map(({ id }) => id));
  await journey.passGate(first);
  for (const stage of others) {
    await journey.awaitStage(stage);
    await journey.accept(...inOrder(stage).map(({ id }) => id));
    await journey.passGate(stage);
  }
  await journey.awaitCompletion();
}, 400_000);

/** What opens something lies in one place each, where only its owner reads it, and nowhere else. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSystem } from "../../local/system.ts";
import { temporaryFolder } from "../support/houses.ts";
import { as } from "../support/people.ts";
import { signIn } from "../support/sign-in.ts";

test("keys are readable by their owner only; access tokens and secret addresses are in no file as they are", async () => {
  await using folder = await temporaryFolder();
  const secrets: string[] = [];
  {
    await using system = await startSystem({
      dataFolder: folder.path,
      port: 0,
      sample: "people",
      portal: false,
      progress: () => {},
    });
    secrets.push(await signIn(system.url, "coordinator-1"));
    const { path } = await (await as(system.url, "advisor-1"))("makeCalendarLink", {});
    secrets.push(path.slice(path.lastIndexOf("/") + 1).replace(/\.ics$/, ""));
    await system.settled();
  }
  expect(secrets.filter((secret) => secret.length < 20)).toEqual([]);

  const files = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const found = files.filter(({ parentPath, name }) => {
    const content = readFileSync(join(parentPath, name), "latin1");
    return secrets.some((secret) => content.includes(secret));
  });
  expect(found.map(({ name }) => name)).toEqual([]);
  const keys = files.filter(({ name }) => /identity\.sqlite$|key/.test(name));
  expect(keys.length).toBeGreaterThanOrEqual(2);
  expect(keys.map(({ parentPath, name }) => [name, statSync(join(parentPath, name)).mode & 0o777])).toEqual(
    keys.map(({ name }) => [name, 0o600]),
  );
});

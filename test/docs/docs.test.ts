/** What the documents say is so: commands, files, links, variables, tables. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { createTasks } from "../../functions/tasks/tasks.ts";
import { stateMachineNames } from "../../local/functions.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import packageJson from "../../package.json" with { type: "json" };
import { wallClock } from "../../shared/ports/clock.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { codeSpans, fences, fileAt, filesWith, made, relativeLinks, root, tableRows } from "./repository.ts";

const documents = filesWith([".md"]);
const each = documents.map((document) => [document.path, document] as const);
const readme = fileAt("README.md");
const sources = filesWith([".ts", ".tsx"]);

test("there are documents to check", () => {
  expect(documents.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["README.md", "ARCHITECTURE.md", "workflows/README.md", "docs/guides/run-embedded.md"]),
  );
});

describe.each(each)("%s", (_, document) => {
  const spans = codeSpans(document);
  const commands = [...spans, ...fences(document).map(({ code }) => code)].join("\n");

  test("names npm commands that exist", () => {
    const named = [...commands.matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)].map(([, name = ""]) => name);
    const known = ["ci", "install", ...Object.keys(packageJson.scripts)];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  test("gives vitest folders and files that exist", () => {
    const given = [...commands.matchAll(/\bvitest run ([\w./ -]+)/g)].flatMap(([, paths = ""]) => paths.split(" "));
    expect(given.filter((path) => path !== "" && !existsSync(join(root, path)))).toEqual([]);
  });

  test("names files and folders that exist", () => {
    const named = spans.filter((span) => /^[\w.][\w.-]*(\/[\w.-]+)*\/?$/.test(span) && isPath(span));
    const missing = named.filter((path) => !existsSync(join(root, path)) && !existsSync(beside(path)));
    expect(missing).toEqual([]);
  });

  test("links to files that exist", () => {
    expect(relativeLinks(document).filter((target) => !existsSync(beside(target)))).toEqual([]);
  });

  test("names constants and variables that the code knows", () => {
    const named = spans.filter((span) => /^[A-Z]+(_[A-Z]+)+$|^PORT$/.test(span));
    expect(named.filter((name) => !sources.some(({ text }) => text.includes(name)))).toEqual([]);
  });

  test("shows no TypeScript of its own, which nothing would compile", () => {
    expect(fences(document).filter(({ language }) => /^(ts|tsx|typescript|js|javascript)$/.test(language))).toEqual([]);
  });

  const beside = (path: string): string => join(root, dirname(document.path), path);
});

/** A slash inside, and not made by a tool. Names of packages with a scope begin with "@" and are no paths. */
const isPath = (span: string): boolean => span.includes("/") && !made.includes(span.split("/")[0] ?? "");

describe("README.md", () => {
  const firstCells = tableRows(readme).map(([cell = ""]) => cell);

  test("has every npm script in its table of commands", () => {
    const listed = firstCells.filter((cell) => cell.startsWith("`npm ")).map((cell) => cell.replaceAll("`", ""));
    const short = ["start", "test"];
    const expected = Object.keys(packageJson.scripts).map((name) =>
      short.includes(name) ? `npm ${name}` : `npm run ${name}`,
    );
    expect(listed.toSorted()).toEqual(expected.toSorted());
  });

  test("has every variable that `npm start` reads in its table, and no other", () => {
    const listed = firstCells.filter((cell) => /^`[A-Z_]+`$/.test(cell)).map((cell) => cell.replaceAll("`", ""));
    expect(listed.toSorted()).toEqual(variablesIn(fileAt("local/main.ts").text).toSorted());
  });

  test("names every other variable that Fairway's programs and tests read", () => {
    const read = new Set(sources.flatMap(({ text }) => variablesIn(text)));
    expect([...read].filter((name) => !codeSpans(readme).includes(name))).toEqual([]);
  });

  test("has the test command that continuous integration runs, and that runs nothing else", () => {
    const run = fileAt(".ci/run")
      .text.split("\n")
      .filter((line) => line.startsWith("npm "));
    expect(run).toEqual(["npm ci", "npm test"]);
  });
});

/** As the code reads them; a quoted name is a replacement in a bundle. */
const variablesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/(?<!")\bprocess\.env\.([A-Z][A-Z_]+)/g)].map(([, name = ""]) => name)),
];

describe("ARCHITECTURE.md", () => {
  test("names each invariant once, in order, with a place and a proof", () => {
    const rows = tableRows(fileAt("ARCHITECTURE.md")).filter(([first = ""]) => /^\*\*I\d\*\*$/.test(first));
    expect(rows.map(([first = ""]) => first)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `**I${n}**`));
    for (const [, , keptIn = "", shownBy = ""] of rows) {
      expect(keptIn).toMatch(/`[\w/.-]+`/);
      expect(shownBy).toMatch(/`test\/[\w/.-]+`/);
    }
  });
});

describe("docs/security.md", () => {
  test("names a test for the answer to each abuse", () => {
    const { text } = fileAt("docs/security.md");
    const [, section = ""] = text.split("## Abuse and answer");
    const rows = (section.split("\n## ")[0] ?? "")
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .slice(2);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => !/`test\/[\w/.-]+\.test\.ts` \|$/.test(row))).toEqual([]);
  });
});

describe("the decisions", () => {
  const decisions = documents.filter(({ path }) => path.startsWith("docs/decisions/"));

  test("are numbered from 1 without gap or repetition", () => {
    const numbers = decisions.map(({ path }) => /^docs\/decisions\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1]);
    expect(numbers).toEqual(decisions.map((_, index) => String(index + 1).padStart(4, "0")));
  });

  test.each(decisions.map((decision) => [decision.path, decision] as const))(
    "%s has all its parts",
    (path, { text }) => {
      expect(text).toMatch(new RegExp(`^# ${Number(path.slice("docs/decisions/".length).slice(0, 4))}\\. \\S`));
      const parts = ["Status: ", "## Context", "## Positions", "## Decision", "## Consequences"];
      const places = parts.map((part) => text.indexOf(`\n${part}`));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places).not.toContain(-1);
    },
  );
});

describe("workflows/README.md", () => {
  const rows = tableRows(fileAt("workflows/README.md"));
  const namesIn = (cell: string): string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name).toSorted();
  const definitions = filesWith([".asl.json"], join(root, "workflows"));

  test("has a row for each state machine there is", () => {
    const listed = rows.flatMap(([first = ""]) => /^\[`([\w.-]+\.asl\.json)`\]/.exec(first)?.[1] ?? []);
    expect(listed.toSorted()).toEqual(definitions.map(({ path }) => path.replace("workflows/", "")).toSorted());
    expect(listed.toSorted()).toEqual(stateMachineNames.map((name) => `${name}.asl.json`).toSorted());
  });

  test.each(definitions.map(({ path, text }) => [path, text] as const))(
    "names the functions %s calls",
    (path, text) => {
      const row = rows.find(([first = ""]) => first.includes(path.replace("workflows/", ""))) ?? [];
      const called = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name));
      expect(namesIn(row[3] ?? "")).toEqual([...called].toSorted());
    },
  );

  test("has each task function in its table, with the file that holds it", () => {
    using store = openSqliteStore(":memory:");
    const pilots = createPilotRecords({ store, clock: wallClock });
    const functions = Object.keys(createTasks({ store, clock: wallClock, pilots }));
    const table = rows.filter(([, , code = ""]) => code.startsWith("`functions/tasks/"));
    expect(table.flatMap(([first = ""]) => namesIn(first)).toSorted()).toEqual(functions.toSorted());
    const files = table.map(([, , code = ""]) => code.replaceAll("`", "").replace("functions/tasks/", "./"));
    const imported = [...fileAt("functions/tasks/tasks.ts").text.matchAll(/from "(\.\/[\w-]+\.ts)"/g)].map(
      ([, path]) => path,
    );
    expect(files.toSorted()).toEqual(imported.filter((path) => path !== "./task.ts").toSorted());
  });
});

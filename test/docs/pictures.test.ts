/** The pictures of the guides, and the words they quote from the portal. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pictures } from "./pictures.ts";
import { fileAt, filesWith, root } from "./repository.ts";

const folder = join(root, "docs/images");
const files = existsSync(folder) ? readdirSync(folder).toSorted() : [];
const documents = filesWith([".md"]);

/** Every picture a document shows, with the words for whoever does not see it. */
const shown = documents.flatMap(({ path, text }) =>
  [...text.matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g)].map(([, alt = "", target = ""]) => ({ path, alt, target })),
);
const shownFiles = shown.map(({ target }) => target.replace(/^.*\//, ""));

describe("The pictures of the documents", () => {
  test("are there", () => {
    expect(shownFiles.filter((file) => !files.includes(file))).toEqual([]);
    expect(shownFiles.length).toBeGreaterThan(10);
  });

  test("lie in one folder, where each is shown by a document and taken by `npm run screenshots`", () => {
    expect(files).toEqual([...new Set(shownFiles)].toSorted());
    expect(files).toEqual(pictures.map(({ name }) => `${name}.png`).toSorted());
  });

  test("say in words what they show", () => {
    expect(shown.filter(({ alt }) => alt.split(" ").length < 4)).toEqual([]);
  });

  test("are small: 150 kB at most, 1.5 MB together", () => {
    const sizes = files.map((file) => statSync(join(folder, file)).size);
    expect(Math.max(...sizes)).toBeLessThan(150_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000);
  });
});

describe("The guides for people", () => {
  const labels = new Set(
    filesWith([".json"], join(root, "web/language/en"))
      .flatMap(({ text }) => textsIn(JSON.parse(text)))
      .map((text) => text.replaceAll(/\{\{\w+\}\}/g, "…").replace(/:$/, "")),
  );

  test.each(["sme", "advisor", "coordinator"])("quote in bold what the portal says: %s", (guide) => {
    const { text } = fileAt(`docs/guides/${guide}.md`);
    const quoted = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words = ""]) => words.replaceAll(/\s+/g, " "));
    expect(quoted.length).toBeGreaterThan(10);
    expect(quoted.filter((words) => !labels.has(words.replace(/:$/, "")))).toEqual([]);
  });
});

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { languages } from "../../web/language/languages.ts";
import type { SamplePerson } from "../support/people.ts";
import { type Portal, startPortal } from "../support/portal.ts";
import { layoutFaults, unfold } from "./layout-faults.ts";
import { bringMoreStates, follow, pagesFor, watchPage } from "./portal-pages.ts";

const widths = [1440, 390];

/** Who opens what: a coordinator one page of every kind, the others what only they have. */
const readers: readonly (readonly [SamplePerson, readonly string[]])[] = [
  ["coordinator-1", []],
  [
    "sme-kestrel-admin",
    [
      "/team",
      "/pilots",
      "/pilots/$pilotId/deliverables/$deliverableId rework, to do",
      "/pilots/$pilotId/deliverables/$deliverableId not_started, to do",
    ],
  ],
  [
    "advisor-1",
    ["/absence", "/pilots/$pilotId active", "/pilots/$pilotId/deliverables/$deliverableId in_review, to do"],
  ],
];

describe("The portal speaks", () => {
  let portal: Portal;
  let walks: readonly { readonly person: SamplePerson; readonly paths: readonly string[] }[];
  beforeAll(async () => {
    portal = await startPortal({ sample: "pilots" });
    await bringMoreStates(portal);
    walks = await Promise.all(
      readers.map(async ([person, kinds]) => {
        const pages = await pagesFor(portal.url, person);
        const firstOfRoute = pages.filter(({ route }, at) => pages.findIndex((each) => each.route === route) === at);
        const wanted = kinds.length === 0 ? firstOfRoute : pages.filter(({ kind }) => kinds.includes(kind));
        expect(wanted.length, person).toBeGreaterThanOrEqual(kinds.length);
        return { person, paths: wanted.map(({ path }) => path) };
      }),
    );
  }, 120_000);
  afterAll(() => portal[Symbol.asyncDispose]());

  test.concurrent.each(languages)(
    "$name on every kind of page: no raw key, no sentence of another language, nothing that sticks out, is cut off or lies over something",
    async ({ code }) => {
      const found: unknown[] = [];
      for (const { person, paths } of walks) {
        await using visit = await portal.visitAs(person, "/", { language: code, reducedMotion: "reduce" });
        const { page } = visit;
        const drawn = watchPage(page);
        for (const path of paths) {
          await follow(page, path);
          await drawn();
          await page.evaluate(unfold);
          await drawn();
          for (const width of widths) {
            await page.setViewportSize({ width, height: 900 });
            const shown = await page.evaluate(() => ({
              language: document.documentElement.lang,
              // Also what is read aloud or shown on pointing.
              text: [
                document.body.innerText,
                ...["title", "aria-label", "aria-description", "placeholder", "alt"].flatMap((name) =>
                  [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)),
                ),
              ].join("\n"),
            }));
            const faults = [...rawKeysIn(shown.text), ...englishIn(shown.text, code)];
            if (shown.language !== code) faults.push(`the page says it is in ${shown.language}`);
            faults.push(...(await page.evaluate(layoutFaults)));
            for (const fault of faults) found.push(`${path} (${person}, ${width} px): ${fault}`);
          }
        }
        found.push(...visit.complaints);
      }
      expect(found).toEqual([]);
    },
    300_000,
  );
});

test("The Estonian portal addresses people as teie, as its mails do", () => {
  const familiar = /\b(sina|sinu|sind|sinul?t?|sulle|sult?|oled|saad|näed|võid|pead|vastutad|kuuled)\b/i;
  const texts = areas.flatMap((area) => textsIn(read(folderOf("et") + area), area));
  expect(texts.length).toBeGreaterThan(1000);
  expect(texts.filter(([, text]) => familiar.test(text))).toEqual([]);
});

/** As i18next shows a key that has no text: "shell.menu". Those of one word look like words. */
function rawKeysIn(text: string): string[] {
  const words = text.split(/[\s,;:()„“”"]+/).map((word) => word.replace(/\.$/, ""));
  return [...words.filter((word) => keys.has(word)), ...(text.includes("{{") ? ["an unfilled {{"] : [])];
}

/** Sentences of the English portal and process that this language says otherwise. */
function englishIn(text: string, language: string): string[] {
  if (language === "en") return [];
  const flat = text.replace(/\s+/g, " ");
  return (sentences.get(language) ?? []).filter((sentence) => flat.includes(sentence)).map((it) => `in English: ${it}`);
}

const folderOf = (language: string) => fileURLToPath(new URL(`../../web/language/${language}/`, import.meta.url));
const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

function textsIn(value: unknown, path = ""): (readonly [key: string, text: string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, path === "" ? key : `${path}.${key}`));
}

const areas = readdirSync(folderOf("en"));
const keys = new Set(
  areas
    .flatMap((area) => textsIn(read(folderOf("en") + area)))
    .map(([key]) => key.replace(/_(one|other)$/, ""))
    .filter((key) => key.includes(".")),
);

const hasManyWords = (text: string) => text.split(" ").length > 3;

/** What stands between the gaps of a text, where it is long enough to be a sentence of its own. */
const fixedParts = (text: string): string[] =>
  text
    .split(/\{\{[^}]*\}\}/)
    .map((part) => part.trim())
    .filter(hasManyWords);

const sentences: ReadonlyMap<string, readonly string[]> = new Map(
  languages.map(({ code }) => {
    const own = new Set(
      areas.flatMap((area) => textsIn(read(folderOf(code) + area))).flatMap(([, text]) => fixedParts(text)),
    );
    const ofPortal = areas
      .flatMap((area) => textsIn(read(folderOf("en") + area)))
      .flatMap(([, text]) => fixedParts(text))
      .filter((part) => !own.has(part));
    const ofProcess = code === "en" ? [] : textsIn(translationsOfProcess(code)).flatMap(([, text]) => text);
    const english = code === "en" ? [] : Object.keys(Object(translationsOfProcess(code)));
    return [code, [...ofPortal, ...english.filter((text) => hasManyWords(text) && !ofProcess.includes(text))]];
  }),
);

/** English texts of the transfer process, each with its translation. */
function translationsOfProcess(language: string): unknown {
  return read(fileURLToPath(new URL(`../../shared/language/process/${language}.json`, import.meta.url)));
}

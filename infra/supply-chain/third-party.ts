/** The notices that go along with what we ship: whose work is in it, under which licence, with its text. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ContainedPackage } from "./contents.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Fonts that come in packages under other names; by the package that brings them. */
const FONTS: Readonly<Record<string, string>> = {
  pdfmake:
    "Its fonts: Roboto, Copyright 2011 The Roboto Project Authors (https://github.com/googlefonts/roboto-classic),\n" +
    "licensed under the SIL Open Font License, Version 1.1: https://openfontlicense.org",
};

/** @throws when a package is not installed: nothing is left out */
export function thirdPartyNotices(packages: readonly ContainedPackage[]): string {
  const parts = packages.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map(noticeOf);
  return ["This contains the work of others, who let it be used under the licences below.", ...parts].join("\n\n");
}

function noticeOf(each: ContainedPackage): string {
  const heading = `${each.name} ${each.version} (${each.licence ?? "licence not said"})`;
  const within = each.inlined.length === 0 ? [] : [`It contains: ${each.inlined.join(", ")}.`];
  const fonts = FONTS[each.name] === undefined ? [] : [FONTS[each.name]];
  return [heading, "-".repeat(heading.length), ...within, ...fonts, ...textsOf(each)].join("\n");
}

function textsOf({ path }: ContainedPackage): string[] {
  const folder = join(ROOT, path);
  const texts = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8").trim());
  if (texts.length > 0) return texts;
  const { author, homepage }: { author?: string | { name?: string }; homepage?: string } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const by = (typeof author === "string" ? author : author?.name) ?? homepage ?? "its authors";
  return [`By ${by}. The package names its licence and brings no text of it.`];
}

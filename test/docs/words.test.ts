import { describe, expect, test } from "vitest";
import { filesWith } from "./repository.ts";

/** The repository speaks of Fairway: not of the machine it was written on, nor of how the work was done. */
const unwanted: Readonly<Record<string, RegExp>> = {
  "a path of somebody's machine": /(?<![\w.*/-])\/(work|root|home|tmp|Users|mnt)\/[\w.-]/,
  "the address of a package registry": /registry\.(npmjs|yarnpkg)|npm\.pkg\.github|artifactory|verdaccio|:4873\b/i,
  "a tool that writes text": /\b(anthropic|claude|openai|chatgpt|copilot|sub-?agents?|ai agents?|coding agents?)\b/i,
  "how the work was done": /\b(this|our|previous|next|earlier|last) (working )?session\b|\bcontext window\b/i,
  "a key or token of somebody's":
    /\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_\w{30,}|\bnpm_\w{30,}|\beyJ[\w-]{20,}\.eyJ/,
  "work left lying": /\b(TODO|FIXME|XXX|HACK)\b/,
};

const files = filesWith([".md", ".ts", ".tsx", ".json", ".css", ".yml", ".yaml"]).filter(
  ({ path }) => !path.startsWith("test/docs/words"),
);

describe("no file names", () => {
  test.each(Object.entries(unwanted))("%s", (_, pattern) => {
    const found = files.flatMap(({ path, text }) =>
      text.split("\n").flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });
});

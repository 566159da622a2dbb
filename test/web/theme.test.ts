import { readFileSync } from "node:fs";
import { DEFAULT_THEME as theme } from "@mantine/core";
import { describe, expect, test } from "vitest";
import { cssVariables } from "../../web/theme/theme.ts";

const styles = readFileSync(new URL("../../web/styles.css", import.meta.url), "utf8");
const colours = new Map(
  [...styles.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name = "", light = "", dark = ""]) => [
    name,
    { light, dark },
  ]),
);

const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** As WCAG 2.2 counts it. */
function contrast(a: string, b: string): number {
  const [bright = 0, dim = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

describe.each(["light", "dark"] as const)("In %s", (scheme) => {
  const colour = (name: string) => {
    const found = colours.get(name);
    if (found === undefined) throw new Error(`no colour --${name}`);
    return found[scheme];
  };

  test.each([
    ["text", "ground"],
    ["text", "card"],
    ["quiet", "ground"],
    ["quiet", "card"],
    ["accent", "ground"],
    ["accent", "card"],
    ["alert", "ground"],
    ["alert", "card"],
    ["text", "alert-ground"],
    ["good", "card"],
    ["warn", "card"],
    ["warn", "warn-ground"],
    ["text", "warn-ground"],
    ["on-accent", "accent"],
  ])("%s can be read on %s", (front, back) => {
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["default-border", scheme === "light" ? "gray-4" : "dark-4"])(
    "what bounds a control, %s, can be seen",
    (name) => {
      const line = cssVariables(theme)[scheme][`--mantine-color-${name}`] ?? "";
      for (const back of ["ground", "card"]) expect(contrast(line, colour(back))).toBeGreaterThanOrEqual(3);
    },
  );

  test("what is left of the aid is darker or lighter than what is used", () => {
    expect(contrast(colour("accent"), colour("rule"))).toBeGreaterThanOrEqual(3);
  });

  test.each(["ground", "card"])("lines of controls can be seen on %s", (back) => {
    expect(contrast(colour("line"), colour(back))).toBeGreaterThanOrEqual(3);
  });
});

test.each(["fairway", "good", "warn", "alert"])("In dark, %s can be told from plain text and read", (tone) => {
  for (const part of ["light-color", "outline"]) {
    const front = cssVariables(theme).dark[`--mantine-color-${tone}-${part}`] ?? "";
    expect(luminance(front)).toBeLessThan(0.7);
    for (const back of ["ground", "card"])
      expect(contrast(front, colours.get(back)?.dark ?? "")).toBeGreaterThanOrEqual(4.5);
  }
});

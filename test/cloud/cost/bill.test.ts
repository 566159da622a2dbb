import { describe, expect, test } from "vitest";
import { billOf, SAVINGS } from "./bill.ts";
import prices from "./prices.json" with { type: "json" };

describe("a bill", () => {
  test("multiplies what was used by the price of its unit, dearest first", () => {
    const { lines, usd, eur } = billOf({ mail: 50, stateTransition: 1000, readUnit: 0 }, "eu-west-1");
    expect(lines).toMatchObject([
      { item: "stateTransition", quantity: 1000, usd: 0.025 },
      { item: "mail", quantity: 50, usd: expect.closeTo(0.005) },
    ]);
    expect(usd).toBeCloseTo(0.03);
    expect(eur).toBeCloseTo(0.03 * prices.eurPerUsd.rate);
  });

  test("says where a price is another region's, or was not checked", () => {
    const groundsIn = (region: "eu-north-1" | "eu-west-1") =>
      Object.fromEntries(
        billOf({ mail: 1, stateTransition: 1, writeUnit: 1 }, region).lines.map(({ item, rests }) => [item, rests]),
      );
    expect(groundsIn("eu-west-1")).toEqual({ mail: "unchecked", stateTransition: "own", writeUnit: "own" });
    expect(groundsIn("eu-north-1")).toEqual({ mail: "unchecked", stateTransition: "own", writeUnit: "stand-in" });
  });

  test("rests on prices with a source each, and a date or the word that there is none", () => {
    for (const { source, checked, usd, per } of Object.values(prices.items)) {
      expect(source).toMatch(/^https:\/\//);
      expect(checked ?? "none").toMatch(/^\d{4}-\d\d-\d\d$|^none$/);
      expect(usd["eu-west-1"]).toBeGreaterThan(0);
      expect(per).toBeGreaterThan(0);
    }
    expect(Object.keys(SAVINGS).sort()).toEqual(Object.keys(prices.items).sort());
  });
});

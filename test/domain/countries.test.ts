import { expect, test } from "vitest";
import { blockedMarkets, countries } from "../../shared/domain/countries.ts";

test("the register holds the programme area with time zones and the other markets without", () => {
  const inArea = [...countries.values()].filter(({ timeZone }) => timeZone !== undefined);
  expect(inArea.map(({ code }) => code).join(" ")).toBe("EE LV LT FI SE PL DE DK NO GR BG RO AL MK RS BA ME HR SI");
  expect(countries.size).toBe(39);
});

test("every time zone is one the machine knows", () => {
  for (const { timeZone } of countries.values()) {
    if (timeZone !== undefined) expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
  }
});

test("Russia and Belarus are blocked, with their source", () => {
  expect([...blockedMarkets].toSorted()).toEqual(["BY", "RU"]);
  for (const code of blockedMarkets) {
    expect(countries.get(code)?.restriction).toMatchObject({ verified: true, source: expect.any(String) });
  }
});

test("a restriction without a source is marked as unverified", () => {
  for (const { restriction } of countries.values()) expect(restriction.verified).toBe(restriction.source !== undefined);
});

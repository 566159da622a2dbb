import { expect, test } from "vitest";
import * as z from "zod";
import { blockedMarkets, type Country, countries } from "../../shared/domain/countries.ts";

test("the register holds the programme area with time zones and the other markets without", () => {
  const inArea = [...countries.values()].filter(({ timeZone }) => timeZone !== undefined);
  expect(inArea.map(({ code }) => code).join(" ")).toBe("EE LV LT FI SE PL DE DK NO GR BG RO AL MK RS BA ME HR SI");
  expect(countries.size).toBe(39);
});

const shape: z.ZodType<Country> = z.strictObject({
  code: z.string().regex(/^[A-Z]{2}$/),
  name: z.string().min(1),
  timeZone: z.exactOptional(z.string()),
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/)),
  restriction: z.strictObject({
    state: z.enum(["clear", "check_needed", "blocked"]),
    note: z.string().min(1),
    asOf: z.iso.date(),
    verified: z.boolean(),
    source: z.exactOptional(z.string()),
  }),
});

test.each([...countries.values()])("the entry of $name has the shape of a country and nothing else", (country) => {
  expect(() => shape.parse(country)).not.toThrow();
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

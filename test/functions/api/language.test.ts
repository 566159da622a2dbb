import { afterAll, beforeAll, describe, expect, test } from "vitest";
import words from "../../../shared/language/process/fi.json" with { type: "json" };
import { openSampleApi, PILOT_ID, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

async function firstStage(person: string, headers: Record<string, string> = {}): Promise<string> {
  const { body } = await sample.call(person, "getPilot", { params: { pilotId: PILOT_ID }, headers });
  return JSON.parse(body).runs[0].name;
}

describe("The API answers", () => {
  test("in the language of the person", async () => {
    expect(await firstStage("coordinator-1")).toBe("Needs analysis");
    expect(await firstStage("sme-birch-admin")).toBe(words["Needs analysis"]);
  });

  test("in the language asked for, when it is one of the portal's", async () => {
    expect(await firstStage("sme-birch-admin", { "accept-language": "en-GB,fi;q=0.5" })).toBe("Needs analysis");
    expect(await firstStage("coordinator-1", { "accept-language": "fi" })).toBe(words["Needs analysis"]);
  });

  test.each(["*", "de", "", "constructor", ";;,,"])("in the person's own when asked for %j", async (header) => {
    expect(await firstStage("sme-birch-admin", { "accept-language": header })).toBe(words["Needs analysis"]);
  });
});

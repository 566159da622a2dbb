import { App } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import cdkJson from "../../cdk.json" with { type: "json" };
import { readSettings, SettingsInvalid } from "../../infra/settings.ts";

const own = {
  issuer: "https://identity.fairway.test/",
  audience: "fairway-portal",
  mailFrom: "noreply@fairway.test",
  portalUrl: "https://portal.fairway.test/",
};

function settingsFrom(context: Readonly<Record<string, unknown>>) {
  return readSettings(new App({ analyticsReporting: false, context: { ...context } }).node);
}

describe("settings", () => {
  test("cdk.json alone gives a dev stage, so a synth needs no argument", () => {
    expect(settingsFrom(cdkJson.context)).toMatchObject({ stage: "dev", audience: "fairway-portal" });
  });

  test("prod takes values of its own", () => {
    expect(settingsFrom({ ...own, stage: "prod" })).toEqual({ ...own, stage: "prod" });
  });

  test("prod is refused with placeholders, each named", () => {
    const read = () => settingsFrom({ ...cdkJson.context, stage: "prod" });
    expect(read).toThrow(SettingsInvalid);
    expect(read).toThrow(/issuer, mailFrom, portalUrl/);
  });

  test.each([
    ["stage", "production"],
    ["issuer", "http://identity.fairway.test/"],
    ["issuer", undefined],
    ["audience", ""],
    ["mailFrom", "nobody"],
    ["portalUrl", "portal"],
  ])("%s cannot be %j", (name, value) => {
    const read = () => settingsFrom({ ...own, [name]: value });
    expect(read).toThrow(SettingsInvalid);
    expect(read).toThrow(name);
  });
});

import { App } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import cdkJson from "../../cdk.json" with { type: "json" };
import { readSettings, SettingsInvalid } from "../../infra/settings.ts";

const own = {
  mailFrom: "noreply@fairway.test",
  portalUrl: "https://portal.fairway.test/",
  portalCertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
  alarmMail: "operations@fairway.test",
  monthlyBudgetUsd: 50,
};

const openIdProvider = { issuer: "https://identity.fairway.test/", clientId: "portal", audience: "fairway" };

function settingsFrom(context: Readonly<Record<string, unknown>>) {
  return readSettings(new App({ analyticsReporting: false, context: { ...context } }).node);
}

describe("settings", () => {
  test("the files alone give a dev stage, so a synth needs no argument", () => {
    expect(settingsFrom(cdkJson.context)).toMatchObject({ stage: "dev", mailFrom: "noreply@fairway.example" });
  });

  test("prod takes values of its own", () => {
    expect(settingsFrom({ ...own, stage: "prod" })).toEqual({ ...own, stage: "prod" });
  });

  test("a provider of one's own needs three settings, the rest is as most providers have it", () => {
    expect(settingsFrom({ ...own, openIdProvider }).openIdProvider).toEqual({
      ...openIdProvider,
      audienceClaim: "aud",
      personClaim: "sub",
      scope: "openid offline_access",
      origins: [],
    });
  });

  test("prod is refused with placeholders, each named", () => {
    const read = () => settingsFrom({ ...cdkJson.context, stage: "prod" });
    expect(read).toThrow(SettingsInvalid);
    expect(read).toThrow(/mailFrom, portalUrl, portalCertificateArn, alarmMail/);
    const nested = { ...openIdProvider, issuer: "https://identity.fairway.example" };
    expect(() => settingsFrom({ ...own, stage: "prod", openIdProvider: nested })).toThrow(/openIdProvider/);
  });

  test.each([
    ["stage", "production"],
    ["openIdProvider", { ...openIdProvider, issuer: "http://identity.fairway.test/" }],
    ["openIdProvider", { issuer: openIdProvider.issuer }],
    ["openIdProvider", { ...openIdProvider, secret: "none" }],
    ["mailFrom", "nobody"],
    ["portalUrl", "portal"],
    ["portalCertificateArn", "arn:aws:acm:eu-north-1:123456789012:certificate/1"],
    ["monthlyBudgetUsd", 0],
  ])("%s cannot be %j", (name, value) => {
    const read = () => settingsFrom({ ...own, [name]: value });
    expect(read).toThrow(SettingsInvalid);
    expect(read).toThrow(name);
  });
});

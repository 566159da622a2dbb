import { describe, expect, test } from "vitest";
import { PRODUCTION, readable, resourceOf, resourcesOf, synthesise } from "./templates.ts";

const templates = synthesise(PRODUCTION);
const ownProvider = synthesise({
  openIdProvider: { issuer: "https://identity.fairway.test/", clientId: "portal", audience: "fairway" },
});
const { Identity, Api } = templates;

describe("identity stack", () => {
  const pool = resourceOf(Identity, "AWS::Cognito::UserPool");

  test("people sign in by passkey or mailed code; nobody signs up", () => {
    expect(pool.Properties).toMatchObject({
      UserPoolTier: "ESSENTIALS",
      UsernameAttributes: ["email"],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: expect.arrayContaining(["EMAIL_OTP", "WEB_AUTHN"]) } },
      WebAuthnUserVerification: "required",
    });
  });

  test("codes come from the same sender as all mails", () => {
    expect(pool.Properties.EmailConfiguration).toMatchObject({
      EmailSendingAccount: "DEVELOPER",
      From: "Fairway <noreply@fairway.test>",
    });
    expect(readable(templates, pool.Properties.EmailConfiguration.SourceArn)).toContain("identity/");
  });

  test("every token is made after the store has said whose it is", () => {
    const { PreTokenGenerationConfig } = pool.Properties.LambdaConfig;
    expect(PreTokenGenerationConfig).toMatchObject({ LambdaVersion: "V2_0" });
    expect(readable(templates, PreTokenGenerationConfig.LambdaArn)).toBe("PreTokenGenerationLive");
    // Cognito waits five seconds.
    const { Properties } = resourceOf(Identity, "AWS::Lambda::Function", "PreTokenGeneration");
    expect(Properties.Timeout).toBeLessThanOrEqual(5);
  });

  test("new people of the table, and nothing else of it, are enrolled", () => {
    const source = resourceOf(Identity, "AWS::Lambda::EventSourceMapping", "EnrolSource").Properties;
    expect(readable(templates, source.FunctionName)).toBe("EnrolLive:live");
    expect(source.FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      { eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix: "PERSON#" }] }, sk: { S: ["PERSON"] } } } },
    ]);
  });

  test("the portal is a public client with code and rotating tokens, and answers about unknown people like about known", () => {
    expect(resourceOf(Identity, "AWS::Cognito::UserPoolClient").Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: ["https://portal.fairway.test/signed-in"],
      LogoutURLs: ["https://portal.fairway.test/"],
      PreventUserExistenceErrors: "ENABLED",
      EnableTokenRevocation: true,
      RefreshTokenRotation: { Feature: "ENABLED" },
    });
  });

  test("who is in the pool of prod is not deleted by accident", () => {
    expect(pool.DeletionPolicy).toBe("Retain");
    expect(pool.Properties.DeletionProtection).toBe("ACTIVE");
  });

  test("the API takes tokens of the pool's client, and the person from the claim that the trigger sets", () => {
    const { AUDIENCE, AUDIENCE_CLAIM, ISSUER, PERSON_CLAIM } = resourceOf(Api, "AWS::Lambda::Function", "Query")
      .Properties.Environment.Variables;
    expect({ AUDIENCE_CLAIM, PERSON_CLAIM }).toEqual({ AUDIENCE_CLAIM: "client_id", PERSON_CLAIM: "person_id" });
    expect(readable(templates, ISSUER)).toBe("People.ProviderURL");
    expect(readable(templates, AUDIENCE)).toBe("PeoplePortal");
  });
});

describe("a provider of one's own", () => {
  test("replaces the pool: there is no identity stack, and the API takes its tokens", () => {
    expect(resourcesOf(ownProvider.Identity, "AWS::Cognito::UserPool")).toEqual({});
    const { Variables } = resourceOf(ownProvider.Api, "AWS::Lambda::Function", "Command").Properties.Environment;
    expect(Variables).toMatchObject({
      ISSUER: "https://identity.fairway.test/",
      AUDIENCE: "fairway",
      AUDIENCE_CLAIM: "aud",
      PERSON_CLAIM: "sub",
    });
  });
});

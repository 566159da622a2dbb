import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CognitoRefused, createCognitoUsers, signedHeaders } from "../../../functions/adapters/cognito-users.ts";

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  sessionToken: "session",
};
const at = new Date("2026-03-02T09:00:00Z");

describe("adding somebody to a user pool", () => {
  let answer: { status: number; body: string };
  let asked: { headers: IncomingHttpHeaders; body: unknown }[];
  let endpoint: string;
  let close: () => void;
  beforeEach(async () => {
    asked = [];
    answer = { status: 200, body: "{}" };
    const server = createServer(async (request, response) => {
      asked.push({ headers: request.headers, body: JSON.parse(await text(request)) });
      response.writeHead(answer.status).end(answer.body);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("A TCP server has a numbered port.");
    endpoint = `http://127.0.0.1:${address.port}/`;
    close = () => server.close();
  });
  afterEach(() => close());

  const add = (email: string) =>
    createCognitoUsers({
      userPoolId: "eu-north-1_Pool",
      region: "eu-north-1",
      credentials,
      endpoint,
      now: () => at,
    }).add(email);

  test("makes a user without a password and sends no mail", async () => {
    await add("one@company.test");
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers).toMatchObject({
      "x-amz-target": "AWSCognitoIdentityProviderService.AdminCreateUser",
      authorization: expect.stringContaining("Credential=AKIDEXAMPLE/20260302/eu-north-1/cognito-idp/aws4_request"),
    });
    expect(asked[0]?.body).toEqual({
      UserPoolId: "eu-north-1_Pool",
      Username: "one@company.test",
      UserAttributes: [
        { Name: "email", Value: "one@company.test" },
        { Name: "email_verified", Value: "true" },
      ],
      MessageAction: "SUPPRESS",
    });
  });

  test("somebody who is there already is no error, so an event may come twice", async () => {
    answer = { status: 400, body: JSON.stringify({ __type: "UsernameExistsException", message: "User exists" }) };
    await expect(add("one@company.test")).resolves.toBeUndefined();
  });

  test.each([
    [400, JSON.stringify({ __type: "TooManyRequestsException", message: "one@company.test" }), "TooManyRequests"],
    [503, "busy", "503"],
  ])("a refusal with %i is told by its name, without the address", async (status, body, named) => {
    answer = { status, body };
    const failed = add("one@company.test");
    await expect(failed).rejects.toThrow(CognitoRefused);
    await expect(failed).rejects.toThrow(named);
    await expect(failed).rejects.not.toThrow("company");
  });

  test("a request is signed as the AWS SDK signs it", () => {
    const url = new URL("https://cognito-idp.eu-north-1.amazonaws.com/");
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.AdminCreateUser",
    };
    const request = { url, headers, body: '{"a":"ä"}', region: "eu-north-1", service: "cognito-idp", credentials, at };
    // Made once with @smithy/signature-v4 for the very same request.
    expect(signedHeaders(request).authorization).toContain(
      "Signature=c9baeecb84f7de3cd2d47147f88c527967ca32b020e3ee8570ab60aed340d597",
    );
  });
});

import { describe, expect, test } from "vitest";
import { createTokenVerifier } from "../../../functions/api/token.ts";
import { followToCode, openBrowser, openSignIn, redeemCode, requestCode } from "../../support/sign-in.ts";
import { OWNER, startIdentity } from "./identity-system.ts";

const MINUTE_MS = 60_000;

type System = Awaited<ReturnType<typeof startIdentity>>;

/** A browser that stands on the sign-in page. */
async function arrive(system: System) {
  const browser = openBrowser();
  const request = requestCode(system.discovery);
  const { url, csrfToken } = await openSignIn(browser, request.url);
  return {
    browser,
    request,
    url,
    askForCode: (email: string) => browser.post(`${url}/email`, { csrfToken, email }),
    enter: (code: string) => browser.post(`${url}/code`, { csrfToken, code }),
  };
}

/** Six digits that are not `code`. */
function anotherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, "0");
}

describe("signing in by a mailed code", () => {
  test("gives the person who reads the mailbox a token", async () => {
    await using system = await startIdentity();
    const visitor = await arrive(system);

    const asked = await visitor.askForCode(" Owner@Company.example ");
    expect(asked.status).toBe(303);
    const page = await visitor.browser.get(new URL(asked.headers.get("location") ?? "", visitor.url).href);
    expect(await page.text()).toContain("Enter your code");
    const [mail] = system.mails;
    expect(mail).toEqual({ email: OWNER.email, code: expect.stringMatching(/^\d{6}$/) });

    const code = await followToCode(visitor.browser, await visitor.enter(` ${mail?.code} `), visitor.request);
    const { access_token: token } = await redeemCode(system.discovery, code, visitor.request);
    const verifier = createTokenVerifier({
      issuer: system.issuer,
      audience: "fairway-api",
      jwks: () => system.jwks,
    });
    await expect(verifier.verify(`Bearer ${token}`)).resolves.toEqual({ personId: OWNER.personId });
  });

  test("forgives four wrong codes and no fifth", async () => {
    await using system = await startIdentity();
    const visitor = await arrive(system);
    await visitor.askForCode(OWNER.email);
    const code = system.mails[0]?.code ?? "";
    for (const triesLeft of [4, 3, 2, 1]) {
      const refused = await visitor.enter(anotherThan(code));
      expect(refused.status).toBe(422);
      expect(await refused.text()).toContain(`Tries left: ${triesLeft}.`);
    }
    expect(await (await visitor.enter(anotherThan(code))).text()).toContain("no longer valid");
    const late = await visitor.enter(code);
    expect(late.status).toBe(422);
    expect(await late.text()).toContain("no longer valid");
  });

  test("takes the right code after wrong ones, and not for a slip of the finger", async () => {
    await using system = await startIdentity();
    const visitor = await arrive(system);
    await visitor.askForCode(OWNER.email);
    const code = system.mails[0]?.code ?? "";
    for (let slip = 0; slip < 6; slip += 1) expect((await visitor.enter("12345")).status).toBe(422);
    await visitor.enter(anotherThan(code));
    expect((await visitor.enter(code)).status).toBe(303);
  });

  test("takes a code for ten minutes", async () => {
    await using system = await startIdentity();
    const visitor = await arrive(system);
    await visitor.askForCode(OWNER.email);
    system.clock.offsetMs = 10 * MINUTE_MS + 1;
    const late = await visitor.enter(system.mails[0]?.code ?? "");
    expect(late.status).toBe(422);
    expect(await late.text()).toContain("no longer valid");
  });

  test("takes the newest code only", async () => {
    await using system = await startIdentity();
    const visitor = await arrive(system);
    await visitor.askForCode(OWNER.email);
    await visitor.askForCode(OWNER.email);
    const [older = "", newest = ""] = system.mails.map((mail) => mail.code);
    // Once in a million runs the two codes are the same.
    expect((await visitor.enter(older)).status).toBe(older === newest ? 303 : 422);
    expect((await visitor.enter(newest)).status).toBe(303);
  });

  test("takes a code in the browser it was asked for in, and nowhere else", async () => {
    await using system = await startIdentity();
    const visitor = await arrive(system);
    const other = await arrive(system);
    await visitor.askForCode(OWNER.email);
    const code = system.mails[0]?.code ?? "";
    expect((await other.enter(code)).status).toBe(422);
    expect((await visitor.enter(code)).status).toBe(303);
  });

  test("answers an unknown and a blocked address like a known one, and mails nothing", async () => {
    await using system = await startIdentity();
    system.people.set("person-blocked", {
      ...OWNER,
      personId: "person-blocked",
      email: "blocked@company.example",
      blocked: true,
    });
    const answers = [];
    for (const email of [OWNER.email, "nobody@company.example", "blocked@company.example"]) {
      const visitor = await arrive(system);
      const asked = await visitor.askForCode(email);
      const wrong = await visitor.enter(anotherThan(system.mails[0]?.code ?? ""));
      const text = await wrong.text();
      answers.push([
        asked.status,
        asked.headers.get("location")?.replace(/sign-in\/[\w-]+/, ""),
        wrong.status,
        /Tries left: \d/.exec(text)?.[0],
      ]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(system.mails.map((mail) => mail.email)).toEqual([OWNER.email]);
  });

  test("refuses someone who was blocked while the mail was on its way", async () => {
    await using system = await startIdentity();
    const visitor = await arrive(system);
    await visitor.askForCode(OWNER.email);
    system.people.set(OWNER.personId, { ...OWNER, blocked: true });
    expect((await visitor.enter(system.mails[0]?.code ?? "")).status).toBe(403);
  });

  test("mails one address five codes an hour, and tells unknown addresses the same", async () => {
    await using system = await startIdentity();
    for (const email of [OWNER.email, "nobody@company.example"]) {
      for (let request = 0; request < 5; request += 1) {
        expect((await (await arrive(system)).askForCode(email)).status).toBe(303);
      }
      const refused = await (await arrive(system)).askForCode(email);
      expect(refused.status).toBe(429);
      expect(await refused.text()).toContain("Wait an hour");
    }
    expect(system.mails).toHaveLength(5);
    system.clock.offsetMs = 60 * MINUTE_MS;
    expect((await (await arrive(system)).askForCode(OWNER.email)).status).toBe(303);
  });

  test("limits what one caller may ask for", async () => {
    await using system = await startIdentity();
    const visitor = await arrive(system);
    for (let request = 0; request < 30; request += 1) {
      expect((await visitor.askForCode(`person-${request}@company.example`)).status).toBe(303);
    }
    expect((await visitor.askForCode(OWNER.email)).status).toBe(429);
  });

  test.each(["", "owner", "owner@company", "a b@company.example", `${"x".repeat(260)}@company.example`])(
    "says what an address looks like when given %j",
    async (email) => {
      await using system = await startIdentity();
      const refused = await (await arrive(system)).askForCode(email);
      expect(refused.status).toBe(422);
      const text = await refused.text();
      expect(text).toContain("name@company.example");
      expect(text).toContain('aria-invalid="true"');
    },
  );
});

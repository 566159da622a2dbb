import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { errors, type Interaction, type Provider } from "oidc-provider";
import { reportError } from "../report.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { MailedCodes } from "./mailed-codes.ts";
import type { Failure, FormContext, Pages } from "./pages.ts";
import { languageFrom, type Words, wordsIn } from "./words.ts";

/**
 * The sign-in pages: choose a sample person, or prove an e-mail address with a mailed code.
 *
 * 1. Looking changes nothing; every decision is a POST with the token of its own sign-in (mail scanners follow links).
 * 2. A sign-in is bound to the browser that began it, by the interaction cookie of `oidc-provider`.
 * 3. Answers for a known, an unknown and a blocked address are the same, also in time: mail is not awaited.
 */
export interface SignInPages {
  /** Answers when `path` (below the issuer) is a page of the sign-in; says whether it did. */
  handle(path: string, req: IncomingMessage, res: ServerResponse): Promise<boolean>;
}

interface SignInOptions {
  readonly provider: Provider;
  /** Path of the issuer, without a trailing slash. */
  readonly mountPath: string;
  readonly accounts: Accounts;
  readonly codes: MailedCodes;
  readonly pages: Pages;
  readonly csrfSecret: string;
  sendCode(to: Account, code: string): Promise<void>;
  /** Who asks, for the rate limit: an address of the network. */
  callerOf(req: IncomingMessage): string;
}

/** A sign-in under way, its form fields read when it was posted. */
interface Visit {
  readonly interaction: Interaction;
  readonly form: FormContext;
  readonly fields: URLSearchParams;
  readonly words: Words;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** The sign-in cannot go on; the page says why and what to do. */
class SignInRefused extends Error {
  override name = "SignInRefused" as const;
  readonly status: number;
  readonly failure: Failure;
  constructor(status: number, failure: Failure) {
    super(failure);
    this.status = status;
    this.failure = failure;
  }
}

const MAX_FORM_BYTES = 8 * 1024;
const LOOKS_LIKE_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function createSignInPages(options: SignInOptions): SignInPages {
  const { provider, mountPath, accounts, codes, pages } = options;

  const actions: Readonly<Record<string, (visit: Visit) => Promise<void>>> = {
    "GET ": chooseHow,
    "GET /code": async ({ form, res }) => send(res, 200, pages.enterCode(form)),
    "POST /sample-person": signInAsSamplePerson,
    "POST /email": mailCode,
    "POST /code": redeemCode,
  };

  async function chooseHow(visit: Visit): Promise<void> {
    // Nobody is asked to consent to Fairway's own portal, even when a client asks to ask.
    if (visit.interaction.prompt.name === "consent") return finish(visit, { consent: {} });
    send(visit.res, 200, pages.chooseHow(visit.form, await openSamplePeople()));
  }

  async function openSamplePeople() {
    const people = await accounts.samplePeople();
    return people.filter((person) => person.sample && !person.blocked);
  }

  async function signInAsSamplePerson(visit: Visit): Promise<void> {
    const personId = visit.fields.get("personId");
    const person = (await openSamplePeople()).find((candidate) => candidate.personId === personId);
    if (person === undefined) throw new SignInRefused(403, "mayNotSignIn");
    await signIn(visit, person.personId, "sample");
  }

  async function mailCode(visit: Visit): Promise<void> {
    const { form, fields, words, req, res } = visit;
    const email = (fields.get("email") ?? "").trim().toLowerCase();
    const refuse = async (status: number, message: string) =>
      send(res, status, pages.chooseHow(form, await openSamplePeople(), { message, typed: email }));
    if (email.length > 254 || !LOOKS_LIKE_EMAIL.test(email)) {
      return refuse(422, words.notAnAddress);
    }
    const account = await accounts.findByEmail(email);
    const reader = account === undefined || account.blocked ? undefined : account;
    const signInId = visit.interaction.uid;
    const code = codes.issue({ signInId, email, caller: options.callerOf(req), personId: reader?.personId });
    if (code === undefined) return refuse(429, words.tooManyCodes);
    if (reader !== undefined) mailInBackground(reader, code);
    redirect(res, `${form.path}/code`);
  }

  function mailInBackground(to: Account, code: string): void {
    const report = (error: unknown) => reportError("The sign-in code could not be mailed.", error);
    try {
      options.sendCode(to, code).catch(report);
    } catch (error) {
      report(error);
    }
  }

  async function redeemCode(visit: Visit): Promise<void> {
    const { form, fields, words, res } = visit;
    const code = (fields.get("code") ?? "").replace(/\s/g, "");
    const refuse = (message: string) => send(res, 422, pages.enterCode(form, { message }));
    // A slip of the finger costs no try.
    if (!/^\d{6}$/.test(code)) return refuse(words.sixDigits);
    const redemption = codes.redeem(visit.interaction.uid, code);
    switch (redemption.outcome) {
      case "wrong":
        return refuse(words.wrongCode(redemption.triesLeft));
      case "used up":
        return refuse(words.usedUp);
      case "accepted":
        return signIn(visit, redemption.personId, "otp");
    }
  }

  async function signIn(visit: Visit, personId: string, method: string): Promise<void> {
    const account = await accounts.find(personId);
    if (account === undefined || account.blocked) throw new SignInRefused(403, "mayNotSignIn");
    await finish(visit, { login: { accountId: personId, amr: [method] } });
  }

  async function finish({ req, res }: Visit, result: Parameters<Provider["interactionFinished"]>[2]): Promise<void> {
    await provider.interactionFinished(req, res, result);
  }

  function csrfTokenOf(interaction: Interaction): string {
    return createHmac("sha256", options.csrfSecret).update(interaction.uid).digest("base64url");
  }

  /** @throws SignInRefused when this browser did not begin this sign-in, or the form is not one of ours. */
  async function open(signInId: string, req: IncomingMessage, res: ServerResponse): Promise<Visit> {
    const interaction = await provider.interactionDetails(req, res).catch((error: unknown) => {
      throw error instanceof errors.SessionNotFound ? new SignInRefused(400, "expired") : error;
    });
    if (interaction.uid !== signInId) throw new SignInRefused(400, "expired");
    const csrfToken = csrfTokenOf(interaction);
    const fields = req.method === "POST" ? await readForm(req) : new URLSearchParams();
    if (req.method === "POST" && !isEqual(fields.get("csrfToken") ?? "", csrfToken)) {
      throw new SignInRefused(403, "expired");
    }
    const { ui_locales } = interaction.params;
    const language = languageFrom(typeof ui_locales === "string" ? ui_locales : undefined, acceptedBy(req));
    const form = { path: `${mountPath}/sign-in/${signInId}`, csrfToken, language };
    return { interaction, form, fields, words: wordsIn(language), req, res };
  }

  return {
    async handle(path, req, res) {
      const match = /^\/sign-in\/([\w-]+)(\/[\w-]+)?$/.exec(path);
      const signInId = match?.[1];
      const method = req.method === "HEAD" ? "GET" : req.method;
      const act = match && actions[`${method} ${match[2] ?? ""}`];
      if (signInId === undefined || !act) return false;
      try {
        await act(await open(signInId, req, res));
      } catch (error) {
        if (!(error instanceof SignInRefused)) throw error;
        send(res, error.status, pages.failure(languageFrom(acceptedBy(req)), error.failure));
      }
      return true;
    },
  };
}

/** The languages that the browser asks for. */
const acceptedBy = (req: IncomingMessage): string | undefined => req.headers["accept-language"];

function send(res: ServerResponse, status: number, html: string): void {
  res.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(html);
}

function redirect(res: ServerResponse, location: string): void {
  res.writeHead(303, { location }).end();
}

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req) {
    bytes += chunk.length;
    if (bytes > MAX_FORM_BYTES) {
      throw new SignInRefused(413, "tooLong");
    }
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

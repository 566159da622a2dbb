/** The portal as people of the sample programme use it: each signed in, in a browser of their own. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { PORTAL_CONFIG_PATH } from "../../shared/contracts/portal-headers.ts";
import { launchBrowser } from "./browser.ts";
import { type RunningFairway, startFairway } from "./fairway.ts";
import type { SamplePerson } from "./people.ts";
import { openBrowser, signInWith } from "./sign-in.ts";

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** Disposing of it closes the person's browser. */
export interface Visit extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about, and whatever the page fetched from elsewhere. */
  readonly complaints: readonly string[];
}

interface VisitOptions extends Pick<BrowserContextOptions, "viewport" | "locale" | "colorScheme" | "reducedMotion"> {
  /** Sample people have languages of their own; tests read English unless they say so. */
  readonly language?: string;
}

/** A system with its portal and a browser, of a test file's own. */
export interface Portal extends RunningFairway {
  /** A browser in which nobody has signed in. */
  open(path?: string, options?: VisitOptions): Promise<Visit>;
  /** An address of the portal as somebody sees it who has signed in, by the provider's own way but without its pages. */
  visitAs(person: SamplePerson, path?: string, options?: VisitOptions): Promise<Visit>;
}

export async function startPortal(options: Parameters<typeof startFairway>[0] = {}): Promise<Portal> {
  const [fairway, browser] = await Promise.all([startFairway({ ...options, portal: true }), launchBrowser()]);
  const { url } = fairway;
  return {
    ...fairway,
    async open(path = "/", options) {
      const visit = await openAt({ browser, url }, options);
      await visit.page.goto(url + path);
      return visit;
    },
    async visitAs(person, path = "/", options) {
      const visit = await openAt({ browser, url }, options);
      await signInAs(visit, url, person);
      await visit.page.goto(url + path);
      // Of a page of the portal: those before it bear its name.
      await visit.page.getByRole("heading", { level: 1 }).filter({ hasNotText: "Fairway" }).waitFor();
      return visit;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await fairway[Symbol.asyncDispose]();
    },
  };
}

/** A browser that stands at the portal's origin, with no page of it yet. */
async function openAt(
  { browser, url }: { readonly browser: Browser; readonly url: string },
  { viewport = desktop, language = "en", ...more }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport, ...more });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== url) complaints.push(`fetched ${request.url()}`);
  });
  await page.goto(url + PORTAL_CONFIG_PATH);
  await page.evaluate((code) => localStorage.setItem("fairway.language", code), language);
  return { context, page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Leaves in the browser what the pages of a sign-in leave there: `web/session.ts`'s tokens and the provider's cookies. */
async function signInAs({ context, page }: Visit, url: string, person: SamplePerson): Promise<void> {
  const browser = openBrowser();
  const { access_token, refresh_token, id_token, expires_in } = await signInWith(browser, url, person);
  const ofProvider = { domain: new URL(url).hostname, path: "/identity" };
  await context.addCookies([...browser.cookies].map(([name, value]) => ({ name, value, ...ofProvider })));
  const tokens = {
    accessToken: access_token,
    refreshToken: refresh_token,
    idToken: id_token,
    expiresAtMs: Date.now() + expires_in * 1000,
  };
  await page.evaluate((kept) => sessionStorage.setItem("fairway.tokens", kept), JSON.stringify(tokens));
}

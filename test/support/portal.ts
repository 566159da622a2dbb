/** The portal as people of the sample programme use it: each signed in, in a browser of their own. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { type RunningFairway, startFairway } from "./fairway.ts";
import type { SamplePerson } from "./people.ts";

const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** Disposing of it closes the person's browser. */
export interface Visit extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about, and whatever the page fetched from elsewhere. */
  readonly complaints: readonly string[];
}

interface VisitOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Sample people have languages of their own; tests read English unless they say so. */
  readonly language?: string;
}

async function visitAs(
  { browser, url }: { readonly browser: Browser; readonly url: string },
  person: SamplePerson,
  path = "/",
  { viewport = desktop, language = "en" }: VisitOptions = {},
): Promise<Visit> {
  const localStorage = [{ name: "fairway.language", value: language }];
  const context = await browser.newContext({
    viewport,
    storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== url) complaints.push(`fetched ${request.url()}`);
  });
  await page.goto(url + path);
  const { welcome } = await wordsIn(language);
  await page.getByRole("button", { name: welcome.signIn, exact: true }).click();
  await page.locator(`button[value="${person}"]`).click();
  // Of a page of the portal: those before it bear its name.
  await page.getByRole("heading", { level: 1 }).filter({ hasNotText: "Fairway" }).waitFor();
  return { context, page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

async function wordsIn(language: string): Promise<{ readonly welcome: { readonly signIn: string } }> {
  const { default: words } = await import(`../../web/language/${language}/common.json`, { with: { type: "json" } });
  return words;
}

/** A system with its portal and a browser, of a test file's own. */
export interface Portal extends RunningFairway {
  /** Opens an address of the portal and signs in on the way to it. */
  visitAs(person: SamplePerson, path?: string, options?: VisitOptions): Promise<Visit>;
}

export async function startPortal(options: Parameters<typeof startFairway>[0] = {}): Promise<Portal> {
  const [fairway, browser] = await Promise.all([startFairway({ ...options, portal: true }), launchBrowser()]);
  return {
    ...fairway,
    visitAs: (...visit) => visitAs({ browser, url: fairway.url }, ...visit),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await fairway[Symbol.asyncDispose]();
    },
  };
}

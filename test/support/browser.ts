/** A real Chromium for tests: `CHROMIUM_PATH`, or the one inside `@sparticuz/chromium`. */
import chromiumPackage from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/** One for each test file; each test opens its own context in it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await chromiumPackage.executablePath()),
    // The package's own arguments switch off web security and processes of their own; a test wants neither.
    args: ["--no-sandbox", "--font-render-hinting=none"],
  });
}

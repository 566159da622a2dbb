/** What axe knows of accessibility, asked about a page as it is. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** A line for each element that breaks a rule. */
export async function axeFaults(
  page: Page,
  {
    within,
    rules = {},
  }: { readonly within?: string; readonly rules?: Readonly<Record<string, { enabled: boolean }>> } = {},
): Promise<readonly string[]> {
  // Half a megabyte, which a page needs once.
  const isThere = await page.evaluate(() => "axe" in globalThis);
  const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: ";" } : {}) })
    // There are no frames; this one opens no page of its own for each answer.
    .setLegacyMode()
    .options({ rules, resultTypes: ["violations"], preload: false });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

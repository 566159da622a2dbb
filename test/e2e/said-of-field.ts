/** What a browser says beside the field that it leads to when a form cannot be sent. */
import type { Page } from "playwright-core";

export const saidOfField = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement !== null && "validationMessage" in activeElement
      ? String(activeElement.validationMessage)
      : "";
  });

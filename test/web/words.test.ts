import { expect, test } from "vitest";
import { besideTitle } from "../../web/words.ts";

test("A company is named beside a pilot's title, unless the title begins with it", () => {
  expect(besideTitle("Sample Kestrel Oy: Sample staff rota", "Sample Kestrel Oy")).toBeNull();
  expect(besideTitle("Sample staff rota", "Sample Kestrel Oy")).toBe("Sample Kestrel Oy");
});

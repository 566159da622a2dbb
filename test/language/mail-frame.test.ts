import fc from "fast-check";
import { expect, test } from "vitest";
import { english } from "../../shared/language/en.ts";
import { subjectOf, textWithWhy } from "../../shared/language/mail-frame.ts";

test("A subject keeps what it is about, and the pilot's title as far as it fits", () => {
  const title = "Sample Granite d.o.o.: Sample parking guide for visitors";
  expect(subjectOf(english.mail, "Due: Localisation plan", { title: "Company: service", sample: false })).toBe(
    "Due: Localisation plan – Company: service",
  );
  expect(subjectOf(english.mail, "Due: Regulatory screening and showstoppers", { title, sample: true })).toBe(
    "[Sample] Due: Regulatory screening and showstoppers – Sample Granite d.o.o…",
  );
  fc.assert(
    fc.property(fc.stringMatching(/^\S{1,50}$/), fc.stringMatching(/^\S{1,120}$/), (about, long) => {
      const subject = subjectOf(english.mail, about, { title: long, sample: false });
      expect(subject.startsWith(`${about} – `)).toBe(true);
      expect(subject.length).toBeLessThanOrEqual(78);
    }),
  );
});

test("A mail ends with why it came and where to choose what comes", () => {
  expect(textWithWhy(english.mail, "Hello\n", "https://fairway.example/pilots/a")).toBe(
    "Hello\n\nYou get this because you have a part in the pilot. Choose what you are written to about: https://fairway.example/settings\n",
  );
});

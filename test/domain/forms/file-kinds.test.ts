import { describe, expect, test } from "vitest";
import { fileKindOf, isAccepted } from "../../../shared/domain/forms/file-kinds.ts";

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)));

/** The head of an archive whose first member has this name and content. */
const zip = (name: string, content = "") => bytes("PK", [3, 4], new Array(26).fill(0), name, content);

const samples = [
  ["report.pdf", bytes("%PDF-1.7\n")],
  ["shot.PNG", bytes([0x89], "PNG\r\n", [0x1a], "\n")],
  ["photo.jpg", bytes([0xff, 0xd8, 0xff, 0xe0])],
  ["plan.docx", zip("[Content_Types].xml")],
  ["plan.odt", zip("mimetype", "application/vnd.oasis.opendocument.text")],
  ["costs.ods", zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet")],
  ["map.svg", bytes("\uFEFF<?xml version='1.0'?><svg/>")],
] as const;

describe("the first bytes of a file", () => {
  test.each(samples)("are those of its kind: %s", (name, head) => {
    expect(fileKindOf(name)?.looksRight(head)).toBe(true);
  });

  test.each(samples)("are of no other kind than %s", (name, head) => {
    const others = samples.filter(([other]) => other !== name).map(([other]) => other);
    expect(others.filter((other) => fileKindOf(other)?.looksRight(head))).toEqual([]);
  });

  test("are wrong when there are none", () => {
    for (const [name] of samples) expect(fileKindOf(name)?.looksRight(new Uint8Array())).toBe(false);
  });
});

test("a list of extensions takes both spellings of jpg, and nothing by the middle of a name", () => {
  expect(isAccepted(["pdf", "jpg"], "a.JPEG")).toBe(true);
  expect(isAccepted(["pdf", "jpg"], "a.pdf.exe")).toBe(false);
  expect(isAccepted(["pdf"], "pdf")).toBe(false);
});

test("a page with scripts in it is no kind a form takes", () => {
  expect(fileKindOf("page.html")).toBeUndefined();
});

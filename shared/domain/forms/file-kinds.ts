/**
 * Kinds of file a form takes, and whether bytes look like what their name says. The first bytes cannot prove that a
 * file is harmless: they catch what was renamed or cut off, and nothing is ever run or shown as a page of ours.
 */
export interface FileKind {
  readonly contentType: string;
  /** A browser shows it without running anything in it. */
  readonly previewable: boolean;
  readonly looksRight: (head: Uint8Array) => boolean;
}

const startsWith =
  (...bytes: readonly number[]) =>
  (head: Uint8Array): boolean =>
    bytes.every((byte, at) => head[at] === byte);

const isZip = startsWith(0x50, 0x4b, 0x03, 0x04);

const asciiAt = (head: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...head.subarray(at, at + length));

/** OpenDocument: the first member of the archive is `mimetype`, not compressed (OpenDocument 1.3, part 2, 3.3). */
const isOpenDocument = (contentType: string) => (head: Uint8Array) =>
  isZip(head) && asciiAt(head, 30, 8) === "mimetype" && asciiAt(head, 38, contentType.length) === contentType;

/** Office Open XML: an archive that is no OpenDocument; its parts are named at the end of the file. */
const isOfficeXml = (head: Uint8Array): boolean => isZip(head) && asciiAt(head, 30, 8) !== "mimetype";

function isSvg(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head).trimStart();
  return /^<(\?xml|!--|!DOCTYPE svg|svg)[\s>]?/.test(text);
}

const odf = "application/vnd.oasis.opendocument.";
const ooxml = "application/vnd.openxmlformats-officedocument.";

/** By extension in lower case. */
const kinds = new Map<string, FileKind>([
  // Readers take up to 1024 bytes before the mark; writers put it first.
  ["pdf", kind("application/pdf", true, startsWith(0x25, 0x50, 0x44, 0x46, 0x2d))],
  ["png", kind("image/png", true, startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))],
  ["jpg", kind("image/jpeg", true, startsWith(0xff, 0xd8, 0xff))],
  ["jpeg", kind("image/jpeg", true, startsWith(0xff, 0xd8, 0xff))],
  ["docx", kind(`${ooxml}wordprocessingml.document`, false, isOfficeXml)],
  ["xlsx", kind(`${ooxml}spreadsheetml.sheet`, false, isOfficeXml)],
  ["odt", kind(`${odf}text`, false, isOpenDocument(`${odf}text`))],
  ["ods", kind(`${odf}spreadsheet`, false, isOpenDocument(`${odf}spreadsheet`))],
  // May carry scripts: saved, never shown.
  ["svg", kind("image/svg+xml", false, isSvg)],
]);

function kind(contentType: string, previewable: boolean, looksRight: FileKind["looksRight"]): FileKind {
  return { contentType, previewable, looksRight };
}

export const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";

/** Undefined for a kind no form takes. */
export const fileKindOf = (name: string): FileKind | undefined => kinds.get(extensionOf(name));

/** Whether a list such as ["pdf", "jpg"] takes the name; "jpeg" is another spelling of "jpg". */
export function isAccepted(accept: readonly string[], name: string): boolean {
  const extension = extensionOf(name);
  return accept.includes(extension === "jpeg" ? "jpg" : extension) || accept.includes(extension);
}

/** The files a form's values name, and whether they may be handed in. */

import type { FormSchema } from "../process.ts";
import { childPointer, type FormValues, fieldSchema, isRecord, uiOf } from "./form-schema.ts";
import { type FormProblem, problemOf } from "./validate.ts";

export interface Attachment {
  /** JSON Pointer of the attachment in the values. */
  readonly pointer: string;
  readonly fileId: string;
  readonly sha256?: string;
}

/** In the order of the values, at any depth. */
export function attachmentsIn(values: unknown, pointer = ""): readonly Attachment[] {
  if (Array.isArray(values)) return values.flatMap((value, at) => attachmentsIn(value, childPointer(pointer, at)));
  if (!isRecord(values)) return [];
  if (typeof values.fileId === "string") {
    const { fileId, sha256 } = values;
    return [{ pointer, fileId, ...(typeof sha256 === "string" ? { sha256 } : {}) }];
  }
  return Object.entries(values).flatMap(([name, value]) => attachmentsIn(value, childPointer(pointer, name)));
}

/** Files whose bytes have arrived and were checked: id → checksum. */
export type KnownFiles = ReadonlyMap<string, { readonly sha256: string }>;

/** Gaps for files that are not there or are others than the form says. What was handed in before is not asked again. */
export function attachmentProblems(
  form: FormSchema,
  values: FormValues,
  known: KnownFiles,
  handedInBefore: FormValues,
): readonly FormProblem[] {
  const before = new Set(attachmentsIn(handedInBefore).map(({ fileId }) => fileId));
  return attachmentsIn(values).flatMap(({ pointer, fileId, sha256 }) => {
    if (before.has(fileId)) return [];
    const file = known.get(fileId);
    const code =
      file === undefined ? "fileMissing" : sha256 !== undefined && sha256 !== file.sha256 ? "fileChanged" : undefined;
    if (code === undefined) return [];
    return [problemOf(form, pointer, "invalid", { code })];
  });
}

/** The values with the checksum of every known file in them, so that a revision's checksum covers its files. */
export function withChecksums(values: FormValues, known: KnownFiles): FormValues {
  const stamped = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(stamped);
    if (!isRecord(value)) return value;
    const file = typeof value.fileId === "string" ? known.get(value.fileId) : undefined;
    if (file !== undefined) return { ...value, sha256: file.sha256 };
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, stamped(member)]));
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, stamped(value)]));
}

const BYTES_PER_MEGABYTE = 1_000_000;

/** What an upload field takes; undefined when the pointer names no upload field of the form. */
export function uploadLimits(
  form: FormSchema,
  pointer: string,
): { readonly accept: readonly string[]; readonly maxBytes: number } | undefined {
  const ui = uiOf(fieldSchema(form, pointer));
  if (ui.widget !== "upload" || !Array.isArray(ui.accept) || typeof ui.maxMegabytes !== "number") return undefined;
  return {
    accept: ui.accept.filter((each) => typeof each === "string"),
    maxBytes: ui.maxMegabytes * BYTES_PER_MEGABYTE,
  };
}

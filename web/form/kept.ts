/**
 * What was typed and not sent yet, kept on this device under a name: it outlives a reload, a lost connection and an ended
 * session.
 */
import type * as z from "zod";

/** Undefined when nothing is kept, or something of another shape. */
export function readKept<Value>(name: string, schema: z.ZodType<Value>): Value | undefined {
  const text = localStorage.getItem(name);
  if (text === null) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** False when the device has no room for it. */
export function keep(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export const forgetKept = (name: string): void => localStorage.removeItem(name);

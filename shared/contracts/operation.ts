/**
 * What an operation of the API is, and the parts of its input that many share. The operations themselves are declared
 * by area in the files beside it; `operations.ts` makes one table of them.
 */
import * as z from "zod";
import { type Role, roles } from "../domain/actor.ts";

export interface Operation {
  readonly method: "GET" | "POST" | "PUT";
  /** Path parameters in braces, as in OpenAPI. */
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly roles: readonly Role[];
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodObject;
  readonly output: z.ZodType;
  /** Only where the clock can be moved: the embedded system with a sample programme. */
  readonly movableClockOnly?: true;
  /** Only where Step Functions runs embedded. */
  readonly embeddedOnly?: true;
}

/** Ids are ours or a client's: short, and safe in keys, paths and execution names. */
export const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "An id has letters, digits, dots, dashes.")
  .refine(isNobodysMember, "This is no id.");
/** Of an event of a pilot. */
export const eventId = z
  .string()
  .regex(/^PILOT#[A-Za-z0-9._-]{1,64}\/\d{1,9}$/)
  .meta({ examples: ["PILOT#an-id/7"] });
export const text = (max: number) => z.string().trim().min(1).max(max);
export const version = z.int().min(0);
export const date = z.iso.date();
export const instant = z.iso.datetime().describe("ISO 8601 UTC instant");
/** Somebody or an organisation, as they are called. */
export const personRef = z.object({ id: z.string(), name: z.string() });
export const cursor = z.string().max(2000).exactOptional();
/** Points by the id of the criterion. */
export const points = z.record(z.string().max(60), z.int().min(0).max(4));
export const none = z.strictObject({});

export const inPilot = z.strictObject({ pilotId: id });
export const inDeliverable = z.strictObject({ pilotId: id, deliverableId: id });

export const everyone = roles;
export const working = ["sme_member", "sme_admin", "advisor", "expert", "living_lab", "coordinator"] as const;
export const reading = [...working, "auditor"] as const;
export const sme = ["sme_member", "sme_admin"] as const;

/** Records are looked up by id: "constructor" must not find what every object has. */
export function isNobodysMember(name: string): boolean {
  return !(name in Object.prototype);
}

export const declare = <const Table extends Record<string, Operation>>(table: Table): Table => table;

import type { Json } from "./json.ts";

const ISO_INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The instant in ms of an ISO-8601 date-time with an offset, as Wait takes it. */
export function parseTimestamp(value: Json): number | undefined {
  const [, day] = (typeof value === "string" && ISO_INSTANT.exec(value)) || [];
  if (day === undefined) return undefined;
  const startOfDayMs = Date.parse(`${day}T00:00:00Z`);
  // Date takes the 30th of February for the 2nd of March.
  if (Number.isNaN(startOfDayMs) || !new Date(startOfDayMs).toISOString().startsWith(day)) return undefined;
  const ms = Date.parse(String(value));
  return Number.isNaN(ms) ? undefined : ms;
}

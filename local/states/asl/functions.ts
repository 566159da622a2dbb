/**
 * What Step Functions changes about JSONata: $eval is gone; $partition, $range, $hash, $random, $uuid and $parse are
 * added; $now and $millis tell the time of the transition.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
import { createHash } from "node:crypto";
import jsonata from "jsonata";
import { type Chance, chanceFrom } from "./chance.ts";

const HASHES: Readonly<Record<string, string>> = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

/** Measured on AWS: one element more is refused. */
const LONGEST_RANGE = 360_145;

export const MEMORY_LIMIT_EXCEEDED = "Expression evaluation memory limit exceeded";

const formatInstant = jsonata("$fromMillis($ms, $picture, $timezone)");

/** The bindings every expression sees beside `$states` and the variables. */
export function functionBindings(nowMs: number, chance: Chance): Record<string, unknown> {
  return {
    eval: undefined,
    partition,
    range,
    hash,
    parse,
    uuid: () => chance.uuid(),
    random: (seed?: unknown) => (seed === undefined ? chance : chanceFrom(JSON.stringify(seed))).random(),
    shuffle: (values?: unknown[]) => (values === undefined ? undefined : shuffle(values, chance)),
    millis: () => nowMs,
    now: (picture?: string, timezone?: string) =>
      picture === undefined && timezone === undefined
        ? new Date(nowMs).toISOString()
        : formatInstant.evaluate(undefined, { ms: nowMs, picture, timezone }),
  };
}

/** Towards zero, as measured on AWS. */
function wholeNumber(value: unknown): number | undefined {
  return typeof value === "number" ? Math.trunc(value) : undefined;
}

function partition(values: unknown, size: unknown): unknown {
  const step = wholeNumber(size);
  if (values === undefined || step === undefined || step < 1) return undefined;
  const all = Array.isArray(values) ? values : [values];
  if (all.length === 0) return undefined;
  return Array.from({ length: Math.ceil(all.length / step) }, (_, i) => all.slice(i * step, (i + 1) * step));
}

function range(first: unknown, last: unknown, by: unknown): unknown {
  const [start, end, step] = [wholeNumber(first), wholeNumber(last), wholeNumber(by)];
  if (start === undefined || end === undefined || step === undefined || step === 0) return undefined;
  if ((end - start) * step < 0) return undefined;
  const length = Math.floor((end - start) / step) + 1;
  if (length > LONGEST_RANGE) throw new Error(MEMORY_LIMIT_EXCEEDED);
  const numbers = Array.from({ length }, (_, i) => start + i * step);
  // A JSONata sequence, so that one number alone is that number, as on AWS.
  return Object.defineProperty(numbers, "sequence", { value: true });
}

function hash(data: unknown, algorithm: unknown): unknown {
  if (data === undefined || algorithm === undefined) return undefined;
  const name = typeof algorithm === "string" ? HASHES[algorithm] : undefined;
  if (name === undefined) throw new Error(`$hash knows ${Object.keys(HASHES).join(", ")}, not ${String(algorithm)}`);
  return createHash(name)
    .update(typeof data === "string" ? data : JSON.stringify(data))
    .digest("hex");
}

function parse(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== "string") throw new Error("$parse takes a string");
  return JSON.parse(text);
}

function shuffle(values: unknown[], chance: Chance): unknown[] {
  const shuffled = [...values];
  for (let i = shuffled.length - 1; i > 0; i -= 1) {
    const j = Math.floor(chance.random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  return shuffled;
}

/**
 * Errors on the screen of an embedded system: what happened and where, nothing of whom. Messages may quote what people
 * typed, addresses or tokens, so they stay out, as they do in the logs on AWS.
 */
import { type ErrorFacts, factsOf } from "../functions/log/error-facts.ts";

export function reportError(what: string, error: unknown): void {
  console.error(what, ...factsOf(error).map(described));
}

const described = ({ name, code, places }: ErrorFacts): string =>
  [`\n  ${name}${code === undefined ? "" : ` ${code}`}`, ...places.map((place) => `    ${place}`)].join("\n");

import { factsOf, placesOf } from "../log/error-facts.ts";

/** A line of a function's log: the error's name and place, and the request's id. No data of people. */
export function logError(error: unknown, more: Readonly<Record<string, string | undefined>> = {}): void {
  const [first, ...causes] = factsOf(error);
  const { name, ...facts } = first ?? { name: "Error" };
  console.error(
    JSON.stringify({ level: "error", error: name, ...more, ...facts, ...(causes.length > 0 ? { causes } : {}) }),
  );
}

/**
 * What is thrown in its place: Lambda writes the message and the stack of an error that leaves a function into the log by itself,
 * and hands both on to whoever called. The name stays, which state machines match.
 */
export function withoutWords(error: Error, requestId: string): Error {
  const bare = new Error(`The function's log says more, by the request's id: ${requestId}`);
  bare.name = error.name;
  bare.stack = [`${bare.name}: ${bare.message}`, ...placesOf(error).map((place) => `    ${place}`)].join("\n");
  return bare;
}

/** What may be said of an error where people read along: its name, code and places, and those of what it came from. */
export interface ErrorFacts {
  readonly name: string;
  readonly code?: string;
  /** Innermost first, as in its stack. */
  readonly places: readonly string[];
}

const PLACES = 6;
const CAUSES = 4;

/** Its message stays out: it may quote what people typed, addresses or tokens. The error first, then its causes. */
export function factsOf(error: unknown): readonly ErrorFacts[] {
  const facts = [factsOfOne(error)];
  let last = error;
  while (last instanceof Error && last.cause !== undefined && facts.length < CAUSES) {
    last = last.cause;
    facts.push(factsOfOne(last));
  }
  return facts;
}

function factsOfOne(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { name: typeof error, places: [] };
  return {
    name: error.name,
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    places: placesOf(error).slice(0, PLACES),
  };
}

/** Lines of a stack after its message, which may have lines of its own. */
export const placesOf = ({ stack = "" }: Error): readonly string[] =>
  stack.split("\n").flatMap((line) => (/^\s+at /.test(line) ? [line.trim()] : []));

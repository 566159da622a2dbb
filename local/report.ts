/**
 * Errors on the screen of an embedded system: what happened and where, nothing of whom. Messages may quote what people
 * typed, addresses or tokens, so they stay out, as they do in the logs on AWS.
 */
export function reportError(what: string, error: unknown): void {
  console.error(what, ...causesOf(error).map(described));
}

const FRAMES = 6;

function described(error: unknown): string {
  if (!(error instanceof Error)) return `\n  ${typeof error}`;
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return `\n  ${error.name}${code}\n${frames.slice(0, FRAMES).join("\n")}`;
}

/** The error and what it came from. */
function causesOf(error: unknown): readonly unknown[] {
  const causes = [error];
  let last = error;
  while (last instanceof Error && last.cause !== undefined && causes.length < 4) {
    last = last.cause;
    causes.push(last);
  }
  return causes;
}

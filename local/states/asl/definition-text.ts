/** The text of a definition. What is wrong with it as JSON is said as Step Functions' own parser says it. */
import { type Diagnostic, InvalidDefinition } from "./refusals.ts";

/** @throws InvalidDefinition when the text is no JSON */
export function parseDefinition(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidDefinition([problemIn(text, error)]);
  }
}

/** How much of the text a location shows. */
const SHOWN_CHARACTERS = 500;

const TOKEN = /"(?:[^"\\]|\\.)*"|[A-Za-z_$][\w$]*|\S/g;

function problemIn(text: string, error: unknown): Diagnostic {
  const word = unknownWord(text);
  const reason =
    word === undefined
      ? messageOf(error)
      : `Unrecognized token '${word.text}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
  const location = locationIn(text, word?.end ?? positionIn(error) ?? text.length);
  return { code: "INVALID_JSON_DESCRIPTION", message: `${reason}\n at ${location}`, location };
}

/** The first word where a value belongs that is none. */
function unknownWord(text: string): { text: string; end: number } | undefined {
  let before: string | undefined;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const isWord = /^[A-Za-z_$]/.test(token) && !["true", "false", "null"].includes(token);
    if (isWord) {
      const isValue = before === undefined || before === ":" || before === "[";
      return isValue ? { text: token, end: index + token.length } : undefined;
    }
    before = token;
  }
  return undefined;
}

function locationIn(text: string, position: number): string {
  const lines = text.slice(0, position).split("\n");
  const left = text.length - SHOWN_CHARACTERS;
  const shown = left > 0 ? `"${text.slice(0, SHOWN_CHARACTERS)}"[truncated ${left} chars]` : `"${text}"`;
  return `[Source: (String)${shown}; line: ${lines.length}, column: ${(lines.at(-1)?.length ?? 0) + 1}]`;
}

function positionIn(error: unknown): number | undefined {
  const [, position] = / at position (\d+)/.exec(messageOf(error)) ?? [];
  return position === undefined ? undefined : Number(position);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

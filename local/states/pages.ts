/** Long lists in pages: a token says where the next page begins, and for which list it was given out. */
import { InvalidToken } from "./errors.ts";

export interface Page {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** 100 unless `maxResults` (0 counts as nothing said) asks for another number up to 1000. */
export function pageSize(maxResults: number | undefined): number {
  return Math.min(Math.max(1, Math.trunc(maxResults ?? 100) || 100), 1000);
}

/** The position a token stands for. @throws InvalidToken when it is of another list, or of none. */
export function positionIn(list: string, token: string): string {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (!text.startsWith(`${list}\n`)) throw new InvalidToken();
  return text.slice(list.length + 1);
}

export function numberIn(list: string, token: string): number {
  const position = Number(positionIn(list, token));
  if (!Number.isSafeInteger(position)) throw new InvalidToken();
  return position;
}

export function pageToken(list: string, position: string | number): string {
  return Buffer.from(`${list}\n${position}`).toString("base64url");
}

/**
 * One page of `limit` from rows that were fetched with one more than that, so that an end is known to be one.
 * `position` is where the page ends, which the fetch for the next one starts behind.
 */
export function pageOf<T>(
  list: string,
  rows: readonly T[],
  limit: number,
  position: (last: T) => string | number,
): { page: readonly T[]; nextToken?: string } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { page, ...(hasMore && { nextToken: pageToken(list, position(last)) }) };
}

/** Somebody away, in whose seat this tab acts: kept for the tab and the reload, for one membership only. */
export interface Seat {
  readonly membershipId: string;
  readonly personId: string;
  readonly name: string;
  /** The last day, as a date. */
  readonly until: string;
}

const seatKey = "fairway.seat";

/** What a tab kept for another membership, or somebody else wrote there, is no seat. */
export function keptSeat(membershipId: string | undefined): Seat | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(seatKey) ?? "null");
    return isSeat(kept) && kept.membershipId === membershipId ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keepSeat(seat: Seat | undefined): void {
  if (seat === undefined) sessionStorage.removeItem(seatKey);
  else sessionStorage.setItem(seatKey, JSON.stringify(seat));
}

function isSeat(kept: unknown): kept is Seat {
  if (typeof kept !== "object" || kept === null) return false;
  const { membershipId, personId, name, until }: Partial<Record<keyof Seat, unknown>> = kept;
  return [membershipId, personId, name, until].every((member) => typeof member === "string");
}

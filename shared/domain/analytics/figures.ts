/** A number with the pilots behind it. */
export interface Figure {
  readonly count: number;
  /** Each once. */
  readonly pilotIds: string[];
}

/** Of things that belong to pilots: each named by its pilot. */
export const figureOf = (pilotIds: readonly string[]): Figure => ({
  count: pilotIds.length,
  pilotIds: [...new Set(pilotIds)],
});

/** Names by what they belong to, in the order in which they first come. */
export function grouped<Thing, Key>(things: Iterable<Thing>, keyOf: (thing: Thing) => Key): Map<Key, Thing[]> {
  const groups = new Map<Key, Thing[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [thing]);
    else group.push(thing);
  }
  return groups;
}

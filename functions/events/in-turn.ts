/**
 * One after the other for each key, in the order of asking: where many events end in one item, the calls of a process
 * need not be each other's rivals. Other processes still are; the store's versions keep them apart.
 */
export function createTurns(): <Answer>(key: string, act: () => Promise<Answer>) => Promise<Answer> {
  const last = new Map<string, Promise<unknown>>();
  return (key, act) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(act);
    const over = mine.then(
      () => {},
      () => {},
    );
    last.set(key, over);
    void over.then(() => {
      if (last.get(key) === over) last.delete(key);
    });
    return mine;
  };
}

/** Deliverables that rules know one by one. Apart from the rules, so that a page can ask without loading them. */
import type { Deliverable } from "./state.ts";

export const isBusinessCase = ({ definitionId }: Pick<Deliverable, "definitionId">): boolean => definitionId === "FS-5";

/** A review that is being written, kept on this device until it is sent: it outlives a reload and an ended session. */
import { useState } from "react";
import * as z from "zod";
import { forgetKept, keep, readKept } from "../../form/kept.ts";

const unsentReview = z.object({
  /** By criterion. */
  points: z.record(z.string(), z.int().min(0).max(4)),
  criterionComments: z.record(z.string(), z.string()),
  /** By pointer of the field. */
  fieldComments: z.record(z.string(), z.string()),
});
export type UnsentReview = z.infer<typeof unsentReview>;

interface ReviewKey {
  readonly personId: string;
  readonly pilotId: string;
  readonly deliverableId: string;
  /** The next one is another text and has a review of its own. */
  readonly revision: number;
}

export function useUnsentReview(key: ReviewKey) {
  const [review, setReview] = useState(() => readKept(nameOf(key), unsentReview) ?? nothing);
  const [isKept, setKept] = useState(true);
  return {
    review,
    /** False when the device has no room for it. */
    isKept,
    change(changes: Partial<UnsentReview>): void {
      const next = { ...review, ...changes };
      setReview(next);
      setKept(keep(nameOf(key), next));
    },
    forget: (): void => forgetKept(nameOf(key)),
  };
}

const nothing: UnsentReview = { points: {}, criterionComments: {}, fieldComments: {} };

const nameOf = ({ personId, pilotId, deliverableId, revision }: ReviewKey) =>
  `fairway.review.${personId}.${pilotId}.${deliverableId}.${revision}`;

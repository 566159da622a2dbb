/** Some derived fields rest on other deliverables; whichever they ask for is fetched once. */
import { useEffect, useMemo, useRef, useState } from "react";
import type { PilotView } from "../../shared/contracts/views.ts";
import type { DerivedContext } from "../../shared/domain/forms/derived.ts";
import type { FormValues } from "../../shared/domain/forms/form-schema.ts";
import { usePortal } from "../portal.ts";

/** Until an answer is there, and where the person may not read it, a deliverable counts as not accepted. */
export function useDerivedContext(pilot: PilotView): DerivedContext {
  const { call } = usePortal();
  const [accepted, setAccepted] = useState<ReadonlyMap<string, FormValues>>(new Map());
  const asked = useRef(new Map<string, "asked" | "fetched">());
  const { id: pilotId, supportHours, aidEur, deliverables } = pilot;

  useEffect(() => {
    for (const [definitionId, state] of asked.current) {
      if (state === "fetched") continue;
      asked.current.set(definitionId, "fetched");
      const source = deliverables.find((each) => each.definitionId === definitionId && each.status === "accepted");
      if (source === undefined) continue;
      call("getDeliverable", { params: { pilotId, deliverableId: source.id } }).then(
        ({ submitted }) => {
          if (submitted !== undefined) setAccepted((known) => new Map(known).set(definitionId, submitted.values));
        },
        () => undefined,
      );
    }
  });

  return useMemo(
    () => ({
      supportHours,
      aidEur,
      accepted: (definitionId) => {
        if (!asked.current.has(definitionId)) asked.current.set(definitionId, "asked");
        return accepted.get(definitionId);
      },
    }),
    [accepted, supportHours, aidEur],
  );
}

/** The sample pilots: one for every place and turn of the process that people want to see. */
import { key } from "../../shared/contracts/items.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Store } from "../../shared/ports/store.ts";
import {
  applies,
  isAdmitted,
  isAtGate,
  isHeld,
  isSentBack,
  passesGate,
  skippingTheNextStage,
  stopping,
  waits,
  withCondition,
  withdraws,
  works,
} from "./steps.ts";
import { type Step, type Walk, walkPilot } from "./walk.ts";

const admitted = [applies, isAdmitted];
const throughNeeds = [...admitted, works("needs"), passesGate()];
const throughFeasibility = [...throughNeeds, works("feasibility"), passesGate()];
const throughAdaptation = [...throughFeasibility, works("adaptation"), passesGate()];

const northern = { coordinator: "coordinator-1", team: ["advisor-1", "expert-1", "expert-2", "lab-1"] };
const baltic = { coordinator: "coordinator-2", team: ["advisor-2", "expert-2", "expert-3", "lab-1"] };
const balkan = { coordinator: "coordinator-1", team: ["advisor-3", "expert-3", "expert-1", "lab-2"] };

export const samplePilots: readonly Walk[] = [
  pilot("sample-applied-cloudberry", "cloudberry", ["SE", "FI"], northern, [applies]),
  pilot("sample-applied-drift", "drift", ["RS", "BG"], northern, [applies, waits(1)]),
  pilot("sample-needs", "birch", ["LV", "EE"], northern, [...admitted, works("needs", { until: 10 })]),
  pilot("sample-overdue", "heron", ["LT", "LV"], balkan, [...admitted, works("needs", { until: 6 }), waits(10)]),
  pilot("sample-at-gate-1", "larch", ["BG", "HR"], baltic, [...admitted, works("needs"), isAtGate()]),
  pilot("sample-conditions", "elder", ["SE", "LV"], baltic, [
    ...admitted,
    works("needs"),
    passesGate(withCondition),
    works("feasibility", { until: 18 }),
  ]),
  pilot("sample-at-risk", "iris", ["FI", "LV"], northern, [
    ...throughNeeds,
    works("feasibility", { until: 21, except: ["FS-2"] }),
    waits(13),
  ]),
  pilot("sample-rework", "kestrel", ["EE", "HR"], northern, [
    ...throughNeeds,
    works("feasibility", { until: 18, except: ["FS-2"] }),
    isSentBack("FS-2", "position"),
  ]),
  pilot("sample-at-gate-2", "maple", ["LT", "RS"], baltic, [
    ...throughNeeds,
    works("feasibility"),
    isAtGate("expert-2"),
  ]),
  pilot("sample-adaptation", "fern", ["EE", "LV"], balkan, [...throughFeasibility, works("adaptation", { until: 60 })]),
  pilot("sample-on-hold", "juniper", ["HR", "BG"], baltic, [
    ...throughFeasibility,
    works("adaptation", { until: 40 }),
    isHeld,
  ]),
  pilot("sample-skipped-adaptation", "granite", ["SE", "EE"], balkan, [
    ...throughNeeds,
    works("feasibility"),
    passesGate(skippingTheNextStage),
    works("guidance", { until: 30 }),
  ]),
  pilot("sample-completed", "birch", ["HR", "RS"], northern, [
    ...throughAdaptation,
    works("guidance"),
    passesGate(),
    waits(60),
  ]),
  pilot("sample-withdrawn", "drift", ["LV", "LT"], baltic, [
    ...throughNeeds,
    works("feasibility", { until: 30 }),
    withdraws,
    waits(90),
  ]),
  pilot("sample-stopped", "elder", ["FI", "SE"], northern, [
    ...admitted,
    works("needs"),
    passesGate(stopping),
    waits(120),
  ]),
];

/**
 * Walks pilots to where they are; one that exists is left alone. The programme's people must be there.
 * Answers whether any was made.
 */
export async function seedPilots({
  store,
  clock,
  progress,
  walks = samplePilots,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly progress: (message: string) => void;
  readonly walks?: readonly Walk[];
}): Promise<boolean> {
  const found = await Promise.all(walks.map(({ pilotId }) => store.get(key.pilot(pilotId))));
  const missing = walks.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) return false;
  progress(`Walking ${missing.length} sample pilots through their stages`);
  let arrived = 0;
  // Side by side: they share the store's transactions.
  await Promise.all(
    missing.map(async (walk) => {
      await walkPilot({ store, clock }, walk);
      arrived += 1;
      if (arrived % 20 === 0 && arrived < missing.length) progress(`${arrived} of ${missing.length} have arrived`);
    }),
  );
  return true;
}

function pilot(
  pilotId: string,
  company: string,
  [market, otherMarket]: readonly [string, string],
  people: Pick<Walk, "coordinator" | "team">,
  steps: readonly Step[],
): Walk {
  return { pilotId, company, market, otherMarket, ...people, steps };
}

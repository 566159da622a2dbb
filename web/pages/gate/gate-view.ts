/** What every part of a gate's page is drawn from. */
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import type { PilotView } from "../../../shared/contracts/views.ts";

export type GateView = OutputOf<"getGate">;

export interface GateProps {
  readonly pilot: PilotView;
  readonly gate: GateView;
}

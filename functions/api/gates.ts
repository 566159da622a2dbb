/** Operations at a gate: read it, file a score, decide, decline to skip. */

import type { OutputOf } from "../../shared/contracts/operations.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import { assertMay } from "../../shared/domain/permissions.ts";
import type { PilotState } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { readProgramme } from "../../shared/records/people.ts";
import { processFor } from "../../shared/records/pilots.ts";
import { presentGate } from "./gate-view.ts";
import type { ApiDependencies, Call, Handlers } from "./handlers.ts";
import { readablePilot } from "./pilots.ts";

type Ids = "getGate" | "scoreGate" | "decideGate" | "declineGateSkip";

export function gateHandlers(dependencies: ApiDependencies): Handlers<Ids> {
  const { store, clock, pilots } = dependencies;

  async function show(state: PilotState, { params, actor, names }: Call<Ids>): Promise<OutputOf<"getGate">> {
    const programme = await readProgramme(store, state.pilot.programmeId);
    const gate =
      programme &&
      (await presentGate(
        state,
        params.runId,
        {
          now: clock.now().toISOString(),
          actor,
          process: processFor(state, { runId: params.runId }),
          newestProcess: latestProcess,
          programme: programme.parameters,
          accepted: await pilots.acceptedValues(state, ["NA-3", "FS-3", "PA-8"]),
          aidElsewhere: [],
        },
        names,
      ));
    if (gate === undefined) throw new Refusal("NotFound", "gate_not_opened_yet");
    return gate;
  }

  return {
    async getGate(call) {
      const state = await readablePilot(dependencies, call.params.pilotId, call.actor);
      assertMay(call.actor, "gate.read", state.pilot);
      return show(state, call);
    },
    async scoreGate(call) {
      const { params, body, actor } = call;
      const { state } = await pilots.change(params.pilotId, { type: "ScoreGate", runId: params.runId, ...body }, actor);
      return show(state, call);
    },
    async decideGate(call) {
      const { params, body, actor } = call;
      const { state } = await pilots.change(
        params.pilotId,
        { type: "DecideGate", runId: params.runId, ...body },
        actor,
      );
      return show(state, call);
    },
    async declineGateSkip(call) {
      const { params, body, actor } = call;
      const { state } = await pilots.change(
        params.pilotId,
        { type: "DeclineGateSkip", runId: params.runId, ...body },
        actor,
      );
      return show(state, call);
    },
  };
}

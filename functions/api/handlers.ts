import type { Membership, Person } from "../../shared/contracts/items.ts";
import type { BodyOf, OperationId, OutputOf, ParamsOf, QueryOf } from "../../shared/contracts/operations.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Files } from "../../shared/ports/files.ts";
import type { Store } from "../../shared/ports/store.ts";
import type { EngineRoom, ExecutionHistory } from "../../shared/ports/workflows.ts";
import type { PilotRecords } from "../../shared/records/pilots.ts";
import type { Names } from "./names.ts";

/** Moves the clock of an embedded system; absent on AWS, where time is the wall's. */
export interface ClockControl {
  /** Resolves when everything that became due has been done. */
  moveTo(instant: Date): Promise<void>;
}

export interface ApiDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly pilots: PilotRecords;
  readonly executions: ExecutionHistory;
  readonly clockControl?: ClockControl;
  /** Absent on AWS, where Step Functions has its own console. */
  readonly engineRoom?: EngineRoom;
  /** Absent where files cannot be kept. */
  readonly files?: Files;
  /** Where the portal is, without a slash at the end; links carry our own ids only. */
  readonly portalUrl?: string;
}

/** One call: checked input, and who asks. */
export interface Call<Id extends OperationId> {
  readonly params: ParamsOf<Id>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
  readonly actor: Actor;
  readonly person: Person;
  readonly acting: Membership;
  readonly memberships: readonly Membership[];
  readonly names: Names;
}

export type Handlers<Ids extends OperationId> = {
  readonly [Id in Ids]: (call: Call<Id>) => Promise<OutputOf<Id>>;
};

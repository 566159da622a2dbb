/** What an execution is called, and what stays the same from its start to its end. */
import { executionArn, type Place, stateMachineArn } from "./arns.ts";
import type { Identity } from "./asl/execution.ts";
import type { Json } from "./asl/json.ts";
import type { ExecutionRecord } from "./execution-rows.ts";
import type { StateMachines } from "./state-machines.ts";

export type Identities = ReturnType<typeof createIdentities>;

export function createIdentities({ place, machines }: { place: Place; machines: Pick<StateMachines, "roleOf"> }) {
  function namesOf(machine: string, name: string, revisionId: number) {
    return {
      executionArn: executionArn(place, machine, name),
      name,
      stateMachineArn: stateMachineArn(place, machine),
      stateMachineName: machine,
      roleArn: machines.roleOf(revisionId),
      region: place.region,
    };
  }

  return {
    namesOf,
    ofRecord(record: ExecutionRecord): Identity {
      return {
        id: record.id,
        ...namesOf(record.machine, record.name, record.revisionId),
        input: JSON.parse(record.input) as Json,
        startedAtMs: record.startedAtMs,
      };
    },
  };
}

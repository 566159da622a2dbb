/** What executions look like to those who ask: described, listed, with their histories. */
import { executionArn, type Place, parseExecutionArn, stateMachineArn } from "./arns.ts";
import type { ExecutionStatus } from "./asl/execution.ts";
import { type HistoryEventType, shownDetails } from "./asl/history.ts";
import type { Json } from "./asl/json.ts";
import { ExecutionDoesNotExist, StateMachineDoesNotExist } from "./errors.ts";
import type { ExecutionRecord } from "./execution-rows.ts";
import type { Journal } from "./journal.ts";
import { numberIn, type Page, pageOf, pageSize, pageToken } from "./pages.ts";
import { notRedrivable } from "./redrive.ts";
import type { StateMachines } from "./state-machines.ts";

/** An execution as DescribeExecution shows it. */
export interface ExecutionDescription {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: Date;
  readonly stopDate?: Date;
  readonly input: Json;
  /** The input as the caller wrote it. */
  readonly inputText: string;
  /** Only of an execution that succeeded. */
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
  readonly redriveDate?: Date;
  readonly redriveStatus: "REDRIVABLE" | "NOT_REDRIVABLE";
  readonly redriveStatusReason?: string;
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
}

/** An execution as ListExecutions shows it. */
export type ExecutionSummary = Omit<ExecutionDescription, "redriveStatus" | "redriveStatusReason">;

/** A history event as GetExecutionHistory shows it: details are under the key of its type, JSON inside them is text. */
export interface HistoryEntry {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: HistoryEventType;
  readonly timestamp: Date;
  readonly [details: `${string}EventDetails`]: Readonly<Record<string, Json>>;
}

export interface ListQuery extends Page {
  readonly stateMachine: string;
  /** Only those started through this version or alias. */
  readonly qualifier?: string | undefined;
  readonly statusFilter?: ExecutionStatus | undefined;
  readonly redriveFilter?: "REDRIVEN" | "NOT_REDRIVEN" | undefined;
}

export interface HistoryQuery extends Page {
  readonly executionArn: string;
  readonly reverseOrder?: boolean | undefined;
}

export function createDescriptions(ports: {
  readonly journal: Journal;
  readonly machines: Pick<StateMachines, "has" | "startedAs">;
  readonly place: Place;
  readonly clock: { now(): Date };
}) {
  const { journal, machines, place, clock } = ports;

  function recordOf(arn: string): ExecutionRecord {
    const record = recordIfAny(arn);
    if (record === undefined) throw new ExecutionDoesNotExist(arn);
    return record;
  }

  function recordIfAny(arn: string): ExecutionRecord | undefined {
    const { machine, name } = parseExecutionArn(arn);
    return journal.execution(machine, name);
  }

  function summaryOf(record: ExecutionRecord): ExecutionSummary {
    const redrive = journal.redrive(record.id);
    return {
      executionArn: executionArn(place, record.machine, record.name),
      stateMachineArn: stateMachineArn(place, record.machine),
      ...machines.startedAs(record.id, record.machine),
      name: record.name,
      status: record.status,
      startDate: new Date(record.startedAtMs),
      ...(record.stoppedAtMs !== null && { stopDate: new Date(record.stoppedAtMs) }),
      input: JSON.parse(record.input) as Json,
      inputText: record.input,
      ...(record.output !== null && { output: JSON.parse(record.output) as Json }),
      ...(record.error !== null && { error: record.error }),
      ...(record.cause !== null && { cause: record.cause }),
      redriveCount: redrive?.count ?? 0,
      ...(redrive !== undefined && { redriveDate: new Date(redrive.atMs) }),
    };
  }

  function isListed({ id, machine }: ExecutionRecord, { qualifier, redriveFilter }: ListQuery): boolean {
    if (redriveFilter !== undefined) {
      if ((journal.redrive(id) !== undefined) !== (redriveFilter === "REDRIVEN")) return false;
    }
    if (qualifier === undefined) return true;
    const { stateMachineVersionArn, stateMachineAliasArn } = machines.startedAs(id, machine);
    return [stateMachineVersionArn, stateMachineAliasArn].some((arn) => arn?.endsWith(`:${qualifier}`));
  }

  return {
    /** @throws ExecutionDoesNotExist */
    recordOf,
    recordIfAny,

    describe(arn: string): ExecutionDescription {
      const record = recordOf(arn);
      const reason = notRedrivable(journal, record, clock.now().getTime());
      return {
        ...summaryOf(record),
        ...(reason === null
          ? { redriveStatus: "REDRIVABLE" }
          : { redriveStatus: "NOT_REDRIVABLE", redriveStatusReason: reason }),
      };
    },

    /** As a `.sync` Task gets the execution whose end it has awaited: in the case of AWS's SDK for Java. */
    nested(record: ExecutionRecord): Json {
      const { startDate, stopDate = startDate, inputText, error, cause, ...summary } = summaryOf(record);
      return {
        ...(cause !== undefined && { Cause: cause }),
        ...(error !== undefined && { Error: error }),
        ExecutionArn: summary.executionArn,
        Input: inputText,
        InputDetails: { Included: true },
        Name: summary.name,
        ...(record.output !== null && { Output: record.output, OutputDetails: { Included: true } }),
        StartDate: startDate.getTime(),
        StateMachineArn: summary.stateMachineArn,
        Status: summary.status,
        StopDate: stopDate.getTime(),
      };
    },

    list(query: ListQuery): { executions: ExecutionSummary[]; nextToken?: string } {
      const { stateMachine: machine, statusFilter: status, maxResults, nextToken } = query;
      if (!machines.has(machine)) throw new StateMachineDoesNotExist(stateMachineArn(place, machine));
      const list = `executions ${machine}`;
      const limit = pageSize(maxResults);
      let beforeId = nextToken === undefined ? Number.MAX_SAFE_INTEGER : numberIn(list, nextToken);
      const found: ExecutionRecord[] = [];
      while (found.length <= limit) {
        const records = journal.list({ machine, status, beforeId, limit: limit + 1 });
        found.push(...records.filter((record) => isListed(record, query)));
        beforeId = records.at(-1)?.id ?? 0;
        if (records.length <= limit) break;
      }
      const { page, ...more } = pageOf(list, found, limit, ({ id }) => id);
      return { executions: page.map(summaryOf), ...more };
    },

    history({ executionArn: arn, reverseOrder = false, maxResults, nextToken }: HistoryQuery): {
      events: HistoryEntry[];
      nextToken?: string;
    } {
      const { id } = recordOf(arn);
      const limit = pageSize(maxResults);
      const list = `history ${id} ${reverseOrder}`;
      const farEnd = reverseOrder ? Number.MAX_SAFE_INTEGER : 1;
      const from = nextToken === undefined ? farEnd : numberIn(list, nextToken);
      const events: HistoryEntry[] = [];
      for (const { atMs, ...event } of journal.events(id, from, reverseOrder ? "reverse" : "forward")) {
        if (events.length === limit) return { events, nextToken: pageToken(list, event.id) };
        const { id: eventId, previousEventId, type } = event;
        events.push({ id: eventId, previousEventId, type, timestamp: new Date(atMs), ...shownDetails(event) });
      }
      return { events };
    },
  };
}

/** Definitions as they were at some time: executions, versions and aliases go on meaning the one they meant. */
import type { SQLOutputValue } from "node:sqlite";
import { compileMachine } from "./asl/definition.ts";
import { parseDefinition } from "./asl/definition-text.ts";
import type { Machine } from "./asl/machine.ts";
import type { Journal } from "./journal.ts";

export interface Revision {
  readonly id: number;
  readonly machine: string;
  /** JSON text. */
  readonly definition: string;
  readonly createdAtMs: number;
}

export function createRevisions({ database, atomically }: Pick<Journal, "database" | "atomically">) {
  const insert = database.prepare("INSERT INTO revisions (machine, definition, created_at) VALUES (?, ?, ?)");
  const select = database.prepare("SELECT * FROM revisions WHERE id = ?");
  const programs = new Map<number, Machine>();

  function revision(id: number): Revision {
    const row = select.get(id);
    if (row === undefined) throw new Error(`The journal has no definition ${id}`);
    return toRevision(row);
  }

  return {
    revision,

    /** Only what compiles becomes a revision. @throws InvalidDefinition @throws NotRecorded */
    add(machine: string, definition: string, createdAtMs: number): Revision {
      const program = compile(definition);
      const { lastInsertRowid } = atomically(() => insert.run(machine, definition, createdAtMs));
      const id = Number(lastInsertRowid);
      programs.set(id, program);
      return { id, machine, definition, createdAtMs };
    },

    /** What it is compiled to, once per process. */
    programOf(id: number): Machine {
      let program = programs.get(id);
      if (program === undefined) {
        program = compile(revision(id).definition);
        programs.set(id, program);
      }
      return program;
    },
  };
}

/** @throws InvalidDefinition */
export function compile(definition: string): Machine {
  return compileMachine(parseDefinition(definition));
}

function toRevision(row: Record<string, SQLOutputValue>): Revision {
  return {
    id: Number(row.id),
    machine: String(row.machine),
    definition: String(row.definition),
    createdAtMs: Number(row.created_at),
  };
}

/** What the fields of a form are given, all of them and each. */
import { createContext } from "react";
import type { Field } from "./form-model.ts";

export interface FormSurroundings {
  /** What is wrong with an answer, by pointer. */
  readonly problems: ReadonlyMap<string, string>;
  /** What reviewers said about a field, by pointer. */
  readonly comments: ReadonlyMap<string, readonly string[]>;
  /** In rework: the fields that may change; empty: all. */
  readonly openFields: readonly string[];
  /** Fields that are for another role to fill in. */
  readonly othersFields: readonly string[];
}

export const FormContext = createContext<FormSurroundings>({
  problems: new Map(),
  comments: new Map(),
  openFields: [],
  othersFields: [],
});

/** A question, where its answer stands, the answer so far and who takes the next one. */
export interface FieldProps {
  readonly field: Field;
  readonly pointer: string;
  readonly value: unknown;
  onChange(value: unknown): void;
}

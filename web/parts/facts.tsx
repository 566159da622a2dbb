/** Facts one after another: each with its name, or short ones on a line. */
import { Children, type ReactNode } from "react";

/** A fact without a value is left out; names differ. */
export function Facts({ of: facts }: { readonly of: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** Each child is a fact; those that are null are left out. No line begins with the sign between two. */
export function FactsInLine({ children }: { readonly children: ReactNode }) {
  return Children.toArray(children).flatMap((fact, at) => (at === 0 ? [fact] : ["\u00a0· ", fact]));
}

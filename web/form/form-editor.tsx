/** A form to fill in: fields, state of saving, what collides with another's draft, what is missing, submission. */
import { useEffect, useMemo, useRef, useState } from "react";
import * as z from "zod";
import { ApiProblem } from "../../shared/contracts/client.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { type DeliverableView, gap as gapSchema, type PilotView } from "../../shared/contracts/views.ts";
import { type FormValues, pointerKeys, withoutHiddenFields } from "../../shared/domain/forms/form-schema.ts";
import { validateDraft, validateForm } from "../../shared/domain/forms/validate.ts";
import { Problem } from "../parts.tsx";
import { useAction, usePortal } from "../portal.ts";
import { timeInWords } from "../words.ts";
import { valueInWords } from "./field-value.tsx";
import { FormContext, FormField, focusField } from "./form-fields.tsx";
import { fieldsOf, type Option, visibleFields } from "./form-model.ts";
import { isSame } from "./merge-drafts.ts";
import { useDerivedContext } from "./use-derived-context.ts";
import { type Draft, type SaveState, useDraft } from "./use-draft.ts";

type Gap = OutputOf<"checkDraft">["gaps"][number];

/** What was missing when last asked, and the answers it was asked about. */
interface Checked {
  readonly gaps: readonly Gap[];
  readonly values: FormValues;
}

export function FormEditor(props: {
  readonly pilot: PilotView;
  readonly view: DeliverableView;
  onSubmitted(view: DeliverableView): void;
}) {
  const { pilot, view } = props;
  const { call, announce } = usePortal();
  const draft = useDraft(view, pilot.id, useDerivedContext(pilot));
  const [checked, setChecked] = useState<Checked>();
  const checking = useAction();
  const organisations = useOrganisations(view);
  const fields = useMemo(() => fieldsOf(view.schema), [view.schema]);
  const params = { pilotId: pilot.id, deliverableId: view.id };
  const values = withoutHiddenFields(view.schema, draft.values);

  const check = async (): Promise<boolean> => {
    const found = await call("checkDraft", { params, body: { values } });
    setChecked({ gaps: found.gaps, values });
    if (found.gaps.length === 0) announce("Nothing is missing.");
    return found.gaps.length === 0;
  };
  const submit = async () => {
    if (!(await draft.save())) return;
    if (!(await check())) return;
    try {
      const submitted = await call("submitDeliverable", {
        params,
        body: { baseDraftVersion: draft.baseDraftVersion(), values },
      });
      draft.forget();
      announce(`${view.name} is submitted.`);
      props.onSubmitted(submitted);
    } catch (error) {
      if (error instanceof ApiProblem && error.kind === "StaleDraft") await draft.meetOthersDraft();
      if (error instanceof ApiProblem && error.kind === "FormIncomplete") setChecked({ gaps: gapsIn(error), values });
      throw error;
    }
  };

  const gaps = checked && remainingGaps(view, checked, values);
  const surroundings = {
    problems: problemsByPointer(view, draft, gaps),
    comments: commentsByPointer(view),
    openFields: view.openFields,
    organisations,
  };
  return (
    <form className="form" noValidate onSubmit={(event) => event.preventDefault()}>
      <Conflicts draft={draft} fields={fields} />
      <FormContext value={surroundings}>
        {visibleFields(view.schema, fields, draft.values).map((field) => (
          <FormField
            key={field.key}
            field={field}
            pointer={`/${field.key}`}
            value={draft.values[field.key]}
            onChange={(value) => draft.setValue(field.key, value)}
          />
        ))}
      </FormContext>
      {gaps === undefined ? null : <Gaps gaps={gaps} check={checked} />}
      <Problem error={checking.error} />
      <div className="form-bar">
        <Saving state={draft.saveState} />
        <div className="buttons">
          <button type="button" onClick={() => void draft.save()}>
            Save
          </button>
          <button
            type="button"
            aria-disabled={checking.isPending}
            onClick={() => checking.run(async () => void (await check()))}
          >
            What is missing?
          </button>
          {view.maySubmit ? (
            <button
              type="button"
              className="primary"
              aria-disabled={checking.isPending}
              onClick={() => checking.run(submit)}
            >
              Submit
            </button>
          ) : null}
        </div>
      </div>
    </form>
  );
}

function Saving({ state }: { readonly state: SaveState }) {
  const { now } = usePortal();
  const words = () => {
    switch (state.kind) {
      case "saved":
        return state.at === undefined
          ? "Nothing typed yet; it will save by itself."
          : `Saved at ${timeInWords(state.at, now())}`;
      case "changed":
        return "Changed; saves when you pause";
      case "saving":
        return "Saving…";
      case "kept":
        return `Kept on this device, not saved yet. ${state.why}`;
    }
  };
  return (
    <p className={`saving ${state.kind}`} role="status">
      {words()}
    </p>
  );
}

function Conflicts({ draft, fields }: { readonly draft: Draft; readonly fields: ReturnType<typeof fieldsOf> }) {
  if (draft.conflicts.length === 0) return null;
  return (
    <section className="problem" role="alert" aria-labelledby="conflicts">
      <h2 id="conflicts">Somebody else changed the same fields</h2>
      <p>Nothing is lost. Choose for each field which answer stays; then it saves again.</p>
      {draft.conflicts.map((conflict) => {
        const field = fields.find(({ key }) => key === conflict.key);
        if (field === undefined) return null;
        return (
          <fieldset key={conflict.key}>
            <legend>{field.label}</legend>
            <p>
              <strong>Yours:</strong> {valueInWords(field, conflict.mine) || "nothing"}{" "}
              <button type="button" onClick={() => draft.choose(conflict, "mine")}>
                Keep mine
              </button>
            </p>
            <p>
              <strong>Theirs:</strong> {valueInWords(field, conflict.theirs) || "nothing"}{" "}
              <button type="button" onClick={() => draft.choose(conflict, "theirs")}>
                Take theirs
              </button>
            </p>
          </fieldset>
        );
      })}
    </section>
  );
}

/** The list takes the focus after each check: it is what to read next. */
function Gaps({ gaps, check }: { readonly gaps: readonly Gap[]; readonly check: Checked | undefined }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (check !== undefined && check.gaps.length > 0) heading.current?.focus();
  }, [check]);
  if (gaps.length === 0) return <p className="notice good">Nothing is missing. The form can be submitted.</p>;
  return (
    <section className="gaps" aria-labelledby="gaps">
      <h2 id="gaps" ref={heading} tabIndex={-1}>
        What is missing <span className="count">{gaps.length}</span>
      </h2>
      <ul>
        {gaps.map((each) => (
          <li key={`${each.pointer} ${each.message}`}>
            <a
              href={`#field${each.pointer}`}
              onClick={(event) => {
                event.preventDefault();
                focusField(each.pointer);
              }}
            >
              {each.label}
            </a>
            : {each.message}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where the person may list people, their organisations; else a field for one is typed. */
function useOrganisations(view: DeliverableView): readonly Option[] {
  const { call, me } = usePortal();
  const [organisations, setOrganisations] = useState<readonly Option[]>([]);
  const { role } = me.acting;
  const isNeeded =
    ["advisor", "coordinator", "auditor"].includes(role) && JSON.stringify(view.schema).includes('"organisations');
  useEffect(() => {
    if (!isNeeded) return;
    call("listPeople", { query: { role: "living_lab" } }).then(
      ({ people }) => {
        const byId = new Map(people.map(({ organisation }) => [organisation.id, organisation.name]));
        setOrganisations([...byId].map(([value, label]) => ({ value, label })));
      },
      () => undefined,
    );
  }, [call, isNeeded]);
  return organisations;
}

/**
 * What is still missing while the person fills the gaps: the form's own by the same check as the server's,
 * those of rules between fields until their field was changed.
 */
function remainingGaps(view: DeliverableView, checked: Checked, values: FormValues): readonly Gap[] {
  const ofForm = validateForm(view.schema, values);
  const ofRules = checked.gaps.filter(({ problem, pointer }) => {
    const [root = ""] = pointerKeys(pointer);
    const isUnchanged = isSame(values[root], checked.values[root]);
    return problem === "invalid" && isUnchanged && !ofForm.some((gap) => gap.pointer === pointer);
  });
  return [...ofForm, ...ofRules];
}

/** What cannot even be saved shows at once, the rest once it was asked for. */
function problemsByPointer(
  view: DeliverableView,
  draft: Draft,
  gaps: readonly Gap[] | undefined,
): ReadonlyMap<string, string> {
  return new Map([
    ...(gaps ?? []).map(({ pointer, message }): [string, string] => [pointer, message]),
    ...validateDraft(view.schema, draft.values).map(({ pointer, message }): [string, string] => [pointer, message]),
  ]);
}

/** Comments of the last review, while its rework is under way. */
function commentsByPointer(view: DeliverableView): ReadonlyMap<string, readonly string[]> {
  const last = view.reviews.at(-1);
  if (last === undefined || last.outcome !== "rework") return new Map();
  const grouped = Map.groupBy(last.fieldComments, ({ pointer }) => pointer);
  return new Map([...grouped].map(([pointer, comments]) => [pointer, comments.map(({ text }) => text)]));
}

const gapsIn = (problem: ApiProblem): readonly Gap[] => z.array(gapSchema).safeParse(problem.details.gaps).data ?? [];

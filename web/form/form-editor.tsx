/** A form to fill in: fields, state of saving, what collides with another's draft, what is missing, submission. */
import { Anchor, Button } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { ApiProblem } from "../../shared/contracts/client.ts";
import { gap as gapSchema } from "../../shared/contracts/form-values.ts";
import type { DeliverableView, PilotView } from "../../shared/contracts/views.ts";
import { asSubmitted, type FormValues, pointerKeys } from "../../shared/domain/forms/form-schema.ts";
import { validateDraft, validateForm } from "../../shared/domain/forms/validate.ts";
import { listInWords } from "../language/format.ts";
import { Count } from "../parts/labels.tsx";
import { Problem } from "../parts/states.tsx";
import { useAction, usePortal } from "../portal.ts";
import { stillToSay } from "./earlier-answer.tsx";
import { valueInWords } from "./field-value.tsx";
import { focusField } from "./focus-field.ts";
import { FormContext } from "./form-context.ts";
import { FormField } from "./form-fields.tsx";
import { fieldsOf, isOpen, visibleFields } from "./form-model.ts";
import { type Gap, gapInWords } from "./gap-in-words.ts";
import { type DraftConflict, isSame } from "./merge-drafts.ts";
import { savedInWords } from "./saved-in-words.ts";
import { useDerivedContext } from "./use-derived-context.ts";
import { type Draft, type SaveState, useDraft } from "./use-draft.ts";

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
  const { t } = useTranslation(["form", "gap"]);
  const { call, announce } = usePortal();
  const draft = useDraft(view, pilot, useDerivedContext(pilot));
  const [checked, setChecked] = useState<Checked>();
  const checking = useAction();
  const fields = useMemo(() => fieldsOf(view.schema, view.organisations), [view.schema, view.organisations]);
  const params = { pilotId: pilot.id, deliverableId: view.id };
  const values = asSubmitted(view.schema, draft.values);

  const check = async (): Promise<boolean> => {
    const found = await call("checkDraft", { params, body: { values } });
    setChecked({ gaps: found.gaps, values });
    return found.gaps.length === 0;
  };
  const submit = async () => {
    if (draft.conflicts.length > 0) {
      document.getElementById("conflicts")?.focus();
      return;
    }
    // What cannot be saved cannot be submitted either: the list says why, or that Fairway cannot be reached.
    const isSaved = await draft.save();
    if (!(await check()) || !isSaved) return;
    try {
      const submitted = await call("submitDeliverable", {
        params,
        body: { baseDraftVersion: draft.baseDraftVersion(), values },
      });
      draft.forget();
      announce(t("submitted", { name: view.name }));
      props.onSubmitted(submitted);
    } catch (error) {
      if (error instanceof ApiProblem && error.kind === "StaleDraft") await draft.meetOthersDraft();
      if (error instanceof ApiProblem && error.kind === "FormIncomplete") setChecked({ gaps: gapsIn(error), values });
      throw error;
    }
  };

  const offered = stillToSay(view.earlier, draft.values).filter(({ field }) => isOpen(`/${field}`, view.openFields));
  const gaps = checked && remainingGaps(view, checked, values);
  const waitsFor = view.waitsFor.map((id) => pilot.deliverables.find((each) => each.id === id)?.name ?? id);
  const surroundings = {
    problems: problemsByPointer(view, draft, gaps),
    comments: commentsByPointer(view),
    openFields: view.openFields,
    othersFields: view.othersFields,
  };
  return (
    <form className="form" noValidate onSubmit={(event) => event.preventDefault()}>
      <Conflicts draft={draft} fields={fields} />
      {offered.length < 2 ? null : (
        <div className="notice">
          <p>{t("earlier.offer", { count: offered.length })}</p>
          <Button
            variant="default"
            onClick={() => {
              for (const { field, value } of offered) draft.setValue(field, value);
            }}
          >
            {t("earlier.allStillTrue")}
          </Button>
        </div>
      )}
      <FormContext value={surroundings}>
        {visibleFields(view.schema, fields, draft.values).map((field) => (
          <FormField
            key={field.key}
            field={field}
            pointer={`/${field.key}`}
            value={draft.values[field.key]}
            onChange={(value) => draft.setValue(field.key, value)}
            earlier={view.earlier.find((each) => each.field === field.key && isOpen(`/${field.key}`, view.openFields))}
          />
        ))}
      </FormContext>
      {gaps === undefined ? null : <Gaps gaps={gaps} check={checked} waitsFor={waitsFor} />}
      <Problem error={checking.error} />
      <div className="form-bar">
        <Saving state={draft.saveState} hasConflicts={draft.conflicts.length > 0} />
        <div className="buttons">
          <Button variant="default" onClick={() => void draft.save()}>
            {t("save")}
          </Button>
          <Button
            variant="default"
            aria-disabled={checking.isPending}
            onClick={() => checking.run(async () => ((await check()) ? announce(t("gaps.none")) : undefined))}
          >
            {t("check")}
          </Button>
          {view.maySubmit ? (
            <Button
              variant={waitsFor.length === 0 ? "filled" : "default"}
              aria-disabled={checking.isPending}
              onClick={() => checking.run(submit)}
            >
              {t("submit")}
            </Button>
          ) : null}
        </div>
      </div>
    </form>
  );
}

function Saving({ state, hasConflicts }: { readonly state: SaveState; readonly hasConflicts: boolean }) {
  const { t } = useTranslation("form");
  const { now } = usePortal();
  const words = () => {
    switch (state.kind) {
      case "saved":
        return state.at === undefined ? t("saving.nothing") : savedInWords(state.at, now());
      case "changed":
        return t("saving.changed");
      case "saving":
        return t("saving.saving");
      case "kept":
        return t("saving.kept", { why: state.why });
      case "partly":
        return t("saving.partly", { why: state.why });
      case "noRoom":
        return t("saving.noRoom");
    }
  };
  // What is to be chosen stands above the form, out of sight of who types further down.
  if (hasConflicts) {
    return (
      <p className="saving kept">
        <Anchor
          underline="always"
          href="#conflicts"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById("conflicts")?.focus();
          }}
        >
          {t("saving.conflict")}
        </Anchor>
      </p>
    );
  }
  return (
    <p className={`saving ${state.kind}`} role="status">
      {words()}
    </p>
  );
}

function Conflicts({ draft, fields }: { readonly draft: Draft; readonly fields: ReturnType<typeof fieldsOf> }) {
  const { t } = useTranslation("form");
  if (draft.conflicts.length === 0) return null;
  // The buttons go with what was chosen: reading goes on at what is still to be chosen, or at the field.
  const choose = (conflict: DraftConflict, side: "mine" | "theirs") => {
    if (draft.conflicts.length > 1) document.getElementById("conflicts")?.focus();
    else focusField(`/${conflict.key}`);
    draft.choose(conflict, side);
  };
  return (
    <section className="problem" role="alert" aria-labelledby="conflicts">
      <h2 id="conflicts" tabIndex={-1}>
        {t("conflict.title")}
      </h2>
      <p>{t("conflict.help")}</p>
      {draft.conflicts.map((conflict) => {
        const field = fields.find(({ key }) => key === conflict.key);
        if (field === undefined) return null;
        return (
          <fieldset key={conflict.key}>
            <legend>{field.label}</legend>
            <p>
              <strong>{t("conflict.mine")}</strong> {valueInWords(field, conflict.mine) || t("conflict.nothing")}{" "}
              <Button variant="default" size="compact-sm" onClick={() => choose(conflict, "mine")}>
                {t("conflict.keepMine")}
              </Button>
            </p>
            <p>
              <strong>{t("conflict.theirs")}</strong> {valueInWords(field, conflict.theirs) || t("conflict.nothing")}{" "}
              <Button variant="default" size="compact-sm" onClick={() => choose(conflict, "theirs")}>
                {t("conflict.takeTheirs")}
              </Button>
            </p>
          </fieldset>
        );
      })}
    </section>
  );
}

/** The list takes the focus after each check, unless somebody has gone on to a field: it is what to read next. */
function Gaps(props: {
  readonly gaps: readonly Gap[];
  readonly check: Checked | undefined;
  /** The names of what must be accepted first. */
  readonly waitsFor: readonly string[];
}) {
  const { gaps, check, waitsFor } = props;
  const { t } = useTranslation("form");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const isAtField = document.activeElement?.closest(".field") != null;
    if (check !== undefined && check.gaps.length > 0 && !isAtField) heading.current?.focus();
  }, [check]);
  if (gaps.length === 0) {
    return waitsFor.length === 0 ? (
      <p className="notice good">{t("gaps.ready")}</p>
    ) : (
      <p className="notice">{t("gaps.readyLater", { what: listInWords(waitsFor) })}</p>
    );
  }
  return (
    <section className="gaps" aria-labelledby="gaps">
      <h2 id="gaps" ref={heading} tabIndex={-1}>
        {t("gaps.title")} <Count of={gaps.length} />
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
  return [...ofForm, ...ofRules].map((gap) => gapInWords(view.schema, gap));
}

/** What cannot even be saved shows at once, the rest once it was asked for. */
function problemsByPointer(
  view: DeliverableView,
  draft: Draft,
  gaps: readonly Gap[] | undefined,
): ReadonlyMap<string, string> {
  return new Map([
    ...(gaps ?? []).map(({ pointer, message }): [string, string] => [pointer, message]),
    ...validateDraft(view.schema, draft.values).map((gap): [string, string] => [
      gap.pointer,
      gapInWords(view.schema, gap).message,
    ]),
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

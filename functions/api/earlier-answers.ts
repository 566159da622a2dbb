/** Answers a company gave before to what a form asks now, as dated facts: of this pilot, else of an earlier one of its own. */
import { stored } from "../../shared/contracts/items.ts";
import type { DeliverableView } from "../../shared/contracts/views.ts";
import { type FormValues, propertiesOf, uiOf } from "../../shared/domain/forms/form-schema.ts";
import { profileFormsOf, sourcesOf } from "../../shared/domain/forms/same-questions.ts";
import type { Deliverable, Pilot, PilotState } from "../../shared/domain/pilot/state.ts";
import type { ApiDependencies } from "./handlers.ts";
import type { Names } from "./names.ts";
import { definitionOf } from "./present.ts";

type EarlierAnswer = DeliverableView["earlier"][number];

/** One accepted form, with when it was handed in. */
interface Accepted {
  readonly state: PilotState;
  readonly deliverable: Deliverable;
  readonly values: FormValues;
  readonly submittedAt: string;
}

export async function earlierAnswers(
  { store, pilots }: Pick<ApiDependencies, "store" | "pilots">,
  state: PilotState,
  deliverable: Deliverable,
  names: Names,
): Promise<EarlierAnswer[]> {
  const { definitionId } = deliverable;
  const fields = Object.entries(propertiesOf(definitionOf(state, deliverable).formSchema))
    .filter(([field, schema]) => field !== "attachments" && schema.readOnly !== true && uiOf(schema).widget !== "file")
    .map(([field]) => field);
  const profileForms = profileFormsOf(definitionId);
  if (profileForms.length === 0 && fields.every((field) => sourcesOf(definitionId, field).length === 0)) return [];

  async function accepted(of: PilotState, wanted: string): Promise<Accepted | undefined> {
    const found = Object.values(of.deliverables).find((each) => each.definitionId === wanted);
    const review = found?.reviews.findLast(({ outcome }) => outcome === "accepted");
    if (found === undefined || review === undefined) return undefined;
    const revision = await pilots.revision(of.pilot.id, found.id, review.revision);
    return revision && { state: of, deliverable: found, values: revision.values, submittedAt: revision.submittedAt };
  }
  const read = new Map<string, Promise<Accepted | undefined>>();
  const once = (of: PilotState, wanted: string): Promise<Accepted | undefined> => {
    const place = `${of.pilot.id} ${wanted}`;
    const form = read.get(place) ?? accepted(of, wanted);
    read.set(place, form);
    return form;
  };

  const before = profileForms.length === 0 ? undefined : await lastPilotBefore(state);
  const answers = await Promise.all(
    fields.map(async (field): Promise<EarlierAnswer[]> => {
      const places = [
        ...sourcesOf(definitionId, field).map(([form, name]) => ({ of: state, form, name })),
        ...(before === undefined ? [] : profileForms.map((form) => ({ of: before, form, name: field }))),
      ];
      for (const { of, form, name } of places) {
        const source = await once(of, form);
        const value = source?.values[name];
        if (source === undefined || value === undefined || !isAskedAlike(source, name, field)) continue;
        return [
          {
            field,
            value,
            answeredAt: source.submittedAt,
            deliverable: {
              id: source.deliverable.id,
              name: definitionOf(source.state, source.deliverable, names.language).name,
            },
            ...(of === state ? {} : { pilot: { id: of.pilot.id, title: of.pilot.title } }),
          },
        ];
      }
      return [];
    }),
  );
  return answers.flat();

  /** An answer of another type would not fit into the field. */
  function isAskedAlike(source: Accepted, name: string, field: string): boolean {
    const there = propertiesOf(definitionOf(source.state, source.deliverable).formSchema)[name];
    const here = propertiesOf(definitionOf(state, deliverable).formSchema)[field];
    return there !== undefined && JSON.stringify([there.type, there.enum]) === JSON.stringify([here?.type, here?.enum]);
  }

  /** The company's last pilot before this one that came as far as being admitted. */
  async function lastPilotBefore({ pilot }: PilotState): Promise<PilotState | undefined> {
    const { items } = await store.query({ index: "gsi2", pk: `ORGANISATION#${pilot.organisationId}#PILOTS` });
    const [last] = items
      .map(({ data }) => stored<{ pilot: Pilot }>(data).pilot)
      .filter(
        ({ id, admittedAt, appliedAt }) => id !== pilot.id && admittedAt !== undefined && appliedAt < pilot.appliedAt,
      )
      .sort((a, b) => b.appliedAt.localeCompare(a.appliedAt));
    return last && pilots.load(last.id);
  }
}

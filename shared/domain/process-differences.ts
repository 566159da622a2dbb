/**
 * What differs between two versions of the process, in the order people know it by: the process, its stages with their
 * deliverables and gates, the reminders. Things are the same when their ids are; texts are compared as they are read.
 */
import { isRecord, propertiesOf, titleOf, uiOf } from "./forms/form-schema.ts";
import type {
  DeliverableDefinition,
  FormSchema,
  GateDefinition,
  ProcessDefinition,
  ReminderStep,
  StageDefinition,
} from "./process.ts";

type Value = string | number | boolean | readonly string[];

/** What of a thing can differ; `item` names the criterion, rule or field it is about. */
export const aspects = [
  "name",
  "purpose",
  "order",
  "durationDays",
  "skippable",
  "skipReasons",
  "entryCriteria",
  "exitCriteria",
  "outputArtefact",
  "stage",
  "deliveredBy",
  "reviewedBy",
  "required",
  "typicalWorkDays",
  "dueInDays",
  "reviewInWorkingDays",
  "dependsOn",
  "acceptance",
  "mustPoints",
  "criterion",
  "criterionText",
  "criterionWeight",
  "criterionMust",
  "rule",
  "ruleText",
  "field",
  "fieldTitle",
  "fieldHelp",
  "fieldRequired",
  "fieldOptions",
  "fieldUnit",
  "fieldDetails",
  "formDetails",
  "decideWithinDays",
  "experts",
  "thresholdAdvance",
  "thresholdConditions",
  "decisions",
  "anchors",
  "special",
  "followUpMonths",
  "halfway",
  "days",
  "workingDays",
  "recipients",
  "kind",
  "effect",
  "skippedBelowDays",
] as const;
export type Aspect = (typeof aspects)[number];

export interface Change {
  readonly aspect: Aspect;
  readonly item?: string;
  /** Absent: it was not there. */
  readonly before?: Value;
  /** Absent: it is not there any more. */
  readonly after?: Value;
}

export const thingKinds = ["process", "stage", "deliverable", "gate", "reminder"] as const;

export interface Difference {
  readonly kind: (typeof thingKinds)[number];
  readonly id: string;
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  /** Of what is in both; empty for what was added or removed. */
  readonly changes: readonly Change[];
}

export function processDifferences(before: ProcessDefinition, after: ProcessDefinition): Difference[] {
  return [
    ...thing("process", before.id, after.name, processChanges(before, after)),
    ...paired(stagesOf(before), stagesOf(after), ({ id }) => id).flatMap(([old, now]) =>
      differenceOf("stage", old, now, stageChanges),
    ),
    ...paired(placedDeliverables(before), placedDeliverables(after), ({ id }) => id).flatMap(([old, now]) =>
      differenceOf("deliverable", old, now, (a, b) => [
        ...deliverableChanges(a, b),
        ...itemChanges("rule", rulesOf(before, a.id), rulesOf(after, b.id), (one, other) =>
          valued("ruleText", one.name, other.name),
        ),
      ]),
    ),
    ...paired(gatesOf(before), gatesOf(after), ({ id }) => id).flatMap(([old, now]) =>
      differenceOf("gate", old, now, gateChanges),
    ),
    ...paired(before.reminders.map(named), after.reminders.map(named), ({ id }) => id).flatMap(([old, now]) =>
      differenceOf("reminder", old, now, reminderChanges),
    ),
  ];
}

const stagesOf = ({ stages }: ProcessDefinition) => stages;
const gatesOf = ({ stages }: ProcessDefinition) => stages.map(({ gate }) => gate);
const named = (step: ReminderStep) => ({ ...step, name: step.id });

type Placed = DeliverableDefinition & { readonly stage: string };

const placedDeliverables = ({ intake, stages, followUp }: ProcessDefinition): Placed[] => [
  { ...intake, stage: "intake" },
  ...stages.flatMap(({ id, deliverables }) => deliverables.map((each) => ({ ...each, stage: id }))),
  { ...followUp, stage: "follow-up" },
];

const rulesOf = ({ crossFieldRules }: ProcessDefinition, id: string) =>
  crossFieldRules.filter(({ deliverableId }) => deliverableId === id).map((rule) => ({ id: rule.id, name: rule.text }));

function differenceOf<Thing extends { readonly id: string; readonly name: string }>(
  kind: Difference["kind"],
  old: Thing | undefined,
  now: Thing | undefined,
  changes: (old: Thing, now: Thing) => Change[],
): Difference[] {
  if (old !== undefined && now !== undefined) return thing(kind, now.id, now.name, changes(old, now));
  const only = now ?? old;
  if (only === undefined) return [];
  return [{ kind, id: only.id, name: only.name, change: old === undefined ? "added" : "removed", changes: [] }];
}

const thing = (kind: Difference["kind"], id: string, name: string, changes: readonly Change[]): Difference[] =>
  changes.length === 0 ? [] : [{ kind, id, name, change: "changed", changes }];

const processChanges = (a: ProcessDefinition, b: ProcessDefinition): Change[] => [
  ...valued("name", a.name, b.name),
  ...valued("followUpMonths", a.followUpMonths.map(String), b.followUpMonths.map(String)),
];

const stageChanges = (a: StageDefinition, b: StageDefinition): Change[] => [
  ...valued("name", a.name, b.name),
  ...valued("purpose", a.purpose, b.purpose),
  ...valued("order", a.order, b.order),
  ...valued("durationDays", a.durationDays, b.durationDays),
  ...valued("skippable", a.skippable, b.skippable),
  ...valued("entryCriteria", a.entryCriteria, b.entryCriteria),
  ...valued("exitCriteria", a.exitCriteria, b.exitCriteria),
  ...valued("outputArtefact", a.outputArtefact, b.outputArtefact),
];

const deliverableChanges = (a: Placed, b: Placed): Change[] => [
  ...valued("name", a.name, b.name),
  ...valued("purpose", a.purpose, b.purpose),
  ...valued("stage", a.stage, b.stage),
  ...valued("deliveredBy", a.deliveredBy, b.deliveredBy),
  ...valued("reviewedBy", a.reviewedBy, b.reviewedBy),
  ...valued("required", a.required, b.required),
  ...valued("typicalWorkDays", a.typicalWorkDays, b.typicalWorkDays),
  ...valued("dueInDays", a.dueInDays, b.dueInDays),
  ...valued("reviewInWorkingDays", a.reviewInWorkingDays, b.reviewInWorkingDays),
  ...valued("dependsOn", a.dependsOn, b.dependsOn),
  ...valued("skippable", a.skippable, b.skippable),
  ...valued("skipReasons", a.skipReasons, b.skipReasons),
  ...valued("outputArtefact", a.outputArtefact, b.outputArtefact),
  ...valued("acceptance", a.acceptance.weightedPercentMin, b.acceptance.weightedPercentMin),
  ...valued("mustPoints", a.acceptance.mustCriterionMin, b.acceptance.mustCriterionMin),
  ...criteriaChanges(a.reviewCriteria, b.reviewCriteria),
  ...formChanges(a.formSchema, b.formSchema),
];

const gateChanges = (a: GateDefinition, b: GateDefinition): Change[] => [
  ...valued("name", a.name, b.name),
  ...valued("decideWithinDays", a.decideWithinDays, b.decideWithinDays),
  ...valued("experts", a.decidedBy.experts, b.decidedBy.experts),
  ...criteriaChanges(
    a.mustMeet.map((must) => ({ ...must, must: true })),
    b.mustMeet.map((must) => ({ ...must, must: true })),
  ),
  ...criteriaChanges(a.shouldMeet, b.shouldMeet),
  ...valued("thresholdAdvance", a.thresholds.advance, b.thresholds.advance),
  ...valued("thresholdConditions", a.thresholds.advanceWithConditions, b.thresholds.advanceWithConditions),
  ...valued("decisions", a.decisions, b.decisions),
  ...valued("anchors", a.anchors, b.anchors),
  ...valued("special", a.special, b.special),
];

function reminderChanges(a: ReminderStep, b: ReminderStep): Change[] {
  const at = (step: ReminderStep, kind: ReminderStep["at"]["kind"]): Value | undefined => {
    if (step.at.kind !== kind) return undefined;
    if (step.at.kind === "halfway") return true;
    return step.at.kind === "due" ? step.at.offsetDays : step.at.offsetWorkingDays;
  };
  return [
    ...valued("halfway", at(a, "halfway"), at(b, "halfway")),
    ...valued("days", at(a, "due"), at(b, "due")),
    ...valued("workingDays", at(a, "submission"), at(b, "submission")),
    ...valued("recipients", a.to, b.to),
    ...valued("kind", a.kind, b.kind),
    ...valued("effect", a.effect, b.effect),
    ...valued("skippedBelowDays", a.skippedBelowDays, b.skippedBelowDays),
  ];
}

interface Criterion {
  readonly id: string;
  readonly text: string;
  readonly weight?: number;
  readonly must?: boolean;
}

const criteriaChanges = (a: readonly Criterion[], b: readonly Criterion[]): Change[] =>
  itemChanges("criterion", a.map(titled), b.map(titled), (one, other) => [
    ...valued("criterionText", one.text, other.text),
    ...valued("criterionWeight", one.weight, other.weight),
    ...valued("criterionMust", one.must, other.must),
  ]);

const titled = (criterion: Criterion) => ({ ...criterion, name: criterion.text });

/** A field of a form as people see it. */
interface Field {
  /** Keys of the schema from the root. */
  readonly id: string;
  /** "Barriers: Proposed action". */
  readonly name: string;
  readonly title: string;
  readonly required: boolean;
  readonly schema: FormSchema;
}

function formChanges(a: FormSchema, b: FormSchema): Change[] {
  const changes = itemChanges("field", fieldsOf(a, a), fieldsOf(b, b), fieldChanges);
  const rest = valued("formDetails", restOfForm(a), restOfForm(b)).map(({ aspect }) => ({ aspect }));
  return [...changes, ...rest];
}

/** In the order of the form, the columns of a table behind it. */
function fieldsOf(root: FormSchema, schema: FormSchema, path: readonly string[] = [], above = ""): Field[] {
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(propertiesOf(schema)).flatMap(([key, field]) => {
    const title = titleOf(field) ?? key;
    const name = above === "" ? title : `${above}: ${title}`;
    const own = { id: [...path, key].join("/"), name, title, required: required.includes(key), schema: field };
    const rows = resolved(root, isRecord(field.items) ? field.items : field);
    return [own, ...fieldsOf(root, rows, [...path, key], name)];
  });
}

function resolved(root: FormSchema, schema: FormSchema): FormSchema {
  const name = typeof schema.$ref === "string" ? schema.$ref.replace("#/$defs/", "") : undefined;
  const found = name !== undefined && isRecord(root.$defs) ? root.$defs[name] : undefined;
  return isRecord(found) ? found : schema;
}

function fieldChanges(a: Field, b: Field): Change[] {
  const [help, otherHelp] = [a.schema.description, b.schema.description].map((text) =>
    typeof text === "string" ? text : undefined,
  );
  const [unit, otherUnit] = [uiOf(a.schema).unit, uiOf(b.schema).unit].map((text) =>
    typeof text === "string" ? text : undefined,
  );
  const details = valued("fieldDetails", restOfField(a.schema), restOfField(b.schema));
  return [
    ...valued("fieldTitle", a.title, b.title),
    ...valued("fieldHelp", help, otherHelp),
    ...valued("fieldRequired", a.required, b.required),
    ...valued("fieldOptions", optionsOf(a.schema), optionsOf(b.schema)),
    ...valued("fieldUnit", unit, otherUnit),
    // Limits and widgets are for machines to read; that they differ is said, not how.
    ...details.map(({ aspect }) => ({ aspect })),
  ];
}

/** The choices of a field in words; undefined where it has none. */
function optionsOf(schema: FormSchema): readonly string[] | undefined {
  const { enumLabels } = uiOf(schema);
  if (isRecord(enumLabels)) return Object.values(enumLabels).map(String);
  return Array.isArray(schema.enum) ? schema.enum.map(String) : undefined;
}

/** What of a field no other aspect says. Its columns are fields of their own. */
function restOfField({
  title: _t,
  description: _d,
  enum: _e,
  properties: _p,
  required: _r,
  ...rest
}: FormSchema): string {
  const { enumLabels: _labels, unit: _unit, ...ui } = uiOf(rest);
  const { items, "x-ui": _ui, ...others } = rest;
  const { properties: _columns, required: _needed, ...row } = isRecord(items) ? items : {};
  return JSON.stringify([others, ui, row]);
}

/** Rules of the form as a whole: what is asked only if, how it is laid out. Its id names the version. */
function restOfForm({
  properties: _p,
  required: _r,
  $defs: _d,
  $id: _id,
  title: _t,
  description: _h,
  ...rest
}: FormSchema) {
  return JSON.stringify(rest);
}

/** What was added, removed and changed of things with an id and a name. */
function itemChanges<Item extends { readonly id: string; readonly name: string }>(
  aspect: Extract<Aspect, "criterion" | "rule" | "field">,
  before: readonly Item[],
  after: readonly Item[],
  changes: (old: Item, now: Item) => Change[],
): Change[] {
  return paired(before, after, ({ id }) => id).flatMap(([old, now]): Change[] => {
    if (old === undefined) return now === undefined ? [] : [{ aspect, after: now.name }];
    if (now === undefined) return [{ aspect, before: old.name }];
    return changes(old, now).map((change) => ({ ...change, item: old.name }));
  });
}

function valued(aspect: Aspect, before: Value | undefined, after: Value | undefined): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ aspect, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

/** Those of after in their order, then those that are only in before. */
function paired<Item>(
  before: readonly Item[],
  after: readonly Item[],
  idOf: (item: Item) => string,
): [Item | undefined, Item | undefined][] {
  const old = new Map(before.map((item) => [idOf(item), item]));
  const kept = new Set(after.map(idOf));
  return [
    ...after.map((item): [Item | undefined, Item] => [old.get(idOf(item)), item]),
    ...before.filter((item) => !kept.has(idOf(item))).map((item): [Item, undefined] => [item, undefined]),
  ];
}

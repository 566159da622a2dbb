/**
 * A process version in another language: every text people read in stages, deliverables, forms, criteria and gates.
 * The published version stays as it is (its hash covers its English texts); the words lie beside it, keyed by the
 * English text, so that an improved translation changes no version. What has no translation stays English.
 */
import { isRecord } from "../domain/forms/form-schema.ts";
import type {
  DeliverableDefinition,
  FormSchema,
  GateDefinition,
  ProcessDefinition,
  StageDefinition,
} from "../domain/process.ts";
import { processWords } from "./languages.ts";

/** Says a text of the process in a language. */
type Say = (text: string) => string;

/** The process version in the reader's language (BCP 47). The same object for the same version and language. */
export function processIn(language: string, process: ProcessDefinition): ProcessDefinition {
  const words = processWords(language);
  if (words === undefined) return process;
  const known = translated.get(words)?.get(process);
  if (known !== undefined) return known;
  const made = said(process, (text) => words[text] ?? text);
  const ofLanguage = translated.get(words) ?? new WeakMap<ProcessDefinition, ProcessDefinition>();
  translated.set(words, ofLanguage.set(process, made));
  return made;
}

const translated = new WeakMap<object, WeakMap<ProcessDefinition, ProcessDefinition>>();

/** Every text of the version that `processIn` translates, each once, in the order of the process. */
export function textsOf(process: ProcessDefinition): string[] {
  const texts = new Set<string>();
  said(process, (text) => {
    texts.add(text);
    return text;
  });
  return [...texts];
}

function said(process: ProcessDefinition, say: Say): ProcessDefinition {
  return {
    ...process,
    name: say(process.name),
    intake: saidDeliverable(process.intake, say),
    stages: process.stages.map((stage) => saidStage(stage, say)),
    followUp: saidDeliverable(process.followUp, say),
    gateDecisions: process.gateDecisions.map((decision) => ({
      ...decision,
      label: say(decision.label),
      effect: say(decision.effect),
    })),
    crossFieldRules: process.crossFieldRules.map((rule) => ({ ...rule, text: say(rule.text) })),
  };
}

const saidStage = (stage: StageDefinition, say: Say): StageDefinition => ({
  ...stage,
  name: say(stage.name),
  purpose: say(stage.purpose),
  entryCriteria: stage.entryCriteria.map(say),
  exitCriteria: stage.exitCriteria.map(say),
  outputArtefact: say(stage.outputArtefact),
  deliverables: stage.deliverables.map((deliverable) => saidDeliverable(deliverable, say)),
  gate: saidGate(stage.gate, say),
});

const saidGate = (gate: GateDefinition, say: Say): GateDefinition => ({
  ...gate,
  name: say(gate.name),
  mustMeet: gate.mustMeet.map((must) => ({ ...must, text: say(must.text) })),
  shouldMeet: gate.shouldMeet.map((should) => ({ ...should, text: say(should.text) })),
  anchors: gate.anchors.map(say),
  special: say(gate.special),
});

const saidDeliverable = (deliverable: DeliverableDefinition, say: Say): DeliverableDefinition => ({
  ...deliverable,
  name: say(deliverable.name),
  purpose: say(deliverable.purpose),
  reviewCriteria: deliverable.reviewCriteria.map((criterion) => ({ ...criterion, text: say(criterion.text) })),
  outputArtefact: say(deliverable.outputArtefact),
  formSchema: saidSchema(deliverable.formSchema, say),
});

/** Titles, help, units and the labels of choices, at every depth. */
function saidSchema(schema: FormSchema, say: Say): FormSchema {
  const spoken: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if ((keyword === "title" || keyword === "description") && typeof value === "string") spoken[keyword] = say(value);
    else if (keyword === "x-ui" && isRecord(value)) spoken[keyword] = saidAnnotation(value, say);
    // Of these the members are fields, whatever they are called.
    else if ((keyword === "properties" || keyword === "$defs") && isRecord(value)) {
      spoken[keyword] = Object.fromEntries(
        Object.entries(value).map(([name, field]) => [name, isRecord(field) ? saidSchema(field, say) : field]),
      );
    } else if (keyword === "items" && isRecord(value)) spoken[keyword] = saidSchema(value, say);
    else spoken[keyword] = value;
  }
  return spoken;
}

/** Units that every language writes alike. */
const sameEverywhere: ReadonlySet<string> = new Set(["%", "EUR", "FTE"]);

function saidAnnotation(annotation: Readonly<Record<string, unknown>>, say: Say): Readonly<Record<string, unknown>> {
  const { enumLabels, unit } = annotation;
  return {
    ...annotation,
    ...(isRecord(enumLabels)
      ? {
          enumLabels: Object.fromEntries(
            Object.entries(enumLabels).map(([id, label]) => [id, typeof label === "string" ? say(label) : label]),
          ),
        }
      : {}),
    ...(typeof unit === "string" && !sameEverywhere.has(unit) ? { unit: say(unit) } : {}),
  };
}

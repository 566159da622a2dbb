/** Operations on the published versions of the transfer process, in the reader's language. */
import { key } from "../../shared/contracts/items.ts";
import type { ProcessVersionView } from "../../shared/contracts/process-operations.ts";
import { latestProcess, processVersions } from "../../shared/contracts/transfer-process.ts";
import { propertiesOf } from "../../shared/domain/forms/form-schema.ts";
import type { DeliverableDefinition, GateDefinition, ProcessDefinition } from "../../shared/domain/process.ts";
import { processDifferences } from "../../shared/domain/process-differences.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { processIn } from "../../shared/language/process-words.ts";
import { countersIn } from "../../shared/records/pipeline.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";

type Ids = "listProcessVersions" | "compareProcessVersions";

export function processVersionHandlers({ store }: ApiDependencies): Handlers<Ids> {
  return {
    async listProcessVersions({ actor, names }) {
      const { runs, openRuns } = countersIn(await store.get(key.counters(actor.programmeId)));
      return {
        versions: [...processVersions.values()]
          .sort((a, b) => b.version - a.version)
          .map((process) => ({
            ...described(processIn(names.language, process)),
            newest: process.version === latestProcess.version,
            runs: runs[process.version] ?? 0,
            openRuns: openRuns[process.version] ?? 0,
          })),
      };
    },

    async compareProcessVersions({ query, names }) {
      const published = (version: number): ProcessDefinition => {
        const process = processVersions.get(version);
        if (process === undefined) throw new Refusal("NotFound", { key: "version_not_published", version });
        return processIn(names.language, process);
      };
      const [before, after] = [published(query.from), published(query.to)];
      return {
        from: before.version,
        to: after.version,
        differences: processDifferences(before, after).map((difference) => ({
          ...difference,
          changes: difference.changes.map(({ aspect, item, before: old, after: now }) => ({
            aspect,
            ...(item === undefined ? {} : { item }),
            ...(old === undefined ? {} : { before: typeof old === "object" ? [...old] : old }),
            ...(now === undefined ? {} : { after: typeof now === "object" ? [...now] : now }),
          })),
        })),
      };
    },
  };
}

const described = ({
  version,
  name,
  intake,
  stages,
  followUp,
  followUpMonths,
  reminders,
}: ProcessDefinition): Omit<ProcessVersionView, "newest" | "runs" | "openRuns"> => ({
  version,
  name,
  intake: deliverable(intake),
  stages: stages.map((stage) => ({
    id: stage.id,
    name: stage.name,
    purpose: stage.purpose,
    durationDays: stage.durationDays,
    skippable: stage.skippable,
    deliverables: stage.deliverables.map(deliverable),
    gate: gate(stage.gate),
  })),
  followUp: deliverable(followUp),
  followUpMonths: [...followUpMonths],
  reminders: reminders.map(({ id, at, to }) => ({ id, at, to: [...to] })),
});

const deliverable = (definition: DeliverableDefinition): ProcessVersionView["intake"] => ({
  id: definition.id,
  name: definition.name,
  purpose: definition.purpose,
  deliveredBy: [...definition.deliveredBy],
  reviewedBy: [...definition.reviewedBy],
  required: definition.required,
  skippable: definition.skippable,
  dueInDays: definition.dueInDays,
  reviewInWorkingDays: definition.reviewInWorkingDays,
  dependsOn: [...definition.dependsOn],
  fields: Object.keys(propertiesOf(definition.formSchema)).length,
  criteria: definition.reviewCriteria.map(({ text, weight, must }) => ({ text, weight, must })),
});

const gate = ({ id, name, decideWithinDays, decidedBy, mustMeet, shouldMeet, thresholds }: GateDefinition) => ({
  id,
  name,
  decideWithinDays,
  experts: decidedBy.experts,
  mustMeet: mustMeet.map(({ text }) => text),
  shouldMeet: shouldMeet.map(({ text, weight }) => ({ text, weight })),
  thresholds: { ...thresholds },
});

/** What a decision will do to this pilot, said before it is taken; what it does in general stands at the choice. */
import { useTranslation } from "react-i18next";
import { dayInWords, listInWords, numberInWords } from "../../language/format.ts";
import type { DecisionEntries } from "./decision-entries.ts";
import { nameOf } from "./evidence.tsx";
import type { GateProps, GateView } from "./gate-view.ts";

export function Consequences(
  props: GateProps & { readonly option: GateView["decisions"][number]; readonly entries: DecisionEntries },
) {
  const { t } = useTranslation("gate");
  const sentences = useConsequences(props);
  return (
    <div className="notice" role="status">
      <strong>{t("consequence.title")}</strong>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function useConsequences({ pilot, gate, option, entries }: Parameters<typeof Consequences>[0]): readonly string[] {
  const { t } = useTranslation("gate");
  const onRecord = t("consequence.onRecord", {
    count: Object.keys(gate.basedOn).length,
    score: gate.meanScore === undefined ? "–" : numberInWords(gate.meanScore, { fractionDigits: 1 }),
  });
  const goesOn =
    gate.next === undefined
      ? t("consequence.completed")
      : t("consequence.next", { stage: gate.next.name, count: gate.next.deliverables, days: gate.next.days });
  switch (option.decision) {
    case "advance":
      return [goesOn, onRecord];
    case "advance_with_conditions":
      return [goesOn, t("consequence.conditions", { count: entries.conditions.length }), onRecord];
    case "rework": {
      const named = new Set(entries.deliverables);
      const all = new Set(entries.deliverables.flatMap((id) => gate.reworks[id] ?? [id]));
      const others = [...all].filter((id) => !named.has(id));
      const names = (ids: Iterable<string>) => listInWords([...ids].map((id) => nameOf(pilot, id)));
      return [
        ...(named.size === 0 ? [] : [t("consequence.reopened", { names: names(named) })]),
        ...(others.length === 0 ? [] : [t("consequence.alsoReopened", { names: names(others) })]),
        t("consequence.nextRound", { round: gate.round + 1 }),
        onRecord,
      ];
    }
    case "hold":
      return [
        ...(entries.resumeOn === "" ? [] : [t("consequence.held", { day: dayInWords(entries.resumeOn) })]),
        onRecord,
      ];
    case "stop":
      return [t("consequence.objection"), onRecord];
    case "skip":
      return [
        ...(gate.next === undefined ? [] : [t("consequence.skipped", { stage: gate.next.name })]),
        t("consequence.second"),
      ];
  }
}

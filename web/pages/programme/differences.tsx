/** What differs between two process versions, thing by thing, in the order of the process. */
import { useTranslation } from "react-i18next";
import type { ProcessComparison } from "../../../shared/contracts/process-operations.ts";
import { listInWords, numberInWords } from "../../language/format.ts";
import { Mark } from "../../parts/labels.tsx";
import { Empty } from "../../parts/states.tsx";
import { inWords, someoneInWords, stageInWords } from "../../words.ts";

type Difference = ProcessComparison["differences"][number];
type Change = Difference["changes"][number];

export function Differences({ comparison }: { readonly comparison: ProcessComparison }) {
  const { t } = useTranslation("process");
  const { differences, from, to } = comparison;
  if (differences.length === 0) return <Empty>{t("compare.same", { from, to })}</Empty>;
  return (
    <>
      <p>{t("compare.count", { number: differences.length })}</p>
      <ul className="cards">
        {differences.map((difference) => (
          <li key={`${difference.kind} ${difference.id}`}>
            <h3>
              {titleOf(difference)} <Mark tone="gray">{t(`compare.${difference.change}`)}</Mark>
            </h3>
            {difference.changes.length === 0 ? null : (
              <ul className="change-lines">
                {difference.changes.map((change) => (
                  <li key={`${change.aspect} ${change.item} ${change.before} ${change.after}`}>
                    <Line change={change} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </>
  );

  function titleOf({ kind, id, name }: Difference): string {
    if (kind === "reminder") return t("compare.reminder", { step: t(`stepName.${stepOf(id)}`) });
    return kind === "deliverable" || kind === "gate" ? `${id} ${name}` : name;
  }
}

const steps = ["followup", "soon", "near", "due", "esc1", "esc2", "esc3", "review"] as const;

/** The contract knows the steps there are; a later one is read like a half-way question. */
const stepOf = (id: string) => steps.find((each) => each === id) ?? "followup";

function Line({ change }: { readonly change: Change }) {
  const { t } = useTranslation("process");
  const { aspect, item, before, after } = change;
  const name = t(`aspect.${aspect}`);
  const what = item === undefined ? name : t("compare.ofItem", { aspect: name, item });
  if (before === undefined && after === undefined) return what;
  return (
    <>
      <span className="what-changed">{what}:</span>{" "}
      {before === undefined ? null : <del>{valueInWords(change, before)}</del>}
      {before === undefined || after === undefined ? null : " → "}
      {after === undefined ? null : <ins>{valueInWords(change, after)}</ins>}
    </>
  );

  function valueInWords({ aspect: of }: Change, value: NonNullable<Change["before"]>): string {
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (typeof value === "number") return numberInWords(value);
    if (typeof value === "string") return of === "stage" ? stageInWords(value) : value;
    if (of === "recipients") return listInWords(value.map((each) => t(`recipient.${recipientOf(each)}`)));
    if (of === "deliveredBy" || of === "reviewedBy") return listInWords(value.map(roleInWords));
    return value.length === 0 ? t("nothing") : listInWords(value);
  }
}

const recipients = ["performer", "reviewer", "advisor", "sme_admin", "coordinator"] as const;
const recipientOf = (id: string) => recipients.find((each) => each === id) ?? "performer";

const processRoles = ["sme", "advisor", "expert", "living_lab", "coordinator"] as const;

function roleInWords(id: string): string {
  const role = processRoles.find((each) => each === id);
  return role === undefined ? inWords(id) : someoneInWords(role);
}

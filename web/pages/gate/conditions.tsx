/** What was promised at this gate, by whom, and whether it is met. */
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { dayInWords } from "../../language/format.ts";
import { DueDate } from "../../parts/labels.tsx";
import { someoneInWords } from "../../words.ts";

export function ConditionList({ conditions }: { readonly conditions: PilotView["conditions"] }) {
  const { t } = useTranslation("gate");
  return (
    <ul className="cards">
      {conditions.map(({ id, text, ownerRole, dueAt, overdue, metAt, evidence }) => (
        <li key={id}>
          <p className="what">{text}</p>
          <p className="quiet">
            {t("conditions.owner", { who: someoneInWords(ownerRole) })}{" "}
            {metAt === undefined ? (
              <DueDate at={dueAt} isOver={overdue} />
            ) : (
              t("conditions.met", { day: dayInWords(metAt), evidence: evidence ?? "–" })
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { isEnded } from "../../../shared/domain/pilot/state.ts";
import { dayInWords, dueDayInWords, numberInWords } from "../../language/format.ts";
import { usePortal } from "../../portal.ts";

/** The figures that say whether one has to look closer. */
export function Glance(props: {
  readonly pilot: PilotView;
  /** As many as the page lists, those that stand still with the pilot included. */
  readonly openTasks: number;
  /** Hours are for whoever finds them on the page. */
  readonly seesSupport: boolean;
}) {
  const { pilot, openTasks, seesSupport } = props;
  const { t } = useTranslation(["workspace", "common"]);
  const { now } = usePortal();
  const facts = [
    { name: t("glance.open"), value: String(openTasks) },
    { name: t("glance.overdue"), value: String(pilot.overdueTasks), isBad: pilot.overdueTasks > 0 },
    // What has ended may still have a survey to answer.
    ...(isEnded(pilot) && pilot.nextDueAt === undefined
      ? []
      : [
          {
            name: t("glance.next"),
            value:
              pilot.hold !== undefined
                ? t("common:due.still")
                : pilot.nextDueAt === undefined
                  ? t("glance.nothing")
                  : dueDayInWords(pilot.nextDueAt),
            isBad: pilot.hold === undefined && pilot.nextDueAt !== undefined && pilot.nextDueAt < now().toISOString(),
          },
        ]),
    { name: t(isEnded(pilot) ? "glance.ended" : "glance.stage"), value: dayInWords(pilot.stageSince) },
    ...(seesSupport ? [{ name: t("glance.hours"), value: numberInWords(pilot.supportHours) }] : []),
    ...(seesSupport && pilot.openHours > 0
      ? [{ name: t("glance.openHours"), value: numberInWords(pilot.openHours) }]
      : []),
  ];
  return (
    <dl className="glance">
      {facts.map(({ name, value, isBad }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={isBad === true ? "overdue" : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

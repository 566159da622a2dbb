/** Days off beside the public holidays, by year. */
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayInWords } from "../../language/format.ts";
import { Empty } from "../../parts/states.tsx";

export function Holidays(props: {
  readonly days: readonly string[];
  readonly mayChange: boolean;
  change(days: readonly string[]): void;
}) {
  const { t } = useTranslation("programme");
  const { days, mayChange, change } = props;
  const [typed, setTyped] = useState("");
  const years = [...Map.groupBy(days.toSorted(), (day) => day.slice(0, 4))];
  const add = () => {
    if (typed === "") return;
    change([...new Set([...days, typed])].toSorted());
    setTyped("");
  };
  return (
    <section aria-labelledby="holidays">
      <h2 id="holidays">{t("holidays.title")}</h2>
      <p className="help">{t("holidays.help")}</p>
      {days.length === 0 ? <Empty>{t("holidays.empty")}</Empty> : null}
      {years.map(([year, ofYear]) => (
        <div key={year}>
          <h3>{year}</h3>
          <ul className="days-off">
            {ofYear.map((day) => (
              <li key={day}>
                <time dateTime={day}>{dayInWords(day)}</time>
                {mayChange ? (
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    aria-label={t("holidays.removeDay", { day: dayInWords(day) })}
                    onClick={() => change(days.filter((each) => each !== day))}
                  >
                    {t("holidays.remove")}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {mayChange ? (
        <div className="add-day">
          <TextInput
            type="date"
            label={t("holidays.day")}
            description={t("holidays.dayHelp")}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            // The form around it is for saving.
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
          />
          <Button variant="default" onClick={add}>
            {t("holidays.add")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

/** A sample programme's time can be moved ahead, to see what becomes due. */
import { useTranslation } from "react-i18next";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { minuteInWords } from "../language/format.ts";
import { ActionButton } from "../parts/action.tsx";
import { usePortal } from "../portal.ts";

const dayMs = 24 * 60 * 60 * 1000;

export function ClockControl(props: {
  readonly clock: OutputOf<"getClock">;
  readonly mayMove: boolean;
  onMoved(): void;
}) {
  const { t } = useTranslation("common");
  const { call, now, announce } = usePortal();
  const skip = async (days: number) => {
    const to = new Date(now().getTime() + days * dayMs);
    const moved = await call("moveClock", { body: { to: to.toISOString() } });
    announce(t("clock.moved", { time: minuteInWords(moved.now) }));
    props.onMoved();
  };
  return (
    <div className="clock">
      <span>
        {t("clock.title")} <time dateTime={props.clock.now}>{minuteInWords(props.clock.now)}</time>
      </span>
      {props.mayMove ? (
        <>
          <ActionButton size="compact-sm" act={() => skip(1)}>
            {t("clock.day")}
          </ActionButton>
          <ActionButton size="compact-sm" act={() => skip(7)}>
            {t("clock.week")}
          </ActionButton>
        </>
      ) : null}
    </div>
  );
}

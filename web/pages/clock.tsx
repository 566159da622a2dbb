/** A sample programme's time can be moved ahead, to see what becomes due. */
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { ActionButton } from "../parts.tsx";
import { usePortal } from "../portal.ts";
import { minuteInWords } from "../words.ts";

const dayMs = 24 * 60 * 60 * 1000;

export function ClockControl(props: {
  readonly clock: OutputOf<"getClock">;
  readonly mayMove: boolean;
  onMoved(): void;
}) {
  const { call, now, announce } = usePortal();
  const skip = async (days: number) => {
    const to = new Date(now().getTime() + days * dayMs);
    const moved = await call("moveClock", { body: { to: to.toISOString() } });
    announce(`It is now ${minuteInWords(moved.now)}.`);
    props.onMoved();
  };
  return (
    <div className="clock">
      <span>
        Time in Fairway: <time dateTime={props.clock.now}>{minuteInWords(props.clock.now)}</time>
      </span>
      {props.mayMove ? (
        <>
          <ActionButton act={() => skip(1)}>Skip ahead a day</ActionButton>
          <ActionButton act={() => skip(7)}>Skip ahead a week</ActionButton>
        </>
      ) : null}
    </div>
  );
}

/** Two columns for each month; the table beside it has the numbers. */
import { monthInDigits } from "../../language/format.ts";
import { hasRoom, percentOf, scaleTo } from "./figures.ts";
import { daysInWords } from "./words.ts";

const height = 120;
const top = 6;
/** Room for the months below, the scale at the left. */
const bottom = 22;

export function MonthColumns(props: {
  readonly names: readonly [first: string, second: string];
  readonly months: readonly { readonly month: string; readonly first: number; readonly second: number }[];
}) {
  const { names, months } = props;
  const { max, ticks } = scaleTo(Math.max(1, ...months.flatMap(({ first, second }) => [first, second])));
  const y = (value: number) => top + height - (percentOf(value, max) / 100) * height;
  const width = 100 / Math.max(1, months.length);
  return (
    <div className="chart" aria-hidden>
      <ul className="legend">
        <li>
          <svg aria-hidden width="14" height="14">
            <rect className="first" x="1" y="1" width="12" height="12" />
          </svg>
          {names[0]}
        </li>
        <li>
          <svg aria-hidden width="14" height="14">
            <rect className="second" x="1" y="1" width="12" height="12" />
          </svg>
          {names[1]}
        </li>
      </ul>
      <div className="with-scale">
        <svg aria-hidden className="scale" width="28" height={top + height + bottom}>
          {ticks.map((tick) => (
            <text key={tick} x="24" y={y(tick) + 4} textAnchor="end">
              {daysInWords(tick)}
            </text>
          ))}
        </svg>
        <svg aria-hidden width="100%" height={top + height + bottom}>
          {ticks.map((tick) => (
            <line key={tick} className="grid" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
          ))}
          {months.map(({ month, first, second }, index) => (
            <g key={month}>
              <rect
                className="first"
                x={`${index * width + width * 0.12}%`}
                width={`${width * 0.36}%`}
                y={y(first)}
                height={top + height - y(first)}
              />
              <rect
                className="second"
                x={`${index * width + width * 0.52}%`}
                width={`${width * 0.36}%`}
                y={y(second)}
                height={top + height - y(second)}
              />
              {hasRoom(index, months.length, 4) ? (
                <text x={`${index * width}%`} y={top + height + 16}>
                  {monthInDigits(month)}
                </text>
              ) : null}
            </g>
          ))}
        </svg>
      </div>
    </div>
  );
}

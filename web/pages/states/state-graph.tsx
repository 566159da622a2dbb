/** A state machine as a picture, with the states an execution is in lit. The same in words stands in the list beside it. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ExecutionDetail } from "../../../shared/contracts/engine-operations.ts";
import { type Box, type Drawing, draw, type Line } from "./graph.ts";
import { reachOf, reachSigns } from "./reach.ts";

export function StateGraph({ execution }: { readonly execution: ExecutionDetail }) {
  const { t } = useTranslation("states");
  const drawing = useMemo(() => draw(execution.definition), [execution.definition]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="state-graph" tabIndex={0} aria-label={t("graphOf", { name: execution.stateMachine })}>
      <svg
        role="img"
        aria-label={t("graphOf", { name: execution.stateMachine })}
        width={drawing.width}
        height={drawing.height}
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      >
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" className="arrow" />
          </marker>
        </defs>
        <Level drawing={drawing} execution={execution} />
      </svg>
    </section>
  );
}

function Level({ drawing, execution }: { readonly drawing: Drawing; readonly execution: ExecutionDetail }) {
  return (
    <>
      {drawing.lines.map((line) => (
        <Way key={line.points.map(({ x, y }) => `${x} ${y}`).join()} line={line} />
      ))}
      <circle className="dot" cx={drawing.start.x} cy={drawing.start.y} r={6} />
      {drawing.end === undefined ? null : <circle className="dot end" cx={drawing.end.x} cy={drawing.end.y} r={7} />}
      {drawing.boxes.map((box) => (
        <State key={box.name} box={box} execution={execution} />
      ))}
    </>
  );
}

function State({ box, execution }: { readonly box: Box; readonly execution: ExecutionDetail }) {
  const reach = reachOf(execution, box.name);
  const inside = execution.states.find(({ name }) => name === box.name)?.inside ?? 0;
  const sign = reachSigns[reach];
  return (
    <g transform={`translate(${box.x} ${box.y})`} className={`state ${reach}`}>
      {box.comment === undefined ? null : <title>{box.comment}</title>}
      <rect width={box.width} height={box.height} rx={box.kind === "Choice" ? 20 : 6} />
      <text x={box.width / 2} y={18} textAnchor="middle">
        {sign === "" ? box.name : `${sign} ${box.name}`}
        {reach === "inside" && inside > 1 ? ` × ${inside}` : ""}
      </text>
      <text x={box.width / 2} y={box.inside.length === 0 ? 35 : 31} textAnchor="middle" className="kind">
        {box.kind}
      </text>
      {box.inside.map((drawing) => (
        <g key={`${drawing.x}`} transform={`translate(${drawing.x} ${drawing.y})`}>
          <Level drawing={drawing} execution={execution} />
        </g>
      ))}
    </g>
  );
}

function Way({ line: { points, label, at, isCatch } }: { readonly line: Line }) {
  return (
    <g className={isCatch ? "way catch" : "way"}>
      <path d={`M${points.map(({ x, y }) => `${x} ${y}`).join("L")}`} markerEnd="url(#arrow)" />
      {label === undefined || at === undefined ? null : (
        <text x={at.x} y={at.y + 4} textAnchor="middle">
          {label}
        </text>
      )}
    </g>
  );
}

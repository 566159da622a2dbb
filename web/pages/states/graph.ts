/** A definition in the Amazon States Language as a drawing: boxes and lines with places. Dagre finds the places. */
import { Graph, layout } from "@dagrejs/dagre";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly name: string;
  readonly kind: string;
  readonly comment?: string;
  /** Upper left corner, in pixels from the drawing's. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What runs inside: one for a Map, one for each branch of a Parallel. */
  readonly inside: readonly (Drawing & Point)[];
}

export interface Line {
  readonly points: readonly Point[];
  /** A condition, or the errors that lead here. */
  readonly label?: string;
  readonly at?: Point;
  readonly isCatch: boolean;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  /** Where it begins and ends. */
  readonly start: Point;
  readonly end?: Point;
}

/** What the drawing needs of a definition; everything is checked, since definitions are data. */
type Definition = Readonly<Record<string, unknown>>;

const BOX_HEIGHT = 44;
const HEAD_HEIGHT = 34;
const PADDING = 14;
const DOT = 18;
const CHARACTER_WIDTH = 8.2;
const LONGEST_LABEL = 34;

const START = "\u0000start";
const END = "\u0000end";

/** Throws TypeError when it is no definition: no `StartAt` or no `States`. */
export function draw(definition: Definition): Drawing {
  const { StartAt: startAt, States: states } = definition;
  if (typeof startAt !== "string" || !isRecord(states)) throw new TypeError("This is no state machine.");
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 36, ranksep: 44, edgesep: 14, marginx: PADDING, marginy: PADDING });
  const entries = Object.entries(states).filter((entry): entry is [string, Definition] => isRecord(entry[1]));
  const insides = new Map(entries.map(([name, state]) => [name, insideOf(state)]));
  graph.setNode(START, { width: DOT, height: DOT });
  for (const [name] of entries) graph.setNode(name, sizeOf(name, insides.get(name) ?? []));
  const ends = entries.some(([, state]) => isLast(state));
  if (ends) graph.setNode(END, { width: DOT, height: DOT });

  const ways = [
    { from: START, to: startAt, isCatch: false },
    ...entries.flatMap(([name, state]) => waysFrom(name, state)),
  ].filter(({ to }) => graph.hasNode(to));
  for (const [index, { from, to, label }] of ways.entries()) {
    const width = label === undefined ? 0 : label.length * CHARACTER_WIDTH * 0.8;
    graph.setEdge(from, to, { width, height: label === undefined ? 0 : 16, labelpos: "c" }, String(index));
  }
  layout(graph);

  const { width = 0, height = 0 } = graph.graph();
  const centre = (node: string): Point => {
    const { x = 0, y = 0 } = graph.node(node);
    return { x, y };
  };
  return {
    width,
    height,
    boxes: entries.map(([name, state]) => boxOf(name, state, graph.node(name), insides.get(name) ?? [])),
    lines: ways.map(({ from, to, label, isCatch }, index) => {
      const { points = [], x, y } = graph.edge(from, to, String(index));
      return {
        points,
        isCatch,
        ...(label === undefined ? {} : { label, at: { x: x ?? 0, y: y ?? 0 } }),
      };
    }),
    start: centre(START),
    ...(ends ? { end: centre(END) } : {}),
  };
}

interface Way {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  readonly isCatch: boolean;
}

const isLast = ({ Type, End }: Definition): boolean => End === true || Type === "Succeed" || Type === "Fail";

function waysFrom(name: string, state: Definition): Way[] {
  const ways: Way[] = [];
  const add = (to: unknown, isCatch: boolean, label?: string) => {
    if (typeof to === "string") ways.push({ from: name, to, isCatch, ...(label === undefined ? {} : { label }) });
  };
  for (const choice of recordsIn(state.Choices)) add(choice.Next, false, short(conditionOf(choice)));
  if (state.Type === "Choice") add(state.Default, false, "…");
  add(state.Next, false);
  for (const caught of recordsIn(state.Catch)) {
    const errors = Array.isArray(caught.ErrorEquals) ? caught.ErrorEquals.join(", ") : "";
    add(caught.Next, true, short(errors));
  }
  if (isLast(state)) add(END, false);
  return ways;
}

const conditionOf = ({ Condition }: Definition): string =>
  typeof Condition === "string" ? Condition.replace(/^\{%\s*|\s*%\}$/g, "").replaceAll("$states.", "") : "";

const short = (text: string): string => (text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text);

function insideOf(state: Definition): Drawing[] {
  const { ItemProcessor: processor, Branches: branches } = state;
  if (isRecord(processor)) return [draw(processor)];
  return recordsIn(branches).map(draw);
}

function sizeOf(name: string, inside: readonly Drawing[]): { width: number; height: number } {
  const title = Math.max(120, name.length * CHARACTER_WIDTH + 56);
  if (inside.length === 0) return { width: title, height: BOX_HEIGHT };
  const width = inside.reduce((sum, each) => sum + each.width, 0) + PADDING * (inside.length + 1);
  return {
    width: Math.max(title, width),
    height: HEAD_HEIGHT + PADDING + Math.max(...inside.map(({ height }) => height)),
  };
}

function boxOf(
  name: string,
  state: Definition,
  node: { readonly x?: number; readonly y?: number; readonly width?: number; readonly height?: number },
  inside: readonly Drawing[],
): Box {
  const { width = 0, height = 0, x = 0, y = 0 } = node;
  let left = PADDING;
  return {
    name,
    kind: typeof state.Type === "string" ? state.Type : "",
    ...(typeof state.Comment === "string" ? { comment: state.Comment } : {}),
    x: x - width / 2,
    y: y - height / 2,
    width,
    height,
    inside: inside.map((drawing) => {
      const placed = { ...drawing, x: left, y: HEAD_HEIGHT };
      left += drawing.width + PADDING;
      return placed;
    }),
  };
}

const recordsIn = (list: unknown): Definition[] => (Array.isArray(list) ? list.filter(isRecord) : []);

const isRecord = (value: unknown): value is Definition =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Builds the model of a picture from a network: which parts are nodes, which can be folded, where tensors flow. */
import { formatShape } from "../../core/format-shape.ts";
import { positionAt } from "../../core/source-file.ts";
import type { Span } from "../../core/span.ts";
import { type CostMeter, createCostMeter, macsOf } from "../../cost/measure-cost.ts";
import { isJoin, type Node } from "../../ir/architecture.ts";
import type { CheckedArchitecture, ShapedNode } from "../../ir/shaped.ts";
import { childPath, joinPath } from "../../ir/walk.ts";
import { ownLayers } from "../../lower/own-layers.ts";
import { createMarkIndex, type MarkIndex } from "./mark-index.ts";
import type {
  ChangeTexts,
  GroupBody,
  Mark,
  Marks,
  Picture,
  PictureEdge,
  PictureNode,
  Scope,
} from "./picture.ts";
import { insideOf, isChain, peel, type Run, runsOf } from "./repeat-runs.ts";
import { argumentsOf, type Said, saidOfJoin, saidOfOperator, titleOf } from "./say-node.ts";

/** What all scopes of one picture share. */
interface Drawing {
  readonly scopes: Scope[];
  readonly marks: MarkIndex;
  readonly changes: ChangeTexts;
  readonly costOf: CostMeter;
  /** Scopes without marks, by what lies in them. */
  readonly known: Map<ShapedNode, number>;
}

export function buildPicture(
  { architecture, root }: CheckedArchitecture,
  marks: Marks = new Map(),
  changes: ChangeTexts = new Map(),
): Picture {
  const costOf = createCostMeter();
  const drawing: Drawing = {
    scopes: [],
    marks: createMarkIndex(marks),
    changes,
    costOf,
    known: new Map(),
  };
  const at = place(architecture.span);
  const input: Terminal = { kind: "input", title: "input", at: place(architecture.inputSpan) };
  buildScope(drawing, root, root.node.name, input, { kind: "output", title: "output", at });
  const { params, primitives } = costOf(root);
  return {
    network: architecture.name,
    base: architecture.base ?? null,
    doc: architecture.doc ?? null,
    input: formatShape(root.input),
    output: formatShape(root.output),
    params: params.total,
    macs: macsOf(primitives),
    hasMarks: marks.size > 0,
    scopes: drawing.scopes,
  };
}

/** What the text of a changed residual scale begins with. */
const SCALE_CHANGE = "residual scale: ";

/** Where a scope begins or ends. */
type Terminal = Pick<PictureNode, "kind" | "title" | "at">;

const ENTRY: Terminal = { kind: "entry", title: "", at: "" };
const EXIT: Terminal = { kind: "exit", title: "", at: "" };

/** The current tensor: the node that produces it, and the text of its next edge. */
interface Tail {
  readonly node: number;
  readonly shape: string;
  /** Whether the node is a point that may have several edges. */
  readonly isPoint: boolean;
}

/** Where in the network a part lies: from its start, from the start of the scope, and what marks it from above. */
interface Place {
  readonly path: string;
  readonly local: string;
  readonly mark: Mark | null;
  readonly isInJoin: boolean;
}

/** Adds the scope for the contents of `owner`, which is at `path`, and gives its index. */
function buildScope(
  drawing: Drawing,
  owner: ShapedNode,
  path: string,
  begin: Terminal = ENTRY,
  end: Terminal = EXIT,
): number {
  const isMarked = drawing.marks.describe(path) !== "";
  const before = isMarked ? undefined : drawing.known.get(owner);
  if (before !== undefined) return before;
  const scope = new ScopeBuilder(drawing);
  const entry = scope.begin(begin, formatShape(owner.input));
  scope.end(end, scope.drawInside(owner, entry, path));
  const index = drawing.scopes.push(scope) - 1;
  if (!isMarked) drawing.known.set(owner, index);
  return index;
}

class ScopeBuilder {
  readonly nodes: PictureNode[] = [];
  readonly edges: PictureEdge[] = [];
  readonly #drawing: Drawing;

  constructor(drawing: Drawing) {
    this.#drawing = drawing;
  }

  begin(terminal: Terminal, shape: string): Tail {
    const isPoint = terminal.kind === "entry";
    const node = this.#add({ ...BLANK, ...terminal, input: shape, output: shape });
    return { node, shape: isPoint ? "" : shape, isPoint };
  }

  end(terminal: Terminal, tail: Tail): void {
    const { output } = this.nodes[tail.node] ?? BLANK;
    const isExit = terminal.kind === "exit";
    const node = this.#add({ ...BLANK, ...terminal, input: output, output });
    this.#connect(isExit ? { ...tail, shape: "" } : tail, node);
  }

  /** Draws what lies in a part; what a join holds cannot be drawn without the join. */
  drawInside(owner: ShapedNode, tail: Tail, path: string): Tail {
    const start: Place = { path, local: "", mark: null, isInJoin: false };
    if (isChain(owner.node)) return this.#drawChain(owner, tail, start);
    const { name } = owner.node;
    return this.draw(owner, tail, { ...start, path: joinPath(path, name), local: name });
  }

  /** Draws a part behind `tail` and gives the tensor that it makes. */
  draw(shaped: ShapedNode, tail: Tail, at: Place): Tail {
    const { node, children } = shaped;
    switch (node.kind) {
      case "operator": {
        return this.#append(saidOfOperator(node), shaped, tail, at);
      }
      case "call": {
        const facts = argumentsOf(node);
        const said: Said = { kind: "group", title: node.instance.module.name, note: "", facts };
        return this.#drawGroup("module", said, shaped, tail, at);
      }
      case "repeat":
        // A repeat of zero is nothing to see, unless a comparison has something to say of it.
        if (children.length === 0 && at.mark === null) return tail;
        return this.#drawRepeat(shaped, tail, at);
      case "aux":
        return this.#drawAux(shaped, tail, at);
      case "concat":
      case "sum":
      case "split":
      case "residual":
      case "scale_by":
        return this.#drawJoin(shaped, tail, at);
      case "sequence":
        if (node.name !== "" && !at.isInJoin && children.length > 1) {
          const said: Said = { kind: "group", title: node.name, note: "", facts: [] };
          return this.#drawGroup("steps", said, shaped, tail, at);
        }
        return this.#drawChain(shaped, tail, at);
      default:
        return this.#drawChain(shaped, tail, at);
    }
  }

  #drawChain(shaped: ShapedNode, tail: Tail, at: Place): Tail {
    return shaped.children.reduce(
      (last, child, index) => this.draw(child, last, this.#below(shaped.node, at, child, index)),
      tail,
    );
  }

  #drawJoin(shaped: ShapedNode, tail: Tail, at: Place): Tail {
    const { node, children } = shaped;
    const isAlone = children.length === 1 && isJoin(node);
    if (isAlone) return this.#drawChain(shaped, tail, at);
    const split = this.#split(tail);
    const start = this.edges.length;
    // The shortcut is to the left of the body, as in the papers, so it is drawn first.
    const order = node.kind === "residual" ? [...children.keys()].reverse() : children.keys();
    const ends = Array.from(order, (index) => {
      const child = children[index] ?? shaped;
      const below = { ...this.#below(node, at, child, index), isInJoin: true };
      const from = node.kind === "split" ? { ...split, shape: formatShape(child.input) } : split;
      return { index, tail: this.draw(child, from, below) };
    });
    const join = this.#add(this.#describe(saidOfJoin(node), shaped, at, NO_COST));
    if (children.length === 1) {
      this.edges.splice(start, 0, { from: split.node, to: join, shape: "", factor: "" });
    }
    const factor =
      node.kind === "residual" && ownLayers(shaped).some(({ kind }) => kind === "rescale")
        ? this.#factorOf(node.scale, at.path)
        : "";
    for (const end of ends) this.#connect(end.tail, join, end.index === 0 ? factor : "");
    return { node: join, shape: formatShape(shaped.output), isPoint: false };
  }

  /** `×0.17`; of a scale that was changed, from what to what. */
  #factorOf(scale: number, path: string): string {
    const change = this.#drawing.changes.get(path)?.find((text) => text.startsWith(SCALE_CHANGE));
    if (change === undefined) return `×${scale}`;
    return change
      .slice(SCALE_CHANGE.length)
      .split(" → ")
      .map((value) => `×${value}`)
      .join(" → ");
  }

  /** The head reads the current tensor, which continues unchanged. */
  #drawAux(shaped: ShapedNode, tail: Tail, at: Place): Tail {
    const split = this.#split(tail);
    const said: Said = { kind: "group", title: shaped.node.name, note: "", facts: [] };
    this.#drawGroup("aux", said, shaped, split, at);
    return split;
  }

  /** Of similar instances only one is drawn, with their number. */
  #drawRepeat(shaped: ShapedNode, tail: Tail, at: Place): Tail {
    const runs = runsOf(shaped, at.path, this.#drawing.marks);
    const [only] = runs;
    if (only && runs.length === 1) return this.#drawRun(only, shaped, tail, at);
    const title =
      titleOf(runs.map(({ instance }) => instance.node)) || lastSegment(at.local) || "repeat";
    const said: Said = { kind: "group", title, note: "", facts: [] };
    const times = shaped.children.length;
    const scope = new ScopeBuilder(this.#drawing);
    let inner = scope.begin(ENTRY, formatShape(shaped.input));
    for (const run of runs) {
      inner = scope.#drawRun(run, undefined, inner, { ...at, local: "", isInJoin: false });
    }
    scope.end(EXIT, inner);
    const index = this.#drawing.scopes.push(scope) - 1;
    const group: GroupBody = { kind: "repeat", scope: index, path: at.local };
    return this.#append({ ...said, times, group }, shaped, tail, at);
  }

  /** Draws one instance for all of a run; at the path of `whole`, if the run is all there is of it. */
  #drawRun(run: Run, whole: ShapedNode | undefined, tail: Tail, at: Place): Tail {
    const { first, members } = run;
    const times = members.length;
    const { shaped, path, local } = peel(run.instance, at, first);
    const { node } = shaped;
    const cost = this.#costOfAll(members);
    const shown = { ...shaped, output: (members.at(-1) ?? shaped).output };
    const own = { ...at, path, local };
    if (node.kind === "operator") {
      const said: Said = { ...saidOfOperator(node), times, firstInstance: first };
      return this.#append(said, shown, tail, own, cost);
    }
    const group: GroupBody = {
      kind: node.kind === "call" ? "module" : "repeat",
      scope: buildScope(this.#drawing, shaped, insideOf(node, path)),
      path: insideOf(node, local),
    };
    const title = titleOf([node]) || lastSegment(whole ? at.local : local);
    const isEqual = members.every((member) => member === run.instance);
    const note = isEqual ? "" : "shapes of the first";
    const said: Said = { kind: "group", title, note, facts: argumentsOf(node) };
    const drawn: Said = { ...said, times, firstInstance: first, group };
    return this.#append(drawn, shown, tail, whole ? at : own, cost);
  }

  #drawGroup(kind: GroupBody["kind"], said: Said, shaped: ShapedNode, tail: Tail, at: Place): Tail {
    const end: Terminal =
      kind === "aux" ? { kind: "output", title: said.title, at: place(shaped.node.span) } : EXIT;
    const scope = buildScope(this.#drawing, shaped, at.path, ENTRY, end);
    const group: GroupBody = { kind, scope, path: at.local };
    return this.#append({ ...said, group }, shaped, tail, at);
  }

  #append(said: Said, shaped: ShapedNode, tail: Tail, at: Place, cost?: NodeCost): Tail {
    const node = this.#add(this.#describe(said, shaped, at, cost ?? this.#costOf(shaped)));
    this.#connect(tail, node);
    return { node, shape: formatShape(shaped.output), isPoint: false };
  }

  #describe(
    said: Said,
    { node, input, output }: ShapedNode,
    at: Place,
    cost: NodeCost,
  ): PictureNode {
    return {
      ...BLANK,
      ...said,
      ...cost,
      path: at.local,
      input: formatShape(input),
      output: formatShape(output),
      at: place(node.span),
      mark: at.mark ?? this.#drawing.marks.markOf(at.path),
      changes: this.#drawing.changes.get(at.path) ?? [],
    };
  }

  #costOf(shaped: ShapedNode): NodeCost {
    const { params, primitives } = this.#drawing.costOf(shaped);
    return { params: params.total, macs: macsOf(primitives) };
  }

  #costOfAll(members: readonly ShapedNode[]): NodeCost {
    const costs = members.map((member) => this.#costOf(member));
    return {
      params: costs.reduce((sum, { params }) => sum + params, 0),
      macs: costs.reduce((sum, { macs }) => sum + macs, 0),
    };
  }

  /** A mark on something that is not drawn is shown on all of its contents. */
  #below(parent: Node, at: Place, child: ShapedNode, index: number): Place {
    const path = childPath(parent, at.path, child.node, index);
    const own = this.#drawing.marks.markOf(at.path);
    const isPlain = parent.kind === "sequence" || parent.kind === "factor";
    return {
      ...at,
      path,
      local: childPath(parent, at.local, child.node, index),
      mark: at.mark ?? (isPlain && own !== "changed" ? own : null),
    };
  }

  #split(tail: Tail): Tail {
    if (tail.isPoint) return { ...tail, shape: "" };
    const shape = this.nodes[tail.node]?.output ?? "";
    const node = this.#add({ ...BLANK, kind: "split", input: shape, output: shape });
    this.#connect(tail, node);
    return { node, shape: "", isPoint: true };
  }

  #connect(tail: Tail, to: number, factor = ""): void {
    this.edges.push({ from: tail.node, to, shape: tail.shape, factor });
  }

  #add(node: PictureNode): number {
    return this.nodes.push(node) - 1;
  }
}

type NodeCost = Pick<PictureNode, "params" | "macs">;

const NO_COST: NodeCost = { params: 0, macs: 0 };

const BLANK: PictureNode = {
  kind: "split",
  path: "",
  title: "",
  note: "",
  family: "",
  times: 1,
  firstInstance: null,
  input: "",
  output: "",
  ...NO_COST,
  at: "",
  facts: [],
  mark: null,
  changes: [],
  group: null,
};

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function place({ file, start }: Span): string {
  return `${file.path}:${positionAt(file, start).line}`;
}

/** Puts what is equal on both sides of a comparison into groups that are folded, so that the differences are what is seen. */
import type { Picture, PictureNode, Scope } from "./picture.ts";

/** Fewer blocks than this are no shorter as a group; a group by itself may be open, and is put into one all the same. */
const LEAST = 2;

export function collapseUnchanged(picture: Picture): Picture {
  const scopes: Scope[] = [];
  const inner: Scope[] = [];
  const offset = picture.scopes.length;
  // The network's own scope comes last: groups go before it, and the others keep their places.
  const add = (scope: Scope): number => offset - 1 + inner.push(scope) - 1;
  for (const scope of picture.scopes) scopes.push(collapseScope(scope, add));
  const root = scopes.pop();
  return { ...picture, scopes: [...scopes, ...inner, ...(root ? [root] : [])] };
}

function collapseScope(scope: Scope, add: (scope: Scope) => number): Scope {
  const { nodes, edges } = scope;
  const kept: PictureNode[] = [];
  const places: number[] = [];
  for (let at = 0; at < nodes.length; ) {
    const end = endOfRun(scope, at);
    const run = nodes.slice(at, end);
    const named = run.filter(({ path }) => path !== "" && !isJoin(path, run));
    const blocks = run.filter(({ path }) => path !== "");
    if (blocks.length >= LEAST || blocks[0]?.group) {
      kept.push(groupOf(run, named, add(cutRun(scope, at, end))));
      for (let index = at; index < end; index++) places[index] = kept.length - 1;
      at = end;
    } else {
      const node = nodes[at];
      if (node) kept.push(node);
      places[at] = kept.length - 1;
      at += 1;
    }
  }
  const moved = edges.flatMap((edge) => {
    const [from, to] = [places[edge.from] ?? 0, places[edge.to] ?? 0];
    return from === to ? [] : [{ ...edge, from, to }];
  });
  return { nodes: kept, edges: moved };
}

function isJoin(path: string, run: readonly PictureNode[]): boolean {
  const kind = run.find((node) => node.path === path)?.kind;
  return kind === "concat" || kind === "sum" || kind === "scale_by";
}

/** Where the longest run from a node on ends: unmarked nodes, into which one edge leads, and out of which one. */
function endOfRun({ nodes, edges }: Scope, start: number): number {
  let end = start;
  let last = start;
  while (end < nodes.length && isPlain(nodes[end])) {
    end += 1;
    const into = edges.filter(({ from, to }) => from < start && to >= start && to < end);
    const out = edges.filter(({ from, to }) => from >= start && from < end && to >= end);
    if (into.length === 1 && out.length === 1) last = end;
  }
  return last;
}

function isPlain(node: PictureNode | undefined): boolean {
  if (!node || node.mark !== null) return false;
  return !["entry", "exit", "input", "output"].includes(node.kind);
}

/** The nodes of a run as a scope, with an entry and an exit. */
function cutRun({ nodes, edges }: Scope, start: number, end: number): Scope {
  const run = nodes.slice(start, end);
  const shift = 1 - start;
  return {
    nodes: [pointOf(run[0], "entry"), ...run, pointOf(run.at(-1), "exit")],
    edges: edges.flatMap((edge) => {
      const [startsHere, endsHere] = [edge.from, edge.to].map((at) => at >= start && at < end);
      if (startsHere && endsHere)
        return [{ ...edge, from: edge.from + shift, to: edge.to + shift }];
      if (startsHere)
        return [{ from: edge.from + shift, to: run.length + 1, shape: "", factor: "" }];
      return endsHere ? [{ from: 0, to: edge.to + shift, shape: "", factor: "" }] : [];
    }),
  };
}

function pointOf(node: PictureNode | undefined, kind: "entry" | "exit"): PictureNode {
  if (!node) throw new RangeError("a run of no nodes");
  return { ...node, ...BLANK, kind, path: "", times: 1, firstInstance: null, group: null };
}

const BLANK = { title: "", note: "", family: "", at: "", facts: [], changes: [] } as const;

function groupOf(
  run: readonly PictureNode[],
  named: readonly PictureNode[],
  scope: number,
): PictureNode {
  const blocks = run.filter(({ path }) => path !== "");
  const [first, last] = [named[0] ?? blocks[0], named.at(-1) ?? blocks.at(-1)];
  if (!first || !last) throw new RangeError("a run of no blocks");
  return {
    ...first,
    ...BLANK,
    kind: "group",
    path: `${first.path}…${last.path}`,
    ...(blocks.length === 1
      ? { title: first.title, note: "unchanged", times: first.times }
      : {
          title: `${blocks.length} unchanged`,
          note: `${lastSegment(first.path)} … ${lastSegment(last.path)}`,
          times: 1,
        }),
    firstInstance: null,
    input: run[0]?.input ?? first.input,
    output: run.at(-1)?.output ?? last.output,
    params: run.reduce((sum, { params }) => sum + params, 0),
    macs: run.reduce((sum, { macs }) => sum + macs, 0),
    group: { kind: "unchanged", scope, path: "" },
  };
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

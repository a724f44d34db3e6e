/**
 * Compares two networks: aligns their parts, collects and grades differences, judges weights, subtracts costs.
 *
 * Formatting is left to the command line.
 */
import { formatShape } from "../core/format-shape.ts";
import { createNetworkReport } from "../cost/network-report.ts";
import type { CheckedArchitecture } from "../ir/shaped.ts";
import { lower } from "../lower/lower.ts";
import type { Alignment, AlignOptions } from "./align/alignment.ts";
import type { Change } from "./change.ts";
import { collectChanges } from "./collect/collect-changes.ts";
import { type CostSide, compareCosts } from "./cost-delta.ts";
import { gradeChanges } from "./grade/grade-changes.ts";
import { type ChangeMarks, markChanges } from "./mark-changes.ts";
import { matchParts } from "./match-parts.ts";
import type { DiffSide, NetworkDiff } from "./network-diff.ts";
import { type OutlineRow, outlineDiff } from "./outline.ts";
import { buildPartTrees, type PartTree } from "./part.ts";
import { proveFunction } from "./proof/prove-function.ts";
import { judgeWeights, type WeightReport } from "./weights/judge-weights.ts";
import { traceBothWays } from "./weights/trace-both-ways.ts";

export interface Comparison {
  readonly diff: NetworkDiff;
  /** Both networks line by line, side by side. */
  readonly outline: () => readonly OutlineRow[];
  /** The parts that a picture of both networks marks. */
  readonly marks: () => ChangeMarks;
  /** Paths of base that differ in head, for the map of a later comparison. */
  readonly renamedPaths: ReadonlyMap<string, string>;
}

export function compareNetworks(
  base: CheckedArchitecture,
  head: CheckedArchitecture,
  options: AlignOptions = {},
): Comparison {
  const trees = buildPartTrees(base.root, head.root);
  const graphs = {
    base: { tree: trees.base, root: trees.base.root, graph: lower(base.root) },
    head: { tree: trees.head, root: trees.head.root, graph: lower(head.root) },
  };
  const alignment = matchParts(graphs.base, graphs.head, options);
  const trace = traceBothWays(graphs.base, graphs.head, alignment);
  const sides = { base: toSide(base, trees.base), head: toSide(head, trees.head) };
  const collected = collectChanges(
    { ...base, tree: trees.base, outputs: sides.base.report.outputs },
    { ...head, tree: trees.head, outputs: sides.head.report.outputs },
    alignment,
  );
  const proof = proveFunction(graphs.base, graphs.head, alignment, trace, collected);
  const { changes } = proof;
  const weights = judgeWeights(trees.base, trees.head, alignment, proof.trace);
  const findings = gradeChanges(changes, { base: trees.base.root, head: trees.head.root });
  return {
    diff: {
      formatVersion: 1,
      base: describeSide(sides.base),
      head: describeSide(sides.head),
      findings,
      weights,
      function: fitsWhole(weights) ? proof.verdict : null,
      cost: compareCosts(sides.base, sides.head, alignment),
      notes: alignment.notes,
    },
    outline: () => outlineDiff(trees.base.root, trees.head.root, alignment),
    marks: () => markChanges(changes),
    renamedPaths: renamedPaths(changes),
  };
}

/** A network that is on one side only: a file that was added or removed. */
export function compareWithNothing(
  network: CheckedArchitecture,
  side: "base" | "head",
): Comparison {
  const trees = buildPartTrees(network.root, network.root);
  const tree = trees.head;
  const counted = toSide(network, tree);
  const nothing: PartTree = { root: tree.root, leaves: [] };
  const alignment: Alignment = { pairOfBase: new Map(), pairOfHead: new Map(), notes: [] };
  const { architecture } = network;
  const place = { path: "", pattern: "", span: architecture.span };
  const isAdded = side === "head";
  const change: Change = {
    rule: isAdded ? "network-added" : "network-removed",
    base: isAdded ? undefined : place,
    head: isAdded ? place : undefined,
    before: isAdded ? null : architecture.name,
    after: isAdded ? architecture.name : null,
  };
  const described = describeSide(counted);
  return {
    diff: {
      formatVersion: 1,
      base: isAdded ? null : described,
      head: isAdded ? described : null,
      findings: gradeChanges([change], { base: tree.root, head: tree.root }),
      weights: judgeWeights(isAdded ? nothing : tree, isAdded ? tree : nothing, alignment, {
        operators: new Map(),
        permutedOutputs: [],
      }),
      function: null,
      cost: compareCosts(isAdded ? undefined : counted, isAdded ? counted : undefined, alignment),
      notes: [],
    },
    outline: () =>
      outlineDiff(isAdded ? undefined : tree.root, isAdded ? tree.root : undefined, alignment),
    marks: () => markChanges([change]),
    renamedPaths: new Map(),
  };
}

function fitsWhole({ verdict }: WeightReport): boolean {
  return verdict === "full" || verdict === "permuted";
}

interface CountedSide extends CostSide {
  readonly network: CheckedArchitecture;
}

function toSide(network: CheckedArchitecture, tree: PartTree): CountedSide {
  return { network, tree, report: createNetworkReport(network) };
}

function describeSide({ network, report, tree }: CountedSide): DiffSide {
  const { name, span, input } = network.architecture;
  return {
    network: name,
    file: span.file.path,
    input: formatShape(input),
    convs: report.convs,
    layers: tree.leaves.length,
  };
}

function renamedPaths(changes: readonly Change[]): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { rule, base, head } of changes) {
    if (!RENAMES.has(rule) || !base || !head) continue;
    paths.set(base.path, head.path);
  }
  return paths;
}

const RENAMES: ReadonlySet<Change["rule"]> = new Set<Change["rule"]>([
  "layer-renamed",
  "block-renamed",
  "step-renamed",
]);

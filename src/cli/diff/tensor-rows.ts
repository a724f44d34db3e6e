/** Table rows for tensors that cannot be loaded unchanged; all instances of a repeat share a row. */
import { formatExact } from "../../compiler/core/format-count.ts";
import { formatShape } from "../../compiler/core/format-shape.ts";
import {
  foldPaths,
  type PermutedTensor,
  type Repair,
  type WeightReport,
} from "../../compiler/index.ts";

/** Sign, name, shape, what has to be done. */
export type TensorRow = readonly [sign: string, name: string, shape: string, remark: string];

/** A row for each tensor, before equal ones are folded. */
interface Fact {
  readonly sign: "-" | "+" | "~";
  /** Its name in base and in head, or the one that it has. */
  readonly names: readonly string[];
  readonly shape: string;
  readonly remark: string;
}

/** Moved tensors first, then mismatched, missing and extra ones. */
export function tensorRows(weights: WeightReport): readonly TensorRow[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of factsOf(weights)) {
    const { sign, names, shape, remark } = fact;
    const key = JSON.stringify([sign, names.map(patternOf), shape, remark]);
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  return [...groups.values()].flatMap(foldFacts);
}

function factsOf({ matched, permuted, mismatched, missing, extra }: WeightReport): readonly Fact[] {
  return [
    ...matched
      .filter(({ base, head }) => base !== head)
      .map(({ base, head, shape }) => moved([base, head], formatShape(shape), "renamed")),
    ...permuted.map(({ base, head, shape, axes }) =>
      moved([base, head], formatShape(shape), axes.map(orderText).join("; ")),
    ),
    ...mismatched.map(({ base, head, baseShape, headShape, reason }) => {
      const shapes = [...new Set([formatShape(baseShape), formatShape(headShape)])];
      const remark = reason === "channels" ? "different input channels" : "different shape";
      return moved([base, head], shapes.join(" → "), remark);
    }),
    ...missing.map(({ name, shape, repair }): Fact => {
      const remark = repair?.kind === "fill" ? `fill with ${repair.value}` : "missing";
      return { sign: "+", names: [name], shape: formatShape(shape), remark };
    }),
    ...extra.map(({ name, shape, repair }): Fact => {
      const remark = repair?.kind === "fold" ? foldText(repair) : "extra";
      return { sign: "-", names: [name], shape: formatShape(shape), remark };
    }),
  ];
}

function moved(names: readonly string[], shape: string, remark: string): Fact {
  return { sign: "~", names: [...new Set(names)], shape, remark };
}

function foldText({ into, axes }: Extract<Repair, { kind: "fold" }>): string {
  return [...axes.map(orderText), `fold into ${into.join(" and ")}`].join("; ");
}

function orderText({ axis, runs }: PermutedTensor["axes"][number]): string {
  return `axis ${axis} in the order ${runs.map(([at, count]) => `${at}-${at + count - 1}`).join(", ")}`;
}

function foldFacts(facts: readonly Fact[]): readonly TensorRow[] {
  const [first] = facts;
  if (!first) return [];
  const folded = first.names.map((name, index) =>
    foldPaths(
      facts.map(({ names }) => names[index] ?? name),
      patternOf(name),
      false,
    ),
  );
  if (folded.some(({ length }) => length > 1)) {
    return facts.map(({ sign, names, shape, remark }) => [sign, names.join(" → "), shape, remark]);
  }
  const names = folded.flatMap(([only]) => only?.path ?? []);
  const times = facts.length > 1 ? ` (${formatExact(facts.length)} in all)` : "";
  return [[first.sign, `${names.join(" → ")}${times}`, first.shape, first.remark]];
}

/** The name with `*` for the numbers of instances; no other segment of a path is a number. */
function patternOf(name: string): string {
  return name.replace(/(?<=\.)\d+(?=\.)/g, "*");
}

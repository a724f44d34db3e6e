/** Sentences and table rows of a comparison that text, Markdown and HTML share: verdict, counts, weights and costs. */

import { formatBytes, formatExact, formatShort } from "../../compiler/core/format-count.ts";
import {
  type CountDelta,
  FINDING_CLASSES,
  type Finding,
  type FindingGroup,
  groupFindings,
  type NetworkDiff,
  type SelectedFindings,
  type WeightReport,
} from "../../compiler/index.ts";
import { formatChange } from "../format-change.ts";

/** The data from which every format is rendered. */
export interface DiffView {
  readonly diff: NetworkDiff;
  readonly selected: SelectedFindings;
}

/** `-`, `+` or `~`: never said by colour alone. */
export function signOf({ before, after }: Finding): "-" | "+" | "~" {
  if (before === null && after !== null) return "+";
  return after === null && before !== null ? "-" : "~";
}

/** The sentence for a comparison without findings; a network without convolutions is described by its layers. */
export function sameSentence({ diff, selected }: DiffView): string | undefined {
  if (selected.findings.length > 0) return undefined;
  const { base, head, findings } = diff;
  const compared =
    head !== null && head.convs > 0
      ? `${counted(head.convs, "conv")} compared`
      : `${counted(head?.layers ?? base?.layers ?? 0, "layer")} compared`;
  if (findings.length === 0) return `no structural changes: ${compared}`;
  const reasons = [
    ...(selected.approved.length > 0 ? [`${selected.approved.length} approved`] : []),
    ...(selected.offCount > 0 ? [`${selected.offCount} cosmetic (--all shows them)`] : []),
  ];
  return `no changes that count: ${compared}${reasons.length > 0 ? `; ${reasons.join(", ")}` : ""}`;
}

/** `88 findings of 5 kinds: 2 interface, 43 weights, 43 cost; 91 consequences`. */
export function countSentence({ findings, approved, offCount }: SelectedFindings): string {
  const own = findings.filter(({ isConsequence }) => !isConsequence);
  const counts = FINDING_CLASSES.flatMap((name) => {
    const count = own.filter(({ class: of }) => of === name).length;
    return count > 0 ? [`${count} ${name}`] : [];
  });
  const consequences = findings.length - own.length;
  const rest = [
    ...(consequences > 0 ? [counted(consequences, "consequence")] : []),
    ...(approved.length > 0 ? [`${approved.length} approved`] : []),
    ...(offCount > 0 ? [`${offCount} not shown (--all)`] : []),
  ];
  const kinds = groupFindings(findings).length;
  const inKinds = kinds < own.length ? ` of ${counted(kinds, "kind")}` : "";
  const sum = `${counted(own.length, "finding")}${inKinds}${counts.length > 0 ? `: ${counts.join(", ")}` : ""}`;
  return [sum, ...rest].join("; ");
}

/** What follows from the findings, one sentence for each kind; a finding itself describes layers in a different order. */
export function consequenceSentences({ selected }: DiffView): readonly string[] {
  const consequences = selected.findings.filter(({ isConsequence }) => isConsequence);
  const reshaped = consequences.filter(({ id }) => id === "input-channels-changed");
  const layers = reshaped.reduce((all, { times }) => all + times, 0);
  return [
    ...(layers > 0 ? [`${counted(layers, "layer")} with weights of a different shape`] : []),
    ...consequences
      .filter(({ id }) => id === "resolution-changed")
      .map(({ before, after }) => `the same layers on feature maps of ${after}, not ${before}`),
  ];
}

/** Whether a checkpoint fits, and how much of it. */
export function weightSentences({ diff }: DiffView): readonly string[] {
  const { weights, findings } = diff;
  const { matched, permuted, headTensors, bytesReusable, bytesTotal } = weights;
  const lines = [`${weights.verdict}: ${verdictReason(weights)}`];
  if (weights.verdict === "partial" || weights.verdict === "none") {
    const reusable = matched.length + permuted.length;
    lines.push(
      `${formatExact(reusable)} of ${counted(headTensors, "tensor")} fit${renamed(weights)}, ${formatBytes(bytesReusable)} of ${formatBytes(bytesTotal)}`,
      ...misfits(weights),
    );
  }
  const sentence = functionSentence(diff);
  if (sentence !== undefined && findings.length > 0) lines.push(sentence);
  return lines;
}

/** What is computed with these weights; of a network by itself or one that they do not fit, nothing is said. */
function functionSentence({ function: verdict, findings }: NetworkDiff): string | undefined {
  const isOther = findings.some(({ class: of }) => of === "numerics");
  switch (verdict) {
    case "same":
      return isOther
        ? "it computes the same of pictures that are cropped or resized differently: see the numerics findings"
        : "it computes the same: proved layer by layer";
    case "different":
      return isOther
        ? "it loads, but computes a different function: see the numerics findings"
        : "it loads, but the input or the output differs: see the interface findings";
    case "not-proved":
      return "it loads; that it computes the same is not proved";
    case null:
      return undefined;
  }
}

function verdictReason(weights: WeightReport): string {
  const { verdict, headTensors, permuted } = weights;
  const names = renamed(weights);
  switch (verdict) {
    case "full":
      return headTensors === 0
        ? "there are no weights"
        : `a checkpoint of base fits, all ${counted(headTensors, "tensor")}${names}`;
    case "permuted":
      return `a checkpoint of base fits once ${counted(permuted.length, "tensor")} are permuted${names}`;
    case "partial":
      return weights.isRepairable ? repairReason(weights) : "a checkpoint of base fits in part";
    case "none":
      return "no tensor of a checkpoint of base fits";
  }
}

function renamed({ renamedCount }: WeightReport): string {
  return renamedCount > 0 ? `, ${formatExact(renamedCount)} of them under a different name` : "";
}

function repairReason({ missing, extra }: WeightReport): string {
  const ways = [
    ...(missing.length > 0 ? ["missing tensors can be filled in"] : []),
    ...(extra.length > 0 ? ["extra tensors can be folded"] : []),
  ];
  return `${ways.join(", and ")}, exactly`;
}

function misfits({ missing, extra, mismatched }: WeightReport): readonly string[] {
  const channels = mismatched.filter(({ reason }) => reason === "channels").length;
  const fillable = missing.filter(({ repair }) => repair !== null).length;
  const foldable = extra.filter(({ repair }) => repair !== null).length;
  return [
    ...(missing.length > 0
      ? [`${formatExact(missing.length)} missing${repaired(fillable, "can be filled in")}`]
      : []),
    ...(extra.length > 0
      ? [`${formatExact(extra.length)} extra${repaired(foldable, "can be folded")}`]
      : []),
    ...(mismatched.length > channels
      ? [`${formatExact(mismatched.length - channels)} with a different shape`]
      : []),
    ...(channels > 0 ? [`${formatExact(channels)} with different input channels`] : []),
  ];
}

function repaired(count: number, how: string): string {
  return count > 0 ? ` (${formatExact(count)} ${how})` : "";
}

/** How parts were matched, where users should know. */
export function noteSentence(note: NetworkDiff["notes"][number]): string {
  switch (note.kind) {
    case "not-best": {
      const counts = `${formatExact(note.baseSteps)} and ${formatExact(note.headSteps)} steps`;
      return `the ${counts} of ${note.path || "the network"} differ so much that they were matched only by what is unique in both, not optimally`;
    }
    case "unknown-former-name":
      return `${note.path} is declared as formerly ${note.was}; base has neither`;
  }
}

/** Name, base, head, difference, share. */
export type CostRow = readonly [
  name: string,
  base: string,
  head: string,
  delta: string,
  share: string,
];

export function costRows({ diff }: DiffView): readonly CostRow[] {
  const { params, macs, peakBytes } = diff.cost;
  return [
    costRow("parameters", params, formatShort),
    costRow("MACs", macs, formatShort),
    costRow("peak memory", peakBytes, formatBytes),
  ];
}

/** Blocks of the first level whose costs differ. */
export function blockRows({ diff }: DiffView): readonly (readonly [string, CostRow, CostRow])[] {
  return diff.cost.blocks
    .filter(({ level, params, macs }) => level === 0 && (params.delta !== 0 || macs.delta !== 0))
    .map(({ path, params, macs }) => [
      path,
      costRow("parameters", params, formatShort),
      costRow("MACs", macs, formatShort),
    ]);
}

function costRow(name: string, count: CountDelta, format: (count: number) => string): CostRow {
  const { base, head, delta } = count;
  const show = (value: number | null): string => (value === null ? "-" : format(value));
  if (delta === null) return [name, show(base), show(head), "", ""];
  const change = formatChange(delta, base, format);
  return [name, show(base), show(head), change.delta, change.share];
}

/** Up to three places, and how many more. */
export function placesText({ paths, times }: FindingGroup): string {
  const named = paths.filter((path) => path !== "");
  const shown = named.slice(0, 3).join(", ");
  const more = named.length > 3 ? ` and ${formatExact(named.length - 3)} more` : "";
  return `${shown}${more}${times > 1 ? ` (${formatExact(times)} in all)` : ""}`;
}

/** The sides in one line: `A → B`, with `nothing` for a missing one. */
export function titleOf({ base, head }: NetworkDiff): string {
  return `${base?.network ?? "nothing"} → ${head?.network ?? "nothing"}`;
}

export function counted(count: number, thing: string): string {
  return `${formatExact(count)} ${thing}${count === 1 ? "" : "s"}`;
}

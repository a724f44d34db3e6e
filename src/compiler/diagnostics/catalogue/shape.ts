/** Messages of the shape family: sizes that do not fit; src/compiler/check decides when and where. */
import { error, plural, warning } from "./entry.ts";

/** What one branch of a join gives; `label` is empty when the author gave the branch no name. */
export interface BranchShape {
  readonly label: string;
  readonly shape: string;
}

export const shapeCatalogue = {
  "shape/needs-feature-map": error<{ operator: string; found: string }>(
    ({ operator, found }) =>
      `\`${operator}\` takes a feature map (height×width×channels), but its input is a vector of ${found}`,
    ({ operator }) =>
      `move \`${operator}\` before the step that creates the vector (\`flatten\`, \`globalavgpool\`, \`dense\`); for a second output, put an \`aux name { … }\` there`,
  ),
  "shape/needs-vector": error<{ operator: string; found: string; flattened?: number }>(
    ({ operator, found }) =>
      `\`${operator}\` takes a vector, but its input is a feature map of ${found}`,
    ({ flattened, found }) => {
      const channels = found.slice(found.lastIndexOf("×") + 1);
      const all = flattened === undefined ? "every value" : `${flattened} values`;
      return `put \`globalavgpool ->\` before it (a vector of ${channels}) or \`flatten ->\` (${all})`;
    },
  ),
  "shape/window-too-large": error<{ operator: string; window: string; input: string }>(
    ({ operator, window, input }) =>
      `the ${window} window of \`${operator}\` is larger than its input of ${input}`,
    () =>
      "use a smaller window, write `same` instead of `valid`, or give the network a larger input",
  ),
  "shape/zero-output": error<{ operator: string; output: string }>(
    ({ operator, output }) => `the output of \`${operator}\` would be empty: ${output}`,
    () => "give the network a larger input",
  ),
  "shape/size-too-large": error<{ operator: string; input: string }>(
    ({ operator, input }) =>
      `the output of \`${operator}\` for an input of ${input} is too large to represent exactly`,
    () => "sizes and their products go up to 9007199254740991 (2^53 - 1)",
  ),
  "shape/groups-do-not-divide": error<{
    operator: string;
    groups: number;
    channels: number;
    of: "input channels" | "filters" | "normalized channels";
  }>(
    ({ groups, channels, of }) =>
      `${plural(channels, of.slice(0, -1), of)} cannot be split into ${plural(groups, "equal group")}`,
    ({ operator, groups, channels, of }) =>
      `\`groups\`${groupsOf(operator, of)} must divide ${channels}: ${nearestDivisors(channels, groups)}${
        of === "filters"
          ? `; or use ${roundToMultiple(channels, groups)} filters, a multiple of ${groups}`
          : ""
      }`,
  ),
  "shape/even-window": error<{ operator: string; size: number }>(
    ({ operator, size }) =>
      `\`${operator}\` has a window of ${plural(size, "channel")}, which has none in its middle`,
    ({ size }) => `use an odd number: ${size - 1} or ${size + 1}`,
  ),
  "shape/window-in-padding": error<{ operator: string; window: string }>(
    ({ operator }) =>
      `a window of this \`${operator}\` would lie in the padding alone, and have no value`,
    ({ window }) =>
      `\`pad\` must be smaller than the window, ${window}; frameworks allow half of it`,
  ),
  "shape/upsample-shrinks": error<{ to: string; found: string }>(
    ({ to, found }) => `\`upsample\` to ${to} would shrink a feature map of ${found}`,
    () =>
      "a pool or a stride makes it smaller; `to` must be at least as high and wide as what comes in",
  ),
  "shape/stride-with-dilation": error<{ operator: string; stride: string; dilation: string }>(
    ({ operator, stride, dilation }) =>
      `\`${operator}\` has stride ${stride} and dilation ${dilation}; TensorFlow supports only one of the two at a time`,
    () => "keep one of them and leave the other at 1",
  ),
  "shape/split-does-not-divide": error<{ channels: number; parts: number }>(
    ({ channels, parts }) =>
      `${plural(channels, "channel")} cannot be dealt to ${plural(parts, "branch", "branches")} in equal shares`,
    ({ channels, parts }) =>
      `give the step before it ${roundToMultiple(channels, parts)} channels, a multiple of ${parts}`,
  ),
  "shape/concat-mismatch": error<{
    join: "concat" | "split";
    branches: readonly BranchShape[];
    differ: string;
  }>(
    ({ join, branches, differ }) =>
      `the branches of this \`${join}\` differ in ${differ}: ${describeBranches(branches)}`,
    ({ join }) =>
      `a \`${join}\` stacks channels, so all branches need the same height and width: give them equal strides and padding`,
  ),
  "shape/sum-mismatch": error<{ branches: readonly BranchShape[]; differ: string }>(
    ({ branches, differ }) =>
      `the branches of this \`sum\` differ in ${differ}: ${describeBranches(branches)}`,
    () => "a `sum` adds element by element, so all branches need the same shape",
  ),
  "shape/residual-mismatch": error<{
    body: string;
    trunk: string;
    /** Whether the other side is a `shortcut` block and not the input itself. */
    shortcut: boolean;
    /** The edit that repairs it, in words; absent when none could be computed. */
    repair?: string;
  }>(
    ({ body, trunk, shortcut }) =>
      `the body of this \`residual\` gives ${body}, ${
        shortcut ? "its shortcut gives" : "the trunk has"
      } ${trunk}; they are added, so they must be equal`,
    ({ repair, shortcut }) =>
      repair ??
      (shortcut
        ? "give the last step of the body and of the shortcut the same filters, stride and padding"
        : "end the body with `project`, or add a `shortcut { … }` that gives the shape of the body"),
  ),
  "shape/gate-mismatch": error<{ gate: string; input: string }>(
    ({ gate, input }) =>
      `this \`scale_by\` multiplies ${input} by a gate of ${gate}; each side of the gate must be 1 or that of the input`,
    ({ input }) => {
      const channels = input.slice(input.lastIndexOf("×") + 1);
      return `end the gate with ${channels} channels: \`conv 1x1 ${channels} … act=sigmoid\``;
    },
  ),
  "shape/signature-mismatch": error<{
    module: string;
    side: "input" | "output";
    expected: string;
    found: string;
    /** A signature that the shape would meet, as the language writes it. */
    promise: string;
  }>(
    ({ module, side, expected, found }) =>
      side === "input"
        ? `\`${module}\` takes ${expected}, but its input is ${found}`
        : `\`${module}\` declares the output ${expected}, but its body gives ${found}`,
    ({ module, side, promise }) =>
      side === "input"
        ? `add a step before this call that gives what \`${module}\` takes, or change the signature: \`${promise} => …\``
        : `correct the body, or change the signature: \`=> ${promise}\``,
  ),
  "shape/assertion-mismatch": error<{ expected: string; found: string; step: string }>(
    ({ expected, found, step }) =>
      `${step === "" ? "this" : `\`${step}\``} gives ${found}, not ${expected} as written after \`=>\``,
    ({ found }) =>
      `correct the steps before it, or write \`=> ${asWritten(found)}\` if that is what you mean`,
  ),
  "shape/broken-claim": error<{ edit: string; count: number }>(
    ({ edit, count }) => `\`${edit}\` contradicts ${plural(count, "shape")} that the base states`,
    () => "keep the shape that was there before, or write a separate network instead of a variant",
  ),
  "shape/outdated-claim": warning<{ edit: string; count: number }>(
    ({ edit, count }) => `\`${edit}\` contradicts ${plural(count, "shape")} that the base states`,
    () => "the variant has the shapes shown here; those stated in the base are not checked for it",
  ),
  "shape/factor-does-not-compose": error<{ declared: string; composed: string; parts: string }>(
    ({ declared, composed, parts }) =>
      `the parts ${parts} together cover ${composed}, not ${declared} as this \`factor\` declares`,
    ({ composed }) =>
      `change the parts, or write \`factor ${asWritten(composed)}\`; along each side, parts of stride 1 cover 1 + the sum of (size - 1)`,
  ),
  "shape/input-too-small": error<{ input: string; minimum: string }>(
    ({ input, minimum }) =>
      `an input of ${input} is too small for this network, which needs at least ${minimum}`,
    ({ minimum }) => `write \`input ${asWritten(minimum)}\` or larger`,
  ),
};

/** `branch `pool` gives 35×35×96, branch 2 gives 17×17×96`. */
function describeBranches(branches: readonly BranchShape[]): string {
  return branches
    .map(({ label, shape }, index) =>
      label === "" ? `branch ${index + 1} gives ${shape}` : `branch \`${label}\` gives ${shape}`,
    )
    .join(", ");
}

/** `18×18×64` as the language writes it. */
function asWritten(shape: string): string {
  return shape.replaceAll("×", "x");
}

/** The divisors of `count` on both sides of `near`, in words. */
/** `norm=group` of a layer takes its groups from the defaults of `groupnorm`. */
function groupsOf(operator: string, of: string): string {
  return of !== "normalized channels" || operator === "groupnorm"
    ? ""
    : " in `defaults groupnorm(groups=…)`";
}

function nearestDivisors(count: number, near: number): string {
  let below = 1;
  let above = count;
  for (let small = 1; small * small <= count; small++) {
    if (count % small !== 0) continue;
    for (const divisor of [small, count / small]) {
      if (divisor <= near && divisor > below) below = divisor;
      if (divisor >= near && divisor < above) above = divisor;
    }
  }
  return below === above || near > count ? `${above}, for example` : `${below} or ${above}`;
}

function roundToMultiple(count: number, of: number): number {
  return Math.max(1, Math.round(count / of)) * of;
}

/**
 * Messages of the lint family: valid specifications that are probably unintended or unwise.
 *
 * The level of each can be changed; advice is off by default.
 */
import { advice, didYouMean, grouped, percent, plural, warning } from "./entry.ts";

export const lintCatalogue = {
  /** Szegedy et al., arXiv 1602.07261, section 3.3. */
  "lint/unscaled-residual": warning<{ channels: number }>(
    ({ channels }) =>
      `this \`residual\` adds to ${grouped(channels)} channels at full scale, without a norm at the end of its body; above 1,000 channels such networks died in training`,
    () => "scale the body down before the addition: `residual(scale=0.2) { … }`",
  ),
  /** Szegedy et al., arXiv 1602.07261, section 3.3: "between 0.1 and 0.3". */
  "lint/residual-scale": advice<{ scale: number }>(
    ({ scale }) =>
      `a residual scale of ${scale} is outside the range 0.1 to 0.3, where training was stable`,
    ({ scale }) => `the nearest value in the range is \`scale=${scale < 0.1 ? 0.1 : 0.3}\``,
  ),
  /** Szegedy et al., arXiv 1602.07261, section 3.2. */
  "lint/norm-after-sum": advice<{ join: string; bytes: string }>(
    ({ join, bytes }) =>
      `this normalizes the output of a \`${join}\`; the layers before it can be normalized instead, which saves a tensor of ${bytes} for each picture in training`,
    () => "remove it, and keep the norm of the last layer of the body: `conv 1x1 N linear`",
  ),
  /** Szegedy et al., arXiv 1512.00567, section 3. */
  "lint/large-kernel": advice<{
    kernel: string;
    factor: string;
    macs: number;
    factoredMacs: number;
  }>(
    ({ kernel, macs, factoredMacs }) =>
      `this ${kernel} convolution takes ${grouped(macs)} multiply-adds; as a chain of 3×3 convolutions it takes ${grouped(factoredMacs)}, ${percent(1 - factoredMacs / macs)} fewer`,
    ({ factor }) => `write \`${factor}\``,
  ),
  /** Szegedy et al., arXiv 1512.00567, section 2, principle 1, and section 5. */
  "lint/bottleneck": advice<{ input: string; output: string; kept: number }>(
    ({ input, output, kept }) =>
      `${input} becomes ${output} in one step: the picture shrinks and the channels do not grow, so ${percent(kept)} of the values remain`,
    () =>
      "shrink with a pool and a convolution of stride 2 side by side: `concat { | maxpool 3x3 /2 | conv 3x3 N /2 }`",
  ),
  "lint/costly-branch": warning<{
    branch: string;
    channels: number;
    channelShare: number;
    macShare: number;
  }>(
    ({ branch, channels, channelShare, macShare }) =>
      `${branch} gives ${plural(channels, "channel")}, ${percent(channelShare)} of the output of this \`concat\`, for ${percent(macShare)} of its multiply-adds`,
    () => "give it more filters at its end or fewer inside, or remove it",
  ),
  /** Ioffe and Szegedy, arXiv 1502.03167, section 3.2: the mean that is subtracted includes the bias. */
  "lint/bias-before-norm": warning<{ operator: string; channels: number | undefined }>(
    ({ operator, channels }) =>
      `the bias of this \`${operator}\`${
        channels === undefined ? "" : ` (${plural(channels, "weight")})`
      } has no effect: the batch normalization after it subtracts the mean, and the bias with it`,
    () => "remove the bias: `bias=false`, which is the default before batch normalization",
  ),
  "lint/tight-stride": warning<{ attribute: string; value: string; stride: string }>(
    ({ attribute, value, stride }) =>
      `\`${stride}\` is the stride of this operator, not a division: \`${attribute}\` is ${value}`,
    ({ attribute, value, stride }) =>
      `write a space before the stride, \`${attribute}=${value} ${stride}\`, or divide in parentheses, \`${attribute}=(${value} / …)\``,
  ),
  "lint/activation-twice": warning<{
    activation: string;
    step: string;
    first: string;
    isDefault: boolean;
  }>(
    ({ activation, step, first }) =>
      `\`${activation}\` follows a \`${step}\` that ends with \`${first}\` already`,
    ({ step, first, isDefault }) =>
      isDefault
        ? `\`${step}\` has \`act=${first}\` by default: remove this step, or write \`linear\` at the \`${step}\``
        : "remove one of the two",
  ),
  "lint/norm-twice": warning<{ norm: string; step: string }>(
    ({ norm, step }) => `\`${norm}\` follows a \`${step}\` that normalizes already`,
    ({ norm, step }) =>
      `\`conv\` has batch normalization and \`relu\` by default: remove this step, or write \`norm=none linear\` at the \`${step}\` before \`${norm}\``,
  ),
  "lint/pool-stride": warning<{ operator: string; kernel: string; stride: string }>(
    ({ operator, kernel }) =>
      `\`${operator} ${kernel}\` has stride 1; other tools take the window as the stride of a pool`,
    ({ operator, kernel, stride }) =>
      `write \`${operator} ${kernel} ${stride}\`, or \`/1\` if it is meant`,
  ),
  "lint/filters-as-kernel": warning<{ operator: string; first: string; second: string }>(
    ({ operator, first, second }) =>
      `\`${operator} ${first} ${second}\` is a kernel of ${first}×${first} with ${second} filters: the kernel comes first`,
    ({ operator, first, second }) =>
      `write \`${operator} ${second}x${second} ${first}\`, or the kernel as a size, \`${first}x${first}\`, if it is meant`,
  ),
  "lint/channels-first": warning<{ input: string; rows: number; channels: number; meant: string }>(
    ({ input, rows, channels }) =>
      `the input ${input} has ${plural(rows, "row")} and ${channels} channels: an input is height x width x channels`,
    ({ meant }) => `write \`${meant}\``,
  ),
  "lint/zeros-before-maxpool": warning<{ pads: string; text: string }>(
    ({ pads }) =>
      `the zeros of \`${pads}\` win in this pool where all else is negative; those of PyTorch's MaxPool2d never do`,
    ({ text }) => `let the pool pad: \`${text}\``,
  ),
  "lint/edit-without-effect": warning<{ edit: string; variant: string; reason: string }>(
    ({ edit, variant, reason }) => `\`${edit}\` changes nothing in \`${variant}\`: ${reason}`,
    () => "remove it, or correct its target",
  ),
  "lint/unused-module": warning<{ name: string }>(
    ({ name }) => `no network and no module uses \`${name}\``,
    () => "use it, remove it, or move it to a file of modules that others import",
  ),
  "lint/unused-parameter": warning<{ name: string; owner: string }>(
    ({ name, owner }) => `\`${owner}\` does not use its parameter \`${name}\``,
    ({ name }) => `use \`${name}\`, or remove it here and from the calls`,
  ),
  "lint/unused-value": warning<{ name: string }>(
    ({ name }) => `nothing uses the value \`${name}\``,
    () => "use it or remove it",
  ),
  "lint/unused-index": warning<{ name: string }>(
    ({ name }) => `nothing uses the index \`${name}\` of this repeat`,
    () => "use it or remove it",
  ),
  "lint/unused-import": warning<{ name: string }>(
    ({ name }) => `this file does not use \`${name}\``,
    () => "remove it from the import",
  ),
  "lint/bad-ignore": warning<{
    problem: "no-code" | "unknown-code" | "no-reason" | "error";
    code: string;
    near: readonly string[];
  }>(
    ({ problem, code }) => {
      switch (problem) {
        case "no-code":
          return "this comment does not say which finding to ignore";
        case "unknown-code":
          return `there is no finding called \`${code}\` to ignore`;
        case "no-reason":
          return `this comment ignores \`${code}\` without giving a reason, so nothing is ignored`;
        case "error":
          return `\`${code}\` is an error, and errors cannot be ignored`;
      }
    },
    ({ problem, code, near }) => {
      switch (problem) {
        case "no-code":
          return "write `// incept-ignore CODE: REASON`";
        case "unknown-code":
          return didYouMean(near) ?? "`inceptc explain` lists all codes";
        case "no-reason":
          return `write \`// incept-ignore ${code}: \` and the reason`;
        case "error":
          return "fix the error, and remove this comment";
      }
    },
  ),
  "lint/unused-ignore": warning<{ code: string }>(
    ({ code }) => `there is no \`${code}\` here to ignore`,
    () => "remove this comment",
  ),
};

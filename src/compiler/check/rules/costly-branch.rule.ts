/** Lints branches of a `concat` that do much of its work for few of its channels. */
import { channelsOf } from "../../ir/dimension.ts";
import type { LintRule } from "./rule.ts";

/** A branch gives little below this share of the channels … */
const LITTLE = 0.02;
/** … and takes much above this share of the multiply-adds. */
const MUCH = 0.2;

export const costlyBranch: LintRule = {
  code: "lint/costly-branch",
  check: (shaped, { report, uses, macsOf }) => {
    const { node, output, children } = shaped;
    if (node.kind !== "concat" || !macsOf) return;
    const all = macsOf(shaped);
    children.forEach((branch, index) => {
      const channels = Number(channelsOf(branch.output));
      const channelShare = channels / Number(channelsOf(output));
      const macShare = macsOf(branch) / all;
      if (!(channelShare < LITTLE && macShare > MUCH)) return;
      const { name, span } = branch.node;
      const words = name === "" ? `branch ${index + 1}` : `branch \`${name}\``;
      const parameters = { branch: words, channels, channelShare, macShare };
      report("lint/costly-branch", span, parameters, { related: uses });
    });
  },
};
